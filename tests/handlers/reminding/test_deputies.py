"""`/uyquyen`: who stands in hears the reminders, fills in the report, and is told when it ends."""

from datetime import date, datetime

import pytest

from bot.app import App
from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.absences import Absences
from storage.people import People
from tests.cast import Cast
from tests.handlers.scenes import Office, button, said_since

AWAY = "/uyquyen 20/9 - 25/9"


@pytest.fixture
def long(cast: Cast) -> Person:
    """An official of District 1: no focal point."""
    return cast.member(108, "Phan Bảo Long", "quan-1", "official")


async def morning(office: Office, clock: PushedClock, day: int) -> None:
    clock.push_to(datetime(2024, 9, day, 8, tzinfo=ZONE))
    await office.tick()


def deputies(app: App) -> list[tuple[date, date, bool]]:
    """From, to, and whether anybody stands in."""
    with app.database.transaction() as session:
        member = People(session).at("telegram", "101")
        assert member
        found = Absences(session).of(member.person_id, date(2024, 9, 16))
        return [(each.from_on, each.to_on, each.deputy_id is not None) for each in found]


async def name(lan: Person, *words: str) -> str:
    said = ""
    for word in words:
        said = await lan.send(word)
    return said


@pytest.mark.parametrize(
    "ways",
    [
        ["/uyquyen", "20/9 - 25/9", "Phan Bảo Long", "đúng"],
        ["ủy quyền", "từ 20/9 đến 25/9", "1", "đúng"],
        [f"{AWAY} Long", "đúng"],
        ["/uyquyen từ ngày 20/9/2024 đến hết ngày 25/9/2024 phan bao long", "đúng"],
    ],
)
@pytest.mark.usefixtures("long")
async def test_a_colleague_is_named(lan: Person, app: App, ways: list[str]) -> None:
    said = await name(lan, *ways)
    assert (
        "Phan Bảo Long làm thay anh/chị tại Ủy ban nhân dân Quận 1 từ thứ Sáu, 20/09/2024" in said
    )
    assert deputies(app) == [(date(2024, 9, 20), date(2024, 9, 25), True)]


async def test_the_deputy_is_told_at_once_at_the_beginning_and_at_the_end(
    lan: Person, long: Person, office: Office, clock: PushedClock
) -> None:
    await name(lan, f"{AWAY} Long", "đúng")
    assert "Nguyễn Thị Lan ủy quyền cho anh/chị làm thay" in long.last.text
    before = len(long.messages)
    await morning(office, clock, 20)
    told = said_since(long, before)
    assert [text for text in told if "Anh/chị làm thay Nguyễn Thị Lan" in text]
    assert [text for text in told if "báo cáo năm 2024" in text], "the reminder came to the deputy"
    assert not [m for m in lan.messages if "Kính gửi" in m.text]
    await morning(office, clock, 26)
    assert "Việc làm thay Nguyễn Thị Lan" in long.last.text


async def test_the_deputy_may_report_during_those_days_only(
    lan: Person, long: Person, office: Office, clock: PushedClock
) -> None:
    await name(lan, f"{AWAY} Long", "đúng")
    assert "Lệnh này không có" in await long.send("/baocao")
    await morning(office, clock, 20)
    assert "Câu 1/10" in await long.send("/baocao")
    assert "/baocao – " in await long.send("/trogiup")
    await name(long, "12/15", "đúng")
    assert office.figures()["TV1.2"].numerator == 12
    await morning(office, clock, 26)
    assert "chưa hiểu" in await long.send("8/10")
    assert "Lệnh này không có" in await long.send("/baocao")


async def test_back_early_and_the_deputy_is_told(
    lan: Person, long: Person, office: Office, clock: PushedClock
) -> None:
    await name(lan, f"{AWAY} Long", "đúng")
    await morning(office, clock, 20)
    assert "Đã ghi nhận anh/chị trở lại" in await lan.click("Tôi đã trở lại")
    assert "Nguyễn Thị Lan đã trở lại" in long.last.text
    assert "Lệnh này không có" in await long.send("/baocao")
    before = len(long.messages)
    await morning(office, clock, 26)
    assert said_since(long, before) == []
    assert "Không có ngày vắng mặt nào" in await lan.send("/uyquyen ketthuc")


