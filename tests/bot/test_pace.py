import asyncio
from itertools import pairwise

import pytest

from bot.pace import Pace, PerChat
from tests.bot.watch import Watch


class Crowd:
    """A clock for several that sleep at once; it jumps, as for a process that stands still."""

    def __init__(self) -> None:
        self.seconds, self.woken = 100.0, asyncio.Condition()

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        until = self.seconds + seconds
        async with self.woken:
            await self.woken.wait_for(lambda: self.seconds >= until - 1e-9)

    async def stands_still(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.seconds += seconds
        async with self.woken:
            self.woken.notify_all()
        for _ in range(100):
            await asyncio.sleep(0)


async def turns(pace: Pace, watch: Watch, number: int) -> list[float]:
    times = []
    for _ in range(number):
        await pace.turn()
        times.append(watch.now())
    return times


def busiest_second(times: list[float]) -> int:
    return max(sum(start <= time < start + 1 for time in times) for start in times)


async def test_turns_are_evenly_spaced(watch: Watch) -> None:
    times = await turns(Pace(20, watch.now, watch.sleep), watch, 100)
    gaps = [after - before for before, after in pairwise(times)]
    assert gaps == pytest.approx([0.05] * 99)


@pytest.mark.parametrize("rate", [1, 25, 30, 250])
async def test_no_second_has_more_than_its_share(watch: Watch, rate: int) -> None:
    times = await turns(Pace(rate, watch.now, watch.sleep), watch, 4 * rate)
    assert busiest_second(times) <= rate + 1


async def test_idle_time_is_not_saved_up_for_a_burst(watch: Watch) -> None:
    pace = Pace(25, watch.now, watch.sleep)
    await pace.turn()
    watch.seconds += 3600
    assert busiest_second(await turns(pace, watch, 100)) <= 26


async def test_after_the_process_stood_still_they_do_not_leave_all_at_once() -> None:
    crowd, left = Crowd(), []
    pace = Pace(25, crowd.now, crowd.sleep)

    async def leave() -> None:
        assert await pace.turn()
        left.append(crowd.now())

    waiting = [asyncio.create_task(leave()) for _ in range(18)]
    await crowd.stands_still(1.0)
    while not all(task.done() for task in waiting):
        await crowd.stands_still(0.01)
    gaps = [after - before for before, after in pairwise(left)]
    # The first left at once, before.
    assert gaps[1:] == pytest.approx([0.04] * 16, abs=0.011)


async def test_who_is_always_late_leaves_all_the_same() -> None:
    crowd = Crowd()
    pace = Pace(25, crowd.now, crowd.sleep)
    waiting = [asyncio.create_task(pace.turn()) for _ in range(18)]
    for _ in range(4):
        await crowd.stands_still(1.0)
    assert all(task.done() for task in waiting)


async def test_nobody_goes_before_a_halt_ends(watch: Watch) -> None:
    pace = Pace(25, watch.now, watch.sleep)
    pace.halt(7)
    pace.halt(1)
    for seconds, goes in ((0, False), (6.9, False), (0.2, True)):
        watch.seconds += seconds
        assert await pace.turn() is goes


async def test_after_a_halt_they_go_evenly_spaced(watch: Watch) -> None:
    pace = Pace(25, watch.now, watch.sleep)
    pace.halt(7)
    watch.seconds += 7
    assert await turns(pace, watch, 2) == pytest.approx([107, 107.04])


async def test_who_was_waiting_when_a_halt_came_goes_back(watch: Watch) -> None:
    pace = Pace(25, watch.now, watch.sleep)
    await pace.turn()
    watch.interrupt = lambda: pace.halt(7)
    assert not await pace.turn()


@pytest.mark.parametrize(("rate", "seconds"), [(25, 0), (50, 0), (1000, 0.02)])
async def test_only_a_high_pace_is_worth_gathering_for(
    watch: Watch, rate: int, seconds: float
) -> None:
    await Pace(rate, watch.now, watch.sleep).breathe()
    assert watch.seconds == pytest.approx(100 + seconds)


def test_a_halt_tells_how_long_it_lasts(watch: Watch) -> None:
    pace = Pace(25, watch.now, watch.sleep)
    assert pace.halted_for() == 0
    pace.halt(7)
    watch.seconds += 3
    assert pace.halted_for() == pytest.approx(4)
    watch.seconds += 5
    assert pace.halted_for() == 0


def test_a_chat_is_busy_for_a_second(watch: Watch) -> None:
    chats = PerChat(1.0, watch.now)
    chats.sent("101")
    watch.seconds += 0.9
    assert chats.busy() == ["101"]
    watch.seconds += 0.1
    assert chats.busy() == []
