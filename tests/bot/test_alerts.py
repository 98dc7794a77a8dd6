"""What administrators are told of trouble without having asked."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import App
from sandbox.chats import Message
from sandbox.clock import PushedClock
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.health.ward import Ward

HOUR = timedelta(hours=1)


@pytest.fixture
def ward(app: App, telegram: Telegram) -> Ward:
    return Ward(app, telegram)


@pytest.fixture
def thu(cast: Cast) -> Person:
    return cast.thu()


@pytest.fixture
def lan(cast: Cast) -> Person:
    return cast.lan()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Of September 2024 in Ho Chi Minh City; the 16th is a Monday."""
    return datetime(2024, 9, day, hour, minute, tzinfo=UTC) - 7 * HOUR


OFFERED = ("Bản trình duyệt", "For your", "Chiến dịch", "Campaign", "Kính gửi")


def heard(person: Person) -> list[Message]:
    """Of trouble; a notice to be prepared, and a morning's reminder, are none."""
    return [message for message in person.messages if not message.text.startswith(OFFERED)]


async def tick(ward: Ward, clock: PushedClock, now: datetime | None = None) -> None:
    """A minute is how often is looked."""
    clock.push_to(now or clock.now() + timedelta(minutes=1))
    await ward.app.tick()
    await ward.app.pump()


async def the_first_digest(ward: Ward, clock: PushedClock, at: datetime | None = None) -> None:
    """Has nothing to tell; what comes up later is new."""
    await tick(ward, clock, at)
    clock.push_to(clock.now() + timedelta(minutes=2))


async def test_the_morning_tells_what_is_new_in_one_message(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    await the_first_digest(ward, clock)
    for _ in range(2):
        ward.letter(lan)
    ward.letter(lan, "failed")
    ward.letter(lan, "expired", send_by_at=ward.now + HOUR)
    await ward.dead(lan, "12/15")
    await tick(ward, clock, at(17, 7, 29))
    assert not heard(thu)
    await tick(ward, clock, at(17, 7, 30))
    [message] = heard(thu)
    assert message.text == (
        "Việc mới phát sinh từ 09:01 16/09/2024\n\n"
        "Chưa rõ kết quả gửi: 2 tin. Quyết định tại /khongro.\n"
        "Gửi không được: 1 tin. Quyết định tại /tindi.\n"
        "Tin đến chưa xử lý được: 1. Quyết định tại /tinden.\n"
        "Lời nhắc quá hạn, không gửi: 1. Nếu còn cần thiết, anh/chị thông báo cho người liên "
        "quan bằng /thongbao."
    )
    assert "tình trạng Hệ thống" in await thu.click("Sức khỏe Hệ thống")


async def test_only_what_is_new_is_told(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    await the_first_digest(ward, clock)
    ward.letter(lan)
    await tick(ward, clock, at(17, 8))
    ward.letter(lan, not_before_at=ward.now + HOUR)
    await tick(ward, clock, at(18, 8))
    await tick(ward, clock, at(19, 8))
    told = [message.text for message in heard(thu)]
    assert ["08:00 17/09/2024" in text for text in told] == [False, True]
    assert all("1 tin" in text for text in told)


async def test_nobody_is_told_that_nothing_is_new(
    thu: Person, ward: Ward, clock: PushedClock
) -> None:
    for day in (16, 17, 18):
        await tick(ward, clock, at(day, 10))
    assert not heard(thu)


async def test_weekends_are_quiet_and_monday_tells_of_them(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    await the_first_digest(ward, clock, at(20, 8))
    ward.letter(lan)
    for day in (21, 22):
        await tick(ward, clock, at(day, 9))
    assert not heard(thu)
    await tick(ward, clock, at(23, 9))
    assert "Việc mới phát sinh từ 08:00 20/09/2024" in thu.last.text


async def test_an_alert_comes_once_however_often_is_looked(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    await the_first_digest(ward, clock)
    ward.letter(lan)
    await tick(ward, clock, at(17, 8))
    for _ in range(3):
        await tick(ward, clock)
    assert len(heard(thu)) == 1


async def test_only_admins_hear_each_once_in_their_language(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock, cast: Cast
) -> None:
    cast.member(104, "Trần Minh Thu", "quan-3", "admin")
    await thu.send("/ngonngu en")
    await the_first_digest(ward, clock)
    ward.letter(lan)
    await tick(ward, clock, at(17, 8))
    assert [message.text[:9] for message in heard(thu)[1:]] == ["New since"]
    assert not lan.messages


@pytest.mark.parametrize(("count", "told"), [(4, 0), (5, 1)])
async def test_a_jump_of_unknown_letters_is_told_at_once(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock, count: int, told: int
) -> None:
    for _ in range(count):
        ward.letter(lan)
    await tick(ward, clock)
    jumps = [message for message in heard(thu) if "Trong một giờ qua có 5 tin" in message.text]
    assert len(jumps) == told


async def test_a_jump_is_told_once_an_hour_and_only_if_it_goes_on(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    await tick(ward, clock)
    for _ in range(5):
        ward.letter(lan)
    for _ in range(3):
        await tick(ward, clock)
    await tick(ward, clock, clock.now() + HOUR)
    assert len(heard(thu)) == 1
    for _ in range(6):
        ward.letter(lan)
    await tick(ward, clock)
    assert "Trong một giờ qua có 6 tin" in thu.last.text
    assert "Chưa rõ đã đến người nhận" in await thu.click("Tin chưa rõ kết quả")


async def test_who_does_not_hold_the_lease_tells_nothing(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    for _ in range(5):
        ward.letter(lan)
    await ward.app.desks[0].run(ward.give_up_ticking)
    await tick(ward, clock)
    assert not heard(thu)


async def test_an_alert_is_sent_again_when_its_fate_is_unknown(
    thu: Person, lan: Person, ward: Ward, clock: PushedClock
) -> None:
    await the_first_digest(ward, clock)
    for _ in range(5):
        ward.letter(lan)
    ward.telegram.faults.add(Fault(Kind.RESET_DELIVERED, "sendMessage", thu.chat_id))
    await tick(ward, clock)
    await tick(ward, clock)
    assert ["Trong một giờ qua" in message.text for message in heard(thu)] == [True, True]