@pytest.mark.usefixtures("long")
async def test_what_is_recorded_is_shown(lan: Person) -> None:
    await name(lan, f"{AWAY} Long", "đúng")
    said = await lan.send("/uyquyen")
    assert (
        "• Từ thứ Sáu, 20/09/2024 đến hết thứ Tư, 25/09/2024; người làm thay: Phan Bảo Long" in said
    )
    assert "Đã ghi nhận anh/chị vắng mặt từ" in await lan.send("/uyquyen 25/9 - 30/9 Long")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/uyquyen 25/9 - 20/9", "đến trước ngày đầu"),
        ("/uyquyen 10/9 - 20/9", "(thứ Ba, 10/09/2024) đã qua"),
        ("/uyquyen 20/9 - 20/9/2025", "dài hơn 180 ngày"),
        ("/uyquyen hôm nào rảnh", "chưa đọc được khoảng thời gian trong “hôm nào rảnh”"),
        (f"{AWAY} Thắng", "chưa có ai tên “Thắng”"),
    ],
)
@pytest.mark.usefixtures("long")
async def test_what_does_not_fit_is_told_and_asked_again(
    lan: Person, app: App, typed: str, told: str
) -> None:
    assert told in await lan.send(typed)
    assert "Giữ nguyên" in str(lan.buttons)
    assert deputies(app) == []


@pytest.mark.usefixtures("long")
async def test_a_deputy_who_is_away_is_not_taken(lan: Person, vy: Person, app: App) -> None:
    await name(vy, "/uyquyen 23/9 - 24/9 Long", "đúng")
    assert "Đỗ Tường Vy cũng vắng mặt" in await lan.send(f"{AWAY} Vy")
    assert deputies(app) == []


async def test_who_stands_in_does_not_leave_as_well(lan: Person, vy: Person, long: Person) -> None:
    await name(lan, f"{AWAY} Vy", "đúng")
    assert "đang làm thay Nguyễn Thị Lan" in await vy.send("/uyquyen 23/9 - 24/9 Long")
    assert not long.messages


async def test_who_stands_in_and_hands_over_passes_that_on(
    lan: Person, vy: Person, long: Person, office: Office, clock: PushedClock
) -> None:
    await name(lan, f"{AWAY} Vy", "đúng")
    await name(vy, "/bangiao long", "đúng")
    await morning(office, clock, 20)
    assert any("Anh/chị làm thay Nguyễn Thị Lan" in m.text for m in long.messages)


async def test_a_colleague_is_invited_and_stands_in_once_there(
    lan: Person, an: Person, app: App, office: Office, clock: PushedClock
) -> None:
    await name(lan, AWAY, "mời đồng nghiệp khác", "đúng")
    card = next(m for m in lan.messages if "/start" in m.text)
    assert deputies(app) == [(date(2024, 9, 20), date(2024, 9, 25), False)]
    token = card.text.split("/start ")[1].split()[0]
    await name(an, f"/start {token}", "đúng", "đồng ý", "Võ Bình An")
    assert "Võ Bình An đã nhận lời mời và làm thay anh/chị" in lan.last.text
    assert deputies(app) == [(date(2024, 9, 20), date(2024, 9, 25), True)]
    await morning(office, clock, 20)
    assert any("Anh/chị làm thay Nguyễn Thị Lan" in m.text for m in an.messages)


async def test_an_invitation_that_was_withdrawn_opens_nothing(
    lan: Person, an: Person, app: App
) -> None:
    await name(lan, AWAY, "mời", "đúng")
    token = next(m for m in lan.messages if "/start" in m.text).text.split("/start ")[1].split()[0]
    assert "Đã rút lời mời" in await lan.click("Rút lời mời")
    assert "không hợp lệ" in await an.send(f"/start {token}")
    assert deputies(app) == [(date(2024, 9, 20), date(2024, 9, 25), False)]


async def test_what_a_focal_point_made_ends_with_the_role(
    lan: Person, an: Person, office: Office
) -> None:
    await name(lan, AWAY, "mời", "đúng")
    token = next(m for m in lan.messages if "/start" in m.text).text.split("/start ")[1].split()[0]
    office.revoke(lan)
    assert "không hợp lệ" in await an.send(f"/start {token}")


async def test_a_deputy_names_no_deputy_and_hands_nothing_over(
    lan: Person, long: Person, office: Office, clock: PushedClock
) -> None:
    await name(lan, f"{AWAY} Long", "đúng")
    await morning(office, clock, 20)
    assert "chỉ đầu mối của đơn vị mới ủy quyền được" in await long.send("/uyquyen")
    assert "chỉ đầu mối của đơn vị mới bàn giao được" in await long.send("/bangiao")


@pytest.mark.usefixtures("long")
async def test_the_open_question_waits_behind_it(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await name(lan, f"{AWAY} Long", "đúng")
    assert "Câu 1/10" in await name(lan, "/uyquyen 7/10 - 8/10", "/huy")


async def test_a_doubled_press_names_once(lan: Person, long: Person, office: Office) -> None:
    await lan.send(f"{AWAY} Long")
    card = lan.last
    await office.press(card, button(card, "Đúng"), times=2)
    assert [m.text for m in long.messages if "ủy quyền cho anh/chị" in m.text] == [long.last.text]
    assert deputies(office.app) == [(date(2024, 9, 20), date(2024, 9, 25), True)]
