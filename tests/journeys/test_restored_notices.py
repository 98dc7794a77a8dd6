"""R16: of whatever notice was under way in the copy, nobody hears a second time by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.backups import back_up
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.broadcasts import Broadcasts
from storage.outbox import Outbox
from storage.people import People
from storage.recipients import PART
from tests.asides import BringBack
from tests.cast import Cast
from tests.handlers.broadcast.press import HEAD, Press
from tests.journeys.conftest import Start

RESTORED = "Dữ liệu đã được phục hồi từ bản sao lưu lúc"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In September 2024, in Ho Chi Minh City."""
    return datetime(2024, 9, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def heard(person: Person, what: str = HEAD) -> int:
    return sum(what in message.text for message in person.messages)


def stands(app: App, number: int = 1) -> tuple[str, dict[str, int]]:
    """The notice, and its letters."""
    with app.database.transaction() as session:
        notice = Broadcasts(session).get(number)
        assert notice
        return notice.state, Outbox(session).counts(broadcast_id=number)


@pytest.fixture
def office(settings: Settings, clock: PushedClock, telegram: Telegram) -> "Office":
    return Office(settings, clock, telegram)


class Office:
    def __init__(self, settings: Settings, clock: PushedClock, telegram: Telegram) -> None:
        self.settings, self.clock, self.telegram = settings, clock, telegram

    def enter(self, app: App) -> tuple[Press, Cast]:
        return (
            Press(app, self.telegram, self.clock),
            Cast(app.database, self.telegram, self.clock.now),
        )

    def copy(self, app: App) -> Path:
        return back_up(self.settings, app.database.url, self.clock.now())


async def test_confirmed_at_night_and_sent_in_the_morning(
    start: Start, office: Office, clock: PushedClock, bring_back: BringBack
) -> None:
    clock.push_to(at(16, 18))
    async with start() as app:
        press, cast = office.enter(app)
        thu, lan = cast.thu(), cast.lan()
        await press.send(thu)
        clock.push_to(at(17, 2, 30))
        file = office.copy(app)
        clock.push_to(at(17, 7, 31))
        await press.passes()
        assert heard(lan) == 1
    clock.push_to(at(17, 15))
    restored = bring_back(file)
    assert (restored.drafts, restored.waiting) == (1, 0)
    async with start() as app:
        press, _ = office.enter(app)
        await press.passes()
        assert heard(lan) == 1
        assert stands(app) == ("draft", {})
        assert f"{RESTORED} 02:30 17/09/2024" in told(thu)
        assert "• /thongbao 1: Mời họp <b>9h & 14h</b>" in told(thu)
    async with start() as app:
        press, _ = office.enter(app)
        await press.passes()
        # Who wants it again says so; who was told of the restore is not told twice.
        await thu.send("/thongbao 1")
        await thu.send("gửi")
        await press.passes()
        assert heard(lan) == 2
    assert heard(thu, RESTORED) == 1


async def test_a_notice_of_which_a_part_was_queued(
    start: Start,
    office: Office,
    clock: PushedClock,
    settings: Settings,
    bring_back: BringBack,
) -> None:
    many = PART + 20
    settings.notice_approval_above = many
    async with start() as app:
        press, cast = office.enter(app)
        thu = cast.thu()
        with app.database.transaction() as session:
            people = People(session)
            for chat in range(1000, 1000 + many):
                who = people.welcome("telegram", str(chat), f"Người Thử {chat}", clock.now())
                people.consent(who, "1", clock.now())
                people.join(who, "quan-1", "focal", clock.now())
        await press.compose(thu)
        await thu.send("gửi")
        press.later(31)
        notices = app.clockwork.notices
        with app.database.transaction() as session:
            notices.leave(session, clock.now())
            assert notices.feed(session, clock.now()) == PART
        file = office.copy(app)
    clock.push_to(at(16, 9, 30))
    assert bring_back(file).stilled.unknown == many
    async with start() as app:
        press, _ = office.enter(app)
        await press.passes()
        assert stands(app) == ("finished", {"unknown": many})
        assert f"Chưa rõ kết quả gửi: {many} tin. Quyết định tại /khongro" in told(thu)
        assert not [each for each in office.telegram.sent if each.chat_id != thu.chat_id]
        assert f"{many} tin" in await thu.send("/khongro")
        # No line was disturbed, and nobody is told so.
        assert not heard(thu, "đường truyền")


async def test_a_stopped_notice_that_was_gone_on_with(
    start: Start, office: Office, bring_back: BringBack
) -> None:
    async with start() as app:
        press, cast = office.enter(app)
        thu = cast.thu()
        crowd = [cast.member(200 + n, f"Người Thử {n}", "quan-1", "focal") for n in range(6)]
        await press.compose(thu)
        await thu.send("gửi")
        press.later(31)
        await app.tick()
        await app.sender.round()
        await thu.send("/thongbao 1 dung")
        left = sum(map(heard, crowd))
        assert 0 < left < 6
        file = office.copy(app)
        await thu.click("Gửi tiếp")
        await press.passes()
    assert [heard(each) for each in crowd] == [1] * 6
    bring_back(file)
    async with start() as app:
        press, _ = office.enter(app)
        await press.passes()
        await thu.send("/thongbao 1 tieptuc")
        await press.passes()
        assert stands(app) == ("finished", {"sent": left, "unknown": 6 - left})
    assert [heard(each) for each in crowd] == [1] * 6


async def test_scheduled_notices_before_and_after_now(
    start: Start, office: Office, clock: PushedClock, bring_back: BringBack
) -> None:
    async with start() as app:
        press, cast = office.enter(app)
        thu, lan = cast.thu(), cast.lan()
        for day in ("17/9", "20/9"):
            await press.compose(thu, text=f"Họp ngày {day}")
            await thu.send("hẹn giờ")
            await thu.send(day)
            await thu.send("gửi")
        file = office.copy(app)
        clock.push_to(at(17, 8))
        await press.passes(1)
    assert (heard(lan, "Họp ngày 17/9"), heard(lan, "Họp ngày 20/9")) == (1, 0)
    clock.push_to(at(17, 15))
    restored = bring_back(file)
    assert (restored.drafts, restored.waiting) == (1, 1)
    async with start() as app:
        press, _ = office.enter(app)
        await press.passes()
        assert "• /thongbao 1: Họp ngày 17/9" in told(thu)
        assert "• /thongbao 2, 08:00 20/09/2024: Họp ngày 20/9" in told(thu)
        clock.push_to(at(20, 8))
        await press.passes(1)
        assert stands(app)[0] == "draft"
    assert (heard(lan, "Họp ngày 17/9"), heard(lan, "Họp ngày 20/9")) == (1, 1)


def told(thu: Person) -> str:
    """What an administrator is told of the restore."""
    [text] = [message.text for message in thu.messages if RESTORED in message.text]
    return text
