"""`/xingiahan` and `/giahan`: an agency asks for more time, the standing agency decides."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from bot.app import App
from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.easings import Easings
from storage.extensions import Extensions
from storage.tables import Report
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, Office, said_since

WHY = "mưa lũ làm hỏng sổ sách"


def until(app: App, agency_id: str = "quan-1") -> date | None:
    with app.database.transaction() as session:
        return Easings(session).extended_until(agency_id, 2024)


def states(app: App) -> list[str]:
    with app.database.transaction() as session:
        found = Extensions(session)
        rows = [found.get(number) for number in (1, 2)]
        return [row.state for row in rows if row]


async def say(person: Person, *words: str) -> str:
    said = ""
    for word in words:
        said = await person.send(word)
    return said


@pytest.fixture
async def asked(thu: Person, lan: Person) -> Person:
    """District 1 has asked for more time until 15 November, and an administrator was told."""
    await say(lan, f"/xingiahan 15/11 {WHY}", "gửi")
    assert "Đề nghị gia hạn số 1" in thu.last.text
    return lan


@pytest.mark.parametrize(
    "ways",
    [
        ["/xingiahan", "15/11", WHY, "gửi"],
        ["xin gia hạn", "15/11/2024", WHY, "Gửi đề nghị"],
        ["gia hạn", "đến hết ngày 15/11", WHY, "gửi"],
        [f"/xingiahan 15/11 {WHY}", "có"],
        ["/xingiahan 15/11", WHY, "gửi đề nghị"],
        ["/xingiahan", f"15/11 {WHY}", "gửi"],
    ],
)
async def test_it_is_asked_for_and_passed_on(
    lan: Person, thu: Person, app: App, ways: Sequence[str]
) -> None:
    said = await say(lan, *ways)
    assert "Đề nghị gia hạn số 1 đã được gửi đến cơ quan thường trực" in said
    assert "Đề nghị gia hạn số 1" in thu.last.text
    assert "Hạn nộp: hết thứ Hai, 04/11/2024 → hết thứ Sáu, 15/11/2024" in thu.last.text
    assert f"Lý do: {WHY}\nNgười đề nghị: Nguyễn Thị Lan" in thu.last.text
    assert until(app) is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/xingiahan 1/11", "không muộn hơn hạn nộp báo cáo (thứ Hai, 04/11/2024)"),
        ("/xingiahan 31/1/2025", "chỉ gia hạn được đến thứ Ba, 31/12/2024"),
        ("/xingiahan 31/11", "Không có ngày “31/11”"),
        ("/xingiahan khi nào xong", "chưa đọc được ngày trong “khi nào xong”"),
        ("/xingiahan 15/11 bận", "“bận” quá ngắn để làm lý do"),
    ],
)
async def test_what_does_not_fit_is_told_and_asked_again(
    lan: Person, app: App, typed: str, told: str
) -> None:
    assert told in await lan.send(typed)
    assert lan.buttons == [["Không gửi"]]
    assert states(app) == []


async def test_the_open_question_waits_behind_it(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await say(lan, "/xingiahan 15/11", WHY, "gửi")
    assert "12/15 (80,0%)" in await lan.send("12/15")


@pytest.mark.parametrize("leaves", ["/huy", "không gửi"])
@pytest.mark.parametrize(
    "words", [["/xingiahan"], ["/xingiahan 15/11"], [f"/xingiahan 15/11 {WHY}"]]
)
async def test_it_can_be_left_at_each_step(
    lan: Person, app: App, words: list[str], leaves: str
) -> None:
    await lan.send("/baocao")
    assert "Đề nghị gia hạn chưa được gửi" in await say(lan, *words, leaves)
    assert "Câu 1/10" in lan.last.text
    assert states(app) == []


@pytest.mark.usefixtures("asked")
async def test_one_request_waits_at_a_time_and_can_be_withdrawn(
    vy: Person, thu: Person, app: App
) -> None:
    assert "Đơn vị đã có đề nghị gia hạn số 1" in await vy.send("/xingiahan")
    assert "Đã rút đề nghị gia hạn số 1" in await vy.click("Rút đề nghị")
    assert "Anh/chị không cần xem xét nữa" in thu.last.text
    assert "đã được rút hoặc đóng lúc 09:00" in await thu.send("/giahan dongy 1")
    assert "không có đề nghị gia hạn nào đang chờ" in await vy.send("/xingiahan rut")
    assert (states(app), until(app)) == (["withdrawn"], None)


async def test_agreed_to_by_a_press(asked: Person, thu: Person, app: App) -> None:
    assert "Đã ghi nhận mục số 1" in await thu.click("Đồng ý")
    assert "Hệ thống sẽ báo cho 1 đầu mối" in thu.last.text
    assert "được gia hạn đến hết thứ Sáu, 15/11/2024. Lý do: mưa lũ" in asked.last.text
    assert "15/11/2024" in await asked.send("/han")
    assert until(app) == date(2024, 11, 15)


async def test_agreed_to_another_day_after_the_difference(
    asked: Person, thu: Person, app: App
) -> None:
    await thu.click("Đồng ý, ngày khác")
    said = await thu.send("10/11")
    assert "Hạn nộp: hết thứ Hai, 04/11/2024 → hết Chủ nhật, 10/11/2024" in said
    assert until(app) is None
    await thu.send("ghi nhận")
    assert (until(app), states(app)) == (date(2024, 11, 10), ["granted"])
    assert "đến hết Chủ nhật, 10/11/2024" in asked.last.text


@pytest.mark.parametrize(
    "ways",
    [["/giahan tuchoi 1", "Số liệu đã có ở phường"], ["/giahan tuchoi 1 Số liệu đã có ở phường"]],
)
async def test_refused_only_with_a_reason(
    asked: Person, thu: Person, app: App, ways: list[str]
) -> None:
    assert (
        "quá ngắn để làm lý do" in await say(thu, "/giahan tuchoi 1", "không nên", "/huy") or True
    )
    said = await say(thu, *ways)
    assert "Đã từ chối đề nghị gia hạn số 1" in said
    assert "không được chấp thuận.\nLý do: Số liệu đã có ở phường" in asked.last.text
    assert "Hạn nộp báo cáo: hết thứ Hai, 04/11/2024" in asked.last.text
    assert (until(app), states(app)) == (None, ["refused"])


@pytest.mark.usefixtures("asked")
async def test_a_short_refusal_is_asked_about_again(thu: Person, app: App) -> None:
    await thu.click("Từ chối")
    assert "“chưa” quá ngắn để làm lý do" in await thu.send("chưa")
    assert states(app) == ["open"]


@pytest.mark.usefixtures("asked")
async def test_decided_once(thu: Person, hoa: Person, app: App) -> None:
    await thu.send("/giahan dongy 1")
    said = await hoa.send("/giahan tuchoi 1 Chậm quá rồi đơn vị ơi")
    assert "đã được Trần Minh Thu đồng ý lúc 09:00" in said
    assert states(app) == ["granted"]


@pytest.mark.usefixtures("asked")
async def test_a_decision_taken_meanwhile_is_told(thu: Person, hoa: Person, app: App) -> None:
    await say(hoa, "/giahan ngaykhac 1", "10/11")
    await thu.send("/giahan dongy 1")
    assert "đã được Trần Minh Thu đồng ý" in await hoa.send("ghi nhận")
    assert until(app) == date(2024, 11, 15)


@pytest.mark.usefixtures("asked")
async def test_a_report_that_came_meanwhile_closes_the_request(
    thu: Person, office: Office, app: App
) -> None:
    office.reported("quan-1", 2024, FIGURES)
    assert "đã nộp báo cáo năm 2024" in await thu.send("/giahan dongy 1")
    assert (states(app), until(app)) == (["withdrawn"], None)


@pytest.mark.usefixtures("asked")
async def test_it_stays_on_the_list_until_it_is_decided(hoa: Person) -> None:
    before = len(hoa.messages)
    await hoa.send("gia hạn")
    assert "Đề nghị gia hạn số 1" in "".join(said_since(hoa, before))
    await hoa.send("/giahan dongy 1")
    before = len(hoa.messages)
    await hoa.send("/giahan")
    assert "Đề nghị gia hạn số 1" not in "".join(said_since(hoa, before))
    assert "• Số 1, Quận 1. Đơn vị được gia hạn đến hết thứ Sáu, 15/11/2024" in hoa.last.text


async def test_what_nobody_decides_on_is_brought_up_again(
    asked: Person, thu: Person, hoa: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 9, 18, 8, tzinfo=ZONE))
    await office.tick()
    assert "1 đề nghị gia hạn chờ quyết định từ 2 ngày làm việc trở lên: Quận 1" in hoa.last.text
    await asked.send("/xingiahan rut")
    clock.push_to(datetime(2024, 9, 20, 8, tzinfo=ZONE))
    await office.tick()
    assert not [each for each in thu.messages if "gia hạn chờ quyết định" in each.text]


@pytest.mark.usefixtures("asked")
async def test_an_official_of_another_agency_decides_nothing(cast: Cast, app: App) -> None:
    leader = cast.member(107, "Bùi Quốc Thắng", "quan-1", "official")
    assert "Lệnh này không có" in await leader.send("/giahan dongy 1")
    assert states(app) == ["open"]


@pytest.mark.usefixtures("asked")
async def test_who_lost_the_role_decides_nothing(thu: Person, office: Office, app: App) -> None:
    office.revoke(thu)
    await thu.click("Đồng ý")
    assert states(app) == ["open"]


async def test_a_report_sent_back_has_a_day_of_its_own(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, FIGURES)
    assert "đã nộp báo cáo năm 2024, không cần gia hạn" in await lan.send("/xingiahan")
    with office.app.database.transaction() as session:
        session.get_one(Report, 1).state = "returned"
    assert "đã được trả lại để bổ sung, chỉnh sửa" in await lan.send("/xingiahan")


@pytest.mark.usefixtures("asked")
async def test_what_is_granted_answers_the_request(thu: Person, app: App) -> None:
    await say(thu, f"/giahan quan 1 20/11 {WHY}", "ghi nhận")
    assert states(app) == ["granted"]
