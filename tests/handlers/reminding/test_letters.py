"""What becomes of a letter between the morning that plans it and the moment it leaves."""

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest

from bot.app import App
from plan.calendars import ZONE, moment
from plan.reminding import settled
from plan.reminding.rules import Span
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.absences import Absences
from storage.choices import Choices
from storage.daysoff import DaysOff
from storage.easings import Easings
from storage.ledger import Ledger
from storage.people import People
from storage.snoozes import Snoozes
from storage.tables import Agency, Report
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, Office, said_since


@dataclass(frozen=True)
class Days:
    """Mornings and afternoons by the city's clocks, of 2024; and what the ledger says."""

    app: App
    office: Office
    clock: PushedClock

    async def look(self, month: int, day: int, hour: int = 8, minute: int = 0) -> None:
        self.clock.push_to(moment(date(2024, month, day), time(hour, minute)))
        await self.office.tick()

    def plan_only(self, month: int, day: int, hour: int = 8) -> None:
        """The letters are queued, and none leaves yet."""
        self.clock.push_to(moment(date(2024, month, day), time(hour)))
        self.app.clockwork.tick()

    async def leave(self) -> None:
        await self.app.pump()

    def lines(self, agency_id: str = "quan-1", about: str = "report:2024") -> list[tuple[str, str]]:
        with self.app.database.transaction() as session:
            found = Ledger(session).of_agency(agency_id, 2024)
            return [(f.step, f.reason or f.fate) for f in found if f.obligation == about]


@pytest.fixture
def days(app: App, office: Office, clock: PushedClock) -> Days:
    return Days(app, office, clock)


def person_id(app: App, person: Person) -> int:
    with app.database.transaction() as session:
        member = People(session).at("telegram", str(person.chat_id))
        assert member
        return member.person_id


async def test_bot_down_from_the_third_to_the_sixth_of_november(lan: Person, days: Days) -> None:
    await days.look(11, 1)
    await days.look(11, 6, 9)
    assert [m.text.split("\n\n")[2][:40] for m in lan.messages] == [
        "Hạn nộp: trước 05/11/2024 (hết thứ Hai, ",
        "Hạn nộp: trước 05/11/2024 (hết thứ Hai, ",
    ]
    assert days.lines()[-3:] == [("0", "missed"), ("0b", "missed"), ("+1", "sent")]


async def test_submission_between_planning_and_sending(
    lan: Person, days: Days, office: Office
) -> None:
    days.plan_only(11, 4)
    assert days.lines()[-1] == ("0", "planned")
    office.reported("quan-1", 2024, FIGURES)
    await days.leave()
    assert not lan.messages
    assert days.lines()[-1] == ("0", "reported")


async def test_extension_granted_on_the_last_day(lan: Person, days: Days, app: App) -> None:
    await days.look(11, 4)
    before = len(lan.messages)
    with app.database.transaction() as session:
        until = date(2024, 11, 18)
        Easings(session).grant("quan-1", 2024, "extension", until, reason="Bão", now=app.clock())
    await days.look(11, 4, 13, 30)
    await days.look(11, 5)
    assert said_since(lan, before) == []
    await days.look(11, 13)
    assert "Hạn nộp: trước 19/11/2024 (hết thứ Hai, 18/11/2024" in lan.last.text
    assert "Đây là hạn sau khi đơn vị được gia hạn." in lan.last.text


async def test_a_mute_that_ends_in_the_middle_of_the_ladder(
    lan: Person, days: Days, app: App
) -> None:
    with app.database.transaction() as session:
        until = date(2024, 10, 31)
        Easings(session).grant("quan-1", 2024, "mute", until, reason="Sáp nhập", now=app.clock())
    await days.look(10, 30)
    assert not lan.messages
    await days.look(11, 1)
    assert len(lan.messages) == 1
    assert days.lines()[-2:] == [("-3", "muted"), ("-1", "sent")]


