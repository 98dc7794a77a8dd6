"""What fails begins anew, without filling the log."""

import pytest
from structlog.testing import capture_logs

from bot.waiting import keep_going
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
