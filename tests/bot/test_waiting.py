"""What fails begins anew, without filling the log."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.waiting import either, keep_going
from tests.bot.watch import Watch

AWAY, WRONG = OSError("away"), LookupError("wrong")


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        ([AWAY] * 6, ["OSError"]),
        ([AWAY] * 7, ["OSError", "OSError"]),
        ([AWAY, AWAY, WRONG, WRONG, AWAY], ["OSError", "LookupError", "OSError"]),
    ],
    ids=["within a minute", "over a minute", "of several kinds"],
)
async def test_the_same_failure_is_told_once_a_minute(
    watch: Watch, errors: list[Exception], told: list[str]
) -> None:
    left = list(errors)

    async def piece() -> None:
        watch.seconds += 10
        if left:
            raise left.pop(0)

    with capture_logs() as logged:
        await keep_going(piece, pause=0, monotonic=watch.now)
    assert left == []
    assert [each["error"] for each in logged] == told


@pytest.mark.parametrize("turns", range(6))
async def test_who_is_told_to_end_ends_though_something_has_just_come(turns: int) -> None:
    event = asyncio.Event()

    async def piece() -> None:
        while True:
            await either(event, 60)
            event.clear()

    task = asyncio.create_task(keep_going(piece))
    await asyncio.sleep(0.01)
    event.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=5)
    assert done == {task}
    assert task.cancelled()