async def test_the_learning_week_moves_after_its_first_reminder(
    lan: Person, days: Days, app: App
) -> None:
    await days.look(9, 24)
    assert "từ 01/10/2024 đến hết thứ Hai, 07/10/2024" in lan.last.text
    with app.database.transaction() as session:
        span = Span(date(2024, 10, 14), date(2024, 10, 20), confirmed=True)
        key = settled.span_key("tuan-le-hoc-tap-suot-doi", 2024)
        Choices(session).settle(key, settled.span_kept(span), app.clock())
    await days.look(10, 7)
    assert "từ 14/10/2024 đến hết Chủ nhật, 20/10/2024" in lan.last.text
    assert "còn chờ văn bản" not in lan.last.text


async def test_an_agency_that_is_dissolved_hears_no_more(lan: Person, days: Days, app: App) -> None:
    days.plan_only(10, 30)
    with app.database.transaction() as session:
        session.get_one(Agency, "quan-1").valid_to = date(2024, 10, 29)
    await days.leave()
    await days.look(11, 1)
    assert not lan.messages
    assert days.lines()[-2:] == [("-3", "dissolved"), ("-1", "dissolved")]


async def test_a_person_in_two_agencies_gets_one_letter(
    lan: Person, cast: Cast, days: Days
) -> None:
    cast.member(101, "Nguyễn Thị Lan", "quan-3", "focal")
    await days.look(11, 1)
    assert len(lan.messages) == 1
    said = lan.last.text
    assert said.startswith("Kính gửi anh/chị Lan,\n\nHôm nay có 2 việc cần chú ý:")
    assert "1. Quận 1: Đơn vị chưa bắt đầu" in said
    assert "2. Quận 3: Đơn vị chưa bắt đầu" in said
    assert "Câu 1/10" in await lan.click("2. Bắt đầu báo cáo")


async def test_of_two_agencies_the_one_that_has_reported_is_left_out(
    lan: Person, cast: Cast, days: Days, office: Office
) -> None:
    cast.member(101, "Nguyễn Thị Lan", "quan-3", "focal")
    days.plan_only(11, 1)
    office.reported("quan-3", 2024, FIGURES)
    await days.leave()
    assert lan.last.text.startswith("Kính gửi anh/chị Lan (Quận 1),\n\nĐơn vị chưa bắt đầu")
    assert days.lines("quan-3")[-1] == ("-1", "reported")


async def test_a_role_that_ends_before_the_letter_leaves(
    lan: Person, days: Days, office: Office
) -> None:
    days.plan_only(11, 1)
    office.revoke(lan)
    await days.leave()
    assert not lan.messages
    assert days.lines()[-1] == ("-1", "no role")


async def test_during_a_leave_the_deputy_is_told(
    lan: Person, cast: Cast, days: Days, app: App
) -> None:
    vy = cast.member(106, "Đỗ Tường Vy", "quan-3", "official")
    with app.database.transaction() as session:
        Absences(session).leave(
            person_id(app, lan),
            "quan-1",
            date(2024, 10, 28),
            date(2024, 11, 3),
            deputy_id=person_id(app, vy),
            reason="Nghỉ phép",
            now=app.clock(),
        )
    await days.look(11, 1)
    assert not lan.messages
    assert vy.last.text.startswith("Kính gửi anh/chị Vy (Quận 1),")
    await days.look(11, 4)
    assert len(lan.messages) == 1
    assert len(vy.messages) == 1


async def test_a_snoozed_reminder_comes_on_the_day_named(lan: Person, days: Days, app: App) -> None:
    await days.look(10, 24)
    with app.database.transaction() as session:
        Snoozes(session).put_off(
            person_id(app, lan),
            "quan-1",
            "report:2024",
            date(2024, 10, 31),
            reason="Chờ số liệu",
            now=app.clock(),
        )
    await days.look(10, 30)
    assert len(lan.messages) == 1
    await days.look(10, 31)
    assert len(lan.messages) == 2
    assert days.lines()[-2:] == [("-3", "snoozed"), ("z241031:1", "sent")]


