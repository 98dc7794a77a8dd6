"""Files are fetched by a job of its own, and nothing that happens meanwhile loses one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.fetching import PAUSES, Capped
from bot.running import run
from bot.settings import Settings
from bot.sniffing import UnwantedError
from sandbox.clock import PushedClock
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram, at_once
from storage.evidence import LARGEST
from storage.inbox import Inbox
from storage.tables import Evidence
from tests.cast import Cast

SAVED = "Đã lưu minh chứng cho TV1.2: ảnh (PNG, 1 KB)."


@pytest.fixture
async def lan(cast: Cast) -> Person:
    """At the first question of the report."""
    lan = cast.lan()
    await lan.send("/baocao")
    return lan


@pytest.fixture
async def second(
    app: App, settings: Settings, clock: PushedClock, monotonic: Callable[[], float]
) -> AsyncIterator[App]:
    """The bot once more on the same database, as after a restart."""
    started = App(settings, clock=clock.now, monotonic=monotonic)
    await started.start()
    yield started
    await started.close()
    assert app


def state_of(app: App) -> tuple[str, int]:
    with app.database.transaction() as session:
        row = session.exec(select(Evidence)).one()
        return row.state, row.attempts


@pytest.mark.parametrize(
    ("method", "kind", "times"),
    [
        ("getFile", Kind.SERVER_ERROR, 1),
        ("getFile", Kind.FLOOD, 1),
        ("getFile", Kind.RESET, 1),
        ("download", Kind.SERVER_ERROR, 1),
        ("download", Kind.BAD_GATEWAY, 1),
        ("download", Kind.RESET, 2),  # aiohttp itself tries a second time
    ],
)
async def test_a_failed_try_is_made_good_later(
    lan: Person,
    app: App,
    telegram: Telegram,
    clock: PushedClock,
    method: str,
    kind: Kind,
    times: int,
) -> None:
    telegram.faults.add(Fault(kind, method, times=times))
    assert "Đã lưu" not in await lan.send_photo()
    clock.push_to(clock.now() + PAUSES[0])
    await app.pump()
    assert lan.last.text == SAVED


async def test_after_five_tries_the_person_is_asked_to_send_it_again(
    lan: Person, app: App, telegram: Telegram, clock: PushedClock
) -> None:
    telegram.faults.add(Fault(Kind.SERVER_ERROR, "download", times=None))
    await lan.send_photo()
    for tries, pause in enumerate(PAUSES, 1):
        assert state_of(app) == ("wanted", tries)
        clock.push_to(clock.now() + pause)
        await app.pump()
    assert state_of(app) == ("failed", 5)
    assert lan.last.text == (
        "Không lưu được ảnh. Hệ thống chưa tải được tệp từ Telegram. Anh/chị vui lòng gửi lại."
    )


async def test_an_outage_of_telegram_is_not_held_against_a_file(
    lan: Person, app: App, telegram: Telegram, clock: PushedClock
) -> None:
    telegram.faults.add(Fault(Kind.SERVER_ERROR, "getFile"))
    await lan.send_photo()
    await telegram.stop()
    for _ in range(9):
        clock.push_to(clock.now() + timedelta(minutes=1))
        await app.fetching.round()
    assert state_of(app) == ("wanted", 1)
    await telegram.start()
    clock.push_to(clock.now() + timedelta(minutes=1))
    await app.pump()
    assert lan.last.text == SAVED


async def test_one_file_holds_up_no_other(
    lan: Person, app: App, cast: Cast, telegram: Telegram
) -> None:
    telegram.faults.add(Fault(Kind.SERVER_ERROR, "getFile", times=1))
    minh = cast.minh()
    await minh.send("/baocao")
    telegram.settle = at_once
    for person in (lan, minh):
        await person.send_photo()
    await app.pump()
    assert sum("Đã lưu" in person.last.text for person in (lan, minh)) == 1


async def test_a_restart_in_the_middle_loses_nothing(
    lan: Person, app: App, telegram: Telegram, second: App
) -> None:
    telegram.faults.add(Fault(Kind.HOLD, "getFile"))
    telegram.settle = at_once
    await lan.send_photo()
    pumping = asyncio.create_task(app.pump())
    await telegram.is_asked("getFile")
    pumping.cancel()
    await asyncio.wait([pumping])
    await app.desks[0].run(app.leasing.give_up)
    await second.pump()
    assert lan.last.text == SAVED


async def test_a_running_bot_fetches_by_itself(
    lan: Person, telegram: Telegram, settings: Settings, clock: PushedClock
) -> None:
    telegram.settle = at_once
    stop = asyncio.Event()
    running = asyncio.create_task(run(App(settings, clock=clock.now), stop))
    await lan.send_photo()
    assert SAVED in await lan.hears("Đã lưu", within=20)
    stop.set()
    await running


async def test_a_full_disk_is_a_failed_try(lan: Person, app: App, clock: PushedClock) -> None:
    app.settings.files_dir.write_text("in the way")
    await lan.send_photo()
    assert state_of(app) == ("wanted", 1)
    app.settings.files_dir.unlink()
    clock.push_to(clock.now() + PAUSES[0])
    await app.pump()
    assert lan.last.text == SAVED


async def test_what_became_of_a_file_is_told_once(lan: Person, app: App) -> None:
    await lan.send_photo()
    before = len(lan.messages)
    await app.pump()
    assert len(lan.messages) == before
    with app.database.transaction() as session:
        assert Inbox(session).unfinished() == 0


async def test_a_file_that_grew_after_it_was_announced_is_not_read_to_its_end() -> None:
    taken = Capped()
    taken.write(bytes(LARGEST))
    with pytest.raises(UnwantedError, match="too_big"):
        taken.write(b"1")


async def test_telegram_refuses_what_is_too_big_and_so_do_we(
    lan: Person, app: App, telegram: Telegram
) -> None:
    telegram.faults.add(Fault(Kind.BAD_REQUEST, "getFile", words="file is too big"))
    assert "không nhận tệp trên 20 MB" in await lan.send_photo()
    assert state_of(app) == ("refused", 0)


async def test_the_token_never_reaches_the_log(
    lan: Person, telegram: Telegram, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram.faults.add(Fault(Kind.SERVER_ERROR, "download"))
    await lan.send_photo()
    logged = capsys.readouterr().out
    assert "file not fetched" in logged
    assert telegram.token not in logged


async def test_the_bytes_of_a_removed_file_are_deleted(lan: Person, app: App) -> None:
    await lan.send_photo()
    await lan.click("Xóa tệp này")
    await lan.click("Xóa")
    assert [path for path in app.settings.files_dir.rglob("*") if path.is_file()] == []
    assert state_of(app) == ("removed", 0)
