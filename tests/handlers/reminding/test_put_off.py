"""`/tamhoan`: one matter is heard of later, by one person, and never too late."""

from datetime import datetime

import pytest

from bot.app import App
from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.choices import Choices
from storage.people import People
from storage.snoozes import Snoozes
from storage.tables import Report
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, Office, said_since


@pytest.fixture
def october(clock: PushedClock) -> None:
    """Wednesday, 23 October: the report and a campaign of November are coming up."""
    clock.push_to(datetime(2024, 10, 23, 9, tzinfo=ZONE))


def kept(app: App) -> list[tuple[str, str, str]]:
    with app.database.transaction() as session:
        member = People(session).at("telegram", "101")
        assert member
        found = Snoozes(session).of(member.person_id, app.clock().date())
        return [(row.obligation, f"{row.until_on:%d/%m}", row.reason) for row in found]


async def look(office: Office, clock: PushedClock, month: int, day: int) -> None:
    clock.push_to(datetime(2024, month, day, 8, tzinfo=ZONE))
    await office.tick()


@pytest.mark.parametrize(
    ("ways", "until", "reason"),
    [
        (["/tamhoan baocao 3 ngày"], "28/10", ""),
        (["/tamhoan baocao 28/10 chờ số liệu của phường"], "28/10", "chờ số liệu của phường"),
        (["/tamhoan", "1", "1 ngày"], "24/10", ""),
        (["tạm hoãn", "báo cáo năm 2024", "mai"], "24/10", ""),
        (["/tamhoan 3 ngay", "1"], "28/10", ""),
        (["/tamhoan quan-1 report:2024", "3 ngày bận họp"], "28/10", "bận họp"),
    ],
)
@pytest.mark.usefixtures("october")
async def test_it_is_put_off(
    lan: Person, app: App, ways: list[str], until: str, reason: str
) -> None:
    for way in ways:
        said = await lan.send(way)
    assert "Đã tạm hoãn: báo cáo năm 2024" in said
    assert kept(app) == [("report:2024", until, reason)]


@pytest.mark.usefixtures("october")
async def test_the_reminder_comes_on_the_day_named(
    lan: Person, vy: Person, office: Office, clock: PushedClock
) -> None:
    await lan.send("/tamhoan baocao 31/10")
    before = len(lan.messages), len(vy.messages)
    await look(office, clock, 10, 24)
    await look(office, clock, 10, 30)
    assert said_since(lan, before[0]) == []
    assert len(said_since(vy, before[1])) == 2
    await look(office, clock, 10, 31)
    assert "báo cáo năm 2024" in lan.last.text
    assert len(said_since(lan, before[0])) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/tamhoan baocao 4/11", "thứ Hai, 04/11/2024, chỉ tạm hoãn được đến thứ Sáu"),
        ("/tamhoan baocao 22/10", "(thứ Ba, 22/10/2024) đã qua"),
        ("/tamhoan baocao khi nào rảnh", "chưa đọc được ngày trong “khi nào rảnh”"),
        ("/tamhoan TV9.9", "“TV9.9” không phải là việc có thể tạm hoãn"),
    ],
)
@pytest.mark.usefixtures("october")
async def test_what_does_not_fit_is_told(lan: Person, app: App, typed: str, told: str) -> None:
    assert told in await lan.send(typed)
    assert kept(app) == []


@pytest.mark.usefixtures("october")
async def test_it_is_listed_and_undone(
    lan: Person, app: App, office: Office, clock: PushedClock
) -> None:
    await lan.send("/tamhoan baocao 31/10")
    assert "• Số 1: báo cáo năm 2024, đến thứ Năm, 31/10/2024" in await lan.send("/tamhoan")
    await lan.send("/huy")
    assert "Đã bỏ tạm hoãn" in await lan.click("Bỏ tạm hoãn (số 1)")
    assert kept(app) == []
    assert "không có lời nhắc nào đang tạm hoãn" in await lan.send("/tamhoan bo 1")
    before = len(lan.messages)
    await look(office, clock, 10, 30)
    assert len(said_since(lan, before)) == 1


@pytest.mark.usefixtures("october")
async def test_put_off_again_the_later_word_counts(lan: Person, app: App) -> None:
    for day in ("30/10", "25/10"):
        await lan.send(f"/tamhoan baocao {day}")
    assert kept(app) == [("report:2024", "25/10", "")]


async def test_from_the_button_of_the_letter(
    lan: Person, office: Office, clock: PushedClock, app: App
) -> None:
    await look(office, clock, 9, 20)
    assert "Tạm hoãn: báo cáo năm 2024. Đến khi nào" in await lan.click("Tạm hoãn…")
    await lan.click("3 ngày")
    assert kept(app) == [("report:2024", "23/09", "")]


async def test_a_task_is_put_off_by_its_code(
    lan: Person, app: App, office: Office, clock: PushedClock
) -> None:
    with app.database.transaction() as session:
        Choices(session).date_task("IV.10.a", "date", "10-14", 7, app.clock())
    await look(office, clock, 10, 7)
    assert "Đã tạm hoãn: nhiệm vụ IV.10.a" in await lan.send("/tamhoan iv10a 9/10 chờ phường")
    before = len(lan.messages)
    await look(office, clock, 10, 9)
    assert "IV.10.a" in "".join(said_since(lan, before))


async def test_on_the_last_days_there_is_no_button_and_no_putting_off(
    lan: Person, office: Office, clock: PushedClock, app: App
) -> None:
    await look(office, clock, 11, 4)
    assert "Tạm hoãn…" not in str(lan.last.buttons)
    await lan.send("/tamhoan baocao 5/11")
    assert kept(app) == []


async def test_never_what_was_sent_back(lan: Person, office: Office, clock: PushedClock) -> None:
    office.reported("quan-1", 2024, FIGURES)
    with office.app.database.transaction() as session:
        session.get_one(Report, 1).state = "returned"
    clock.push_to(datetime(2024, 9, 23, 9, tzinfo=ZONE))
    assert "không phải là việc có thể tạm hoãn" in await lan.send("/tamhoan baocao 3 ngày")
    assert "báo cáo năm 2024" not in str(lan.buttons)


@pytest.mark.usefixtures("october")
async def test_the_open_question_waits(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await lan.send("/tamhoan baocao 3 ngày")
    await lan.send("/tamhoan baocao")
    assert "Câu 1/10" in await lan.send("giữ nguyên")


async def test_every_button_shows_all_of_its_words(
    cast: Cast, clock: PushedClock, office: Office
) -> None:
    lan = cast.lan()
    cast.member(101, "Nguyễn Thị Lan", "hoi-khuyen-hoc", "focal")
    await look(office, clock, 9, 27)
    said = await lan.send("/tamhoan")
    labels = [label for row in lan.buttons for label in row]
    assert len(labels) > 2
    assert [label for label in labels if len(label) > 30] == []
    assert "2. Quận 1: Tuần lễ hưởng ứng học tập suốt đời, năm 2024" in said