async def test_escalation_is_announced_and_reaches_up(
    lan: Person, cast: Cast, hoa: Person, days: Days
) -> None:
    leader = cast.member(107, "Bùi Quốc Thắng", "quan-1", "official")
    await days.look(11, 5)
    assert "Nếu đến thứ Năm, 07/11/2024 vẫn chưa có báo cáo" in lan.last.text
    assert not leader.messages
    await days.look(11, 7)
    assert "đến thứ Hai, 11/11/2024 vẫn chưa có báo cáo" in lan.last.text
    assert "Kính đề nghị lãnh đạo đơn vị chỉ đạo" in leader.last.text
    assert not [each for each in hoa.messages if "Quận 1" in each.text]
    await days.look(11, 11)
    assert "chưa nộp báo cáo năm 2024 dù đầu mối" in hoa.last.text
    assert "Quận 1" in hoa.last.text
    assert "Nếu đến" not in lan.last.text


async def test_reviewers_hear_of_what_waits(hoa: Person, thu: Person, days: Days) -> None:
    await days.look(9, 16, 10)
    days.office.reported("quan-1", 2024, FIGURES)
    await days.look(9, 18)
    assert "1 báo cáo năm 2024 chờ duyệt từ 2 ngày làm việc trở lên: Quận 1." in hoa.last.text
    waiting = [m.text for m in thu.messages if "chờ duyệt" in m.text]
    assert waiting == []
    await days.look(9, 20)
    assert any("chờ duyệt từ 4 ngày làm việc" in m.text for m in thu.messages)


async def test_a_report_that_was_sent_back_is_asked_for(lan: Person, days: Days, app: App) -> None:
    days.office.reported("quan-1", 2024, FIGURES)
    with app.database.transaction() as session:
        report = session.get_one(Report, 1)
        report.state, report.returned_at = "returned", app.clock()
        report.return_until_on = date(2024, 10, 10)
    await days.look(10, 9)
    assert "đã được trả lại để bổ sung, chỉnh sửa" in lan.last.text
    assert "Hạn nộp lại: hết thứ Năm, 10/10/2024." in lan.last.text


async def test_a_day_off_that_is_entered_is_followed_within_seconds(
    lan: Person, days: Days, app: App
) -> None:
    with app.database.transaction() as session:
        DaysOff(session).put(date(2024, 11, 4), "off", "Bão lụt", app.clock())
    await days.look(11, 1)
    # The last working day is Friday now.
    assert "Hôm nay là ngày làm việc cuối cùng" in lan.last.text
    await days.look(11, 4)
    assert len(lan.messages) == 1


@pytest.mark.parametrize(
    ("form", "greeting"),
    [
        ("anh-chi", "Kính gửi anh/chị Lan (Quận 1),"),
        ("chi", "Kính gửi chị Lan (Quận 1),"),
        ("ba", "Kính gửi bà Lan (Quận 1),"),
        ("dong-chi", "Kính gửi đồng chí Lan (Quận 1),"),
    ],
)
async def test_people_are_addressed_as_it_fits_them(
    lan: Person, days: Days, app: App, form: str, greeting: str
) -> None:
    with app.database.transaction() as session:
        People(session).address_as(1, form, app.clock())
    await days.look(11, 1)
    assert lan.last.text.startswith(greeting)


async def test_a_press_answers_the_reminder(lan: Person, days: Days) -> None:
    await days.look(11, 1)
    await lan.click("Bắt đầu báo cáo")
    assert days.lines()[-1] == ("-1", "answered")


async def test_who_is_not_reached_is_on_a_list_before_each_step(
    lan: Person, thu: Person, days: Days
) -> None:
    assert lan
    await days.look(9, 19)
    said = thu.last.text
    assert "Lần nhắc báo cáo tới sẽ không đến được" in said
    assert "Quận 3" in said
    assert "Quận 1," not in said


async def test_before_christmas_the_calendar_of_next_year_is_asked_for(
    thu: Person, days: Days, clock: PushedClock
) -> None:
    clock.push_to(datetime(2026, 12, 15, 8, tzinfo=ZONE))
    await days.office.tick()
    assert "Lịch nghỉ chính thức năm 2027 chưa được cập nhật" in thu.last.text
