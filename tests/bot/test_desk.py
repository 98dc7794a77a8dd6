import asyncio
from threading import get_ident

import pytest

from bot.desk import Desk


async def test_work_is_done_in_turn_on_one_thread_of_its_own() -> None:
    desk, done = Desk(), list[int]()
    threads = await asyncio.gather(*(desk.run(_note, done, n) for n in range(20)))
    desk.close()
    assert done == list(range(20))
    assert len({*threads, get_ident()}) == 2


async def test_an_error_reaches_who_asked_and_the_desk_goes_on() -> None:
    desk = Desk()
    with pytest.raises(ZeroDivisionError):
        await desk.run(divmod, 1, 0)
    assert await desk.run(divmod, 7, 2) == (3, 1)
    desk.close()


def _note(done: list[int], n: int) -> int:
    done.append(n)
    return get_ident()
