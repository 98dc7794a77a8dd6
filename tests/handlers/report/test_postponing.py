"""Not now: a day is agreed on, and that morning the question comes up again."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from plan.answers import NoData, Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.tables import OutboxRow
from tests.handlers.scenes import FIGURES, STATUSES, Office


def letters(office: Office) -> list[tuple[str, str | None]]:
    """State of each reminder that was asked for, and why it is not going out."""
    with office.app.database.transaction() as session:
        asked = select(OutboxRow).where(OutboxRow.kind == "postponed").order_by(col(OutboxRow.id))
        return [(row.state, row.error) for row in session.exec(asked)]


async def morning(office: Office, clock: PushedClock, month: int, day: int) -> None:
    """Eight o'clock, and a minute."""
    clock.push_to(datetime(2024, month, day, 1, 1, tzinfo=UTC))
    await office.app.pump()


@pytest.fixture
async def asked(lan: Person) -> Person:
    """At the first question, on Monday 16 September 2024."""
    await lan.send("/baocao")
    return lan


async def test_a_day_that_was_named_is_confirmed(asked: Person) -> None:
    said = await asked.send("25/9 gửi")
    assert "nhắc anh/chị về TV1.2 lúc 08:00 thứ Tư, 25/09/2024, đúng không ạ?" in said
    assert asked.buttons == [["Đúng", "Ngày khác"], ["Không nhắc"]]
    said = await asked.send("đúng")
    assert "Đã hẹn" in said
    assert "Câu 2/10" in said


async def test_the_reminder_names_the_question_and_leads_back(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    await asked.send("mai gửi")
    await asked.send("đúng")
    await asked.send("/huy")
    await morning(office, clock, 9, 17)
    assert "Kính gửi anh/chị Lan (Quận 1)" in asked.last.text
    assert "• TV1.2 " in asked.last.text
    assert "Hạn nộp" in asked.last.text
    assert "Câu 1/10" in await asked.click("Tiếp tục báo cáo")


async def test_nothing_is_sent_before_its_morning(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    await asked.send("25/9 gửi")
    await asked.send("đúng")
    before = len(asked.messages)
    await morning(office, clock, 9, 24)
    assert len(asked.messages) == before
    assert letters(office) == [("queued", None)]


async def test_what_was_answered_meanwhile_is_not_asked_for(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    await asked.send("mai gửi")
    await asked.send("đúng")
    office.drafted("quan-1", {"TV1.2": Share(1, 2)}, {})
    await morning(office, clock, 9, 17)
    assert letters(office) == [("cancelled", "answered meanwhile")]


async def test_a_report_that_was_sent_needs_no_reminder(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    await asked.send("mai gửi")
    await asked.send("đúng")
    office.reported("quan-1", 2024, FIGURES)
    await morning(office, clock, 9, 17)
    assert letters(office) == [("cancelled", "already reported")]


async def test_who_left_the_agency_is_not_reminded(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    await asked.send("mai gửi")
    await asked.send("đúng")
    office.revoke(asked)
    await morning(office, clock, 9, 17)
    assert letters(office) == [("cancelled", "stands for the agency no longer")]


async def test_two_questions_of_one_morning_are_one_message(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    for typed in ("mai gửi", "đúng", "mai gửi", "đúng"):
        await asked.send(typed)
    before = len(asked.messages)
    await morning(office, clock, 9, 17)
    assert len(asked.messages) == before + 1
    assert "• TV1.2 " in asked.last.text
    assert "• TV1.3 " in asked.last.text


async def test_a_later_reminder_holds_up_no_earlier_one(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    for typed in ("25/9 gửi", "đúng", "mai gửi", "đúng"):
        await asked.send(typed)
    await morning(office, clock, 9, 17)
    assert "• TV1.3 " in asked.last.text
    assert "TV1.2" not in asked.last.text


async def test_a_new_day_takes_the_place_of_the_old(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    for typed in ("mai gửi", "đúng", "/nhactoi TV1.2 25/9", "đúng"):
        await asked.send(typed)
    before = len(asked.messages)
    await morning(office, clock, 9, 17)
    assert len(asked.messages) == before
    await morning(office, clock, 9, 25)
    assert "• TV1.2 " in asked.last.text


@pytest.mark.parametrize(
    ("typed", "why", "day"),
    [
        ("21/9 gửi", "Thứ Bảy, 21/09/2024 không phải ngày làm việc.", "thứ Hai, 23/09/2024"),
        ("20/12 gửi", "phải nộp trước ngày 05/11/2024", "thứ Sáu, 01/11/2024"),
        ("chiều nay gửi", "Đã quá giờ nhắc", "thứ Ba, 17/09/2024"),
    ],
)
async def test_a_day_that_does_not_fit_is_moved_and_said_why(
    asked: Person, typed: str, why: str, day: str
) -> None:
    said = await asked.send(typed)
    assert why in said
    assert f"lúc 08:00 {day}, đúng không ạ?" in said


async def test_without_a_day_three_are_offered(asked: Person) -> None:
    assert "vào ngày nào?" in await asked.send("em gửi sau")
    assert [row[0] for row in asked.buttons] == [
        "1. thứ Ba, 17/09/2024",
        "2. thứ Năm, 19/09/2024",
        "3. thứ Hai, 23/09/2024",
        "4. Không nhắc",
    ]
    assert "lúc 08:00 thứ Năm, 19/09/2024" in await asked.send("2")


@pytest.mark.parametrize("typed", ["25/9", "25-9-2024", "thứ tư tuần sau", "ngày 25/9"])
async def test_a_day_may_be_typed(asked: Person, typed: str) -> None:
    await asked.send("mai gửi")
    await asked.send("không")
    assert "thứ Tư, 25/09/2024, đúng không ạ?" in await asked.send(typed)


async def test_another_day_may_be_typed_at_once(asked: Person) -> None:
    await asked.send("mai gửi")
    assert "thứ Tư, 25/09/2024, đúng không ạ?" in await asked.send("25/9")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("31/11", "Không có ngày “31/11”"), ("abc", "chưa đọc được ngày trong “abc”")],
)
async def test_what_is_no_day_is_said_with_an_example(asked: Person, typed: str, told: str) -> None:
    await asked.send("mai gửi")
    said = await asked.send(typed)
    assert told in said
    assert "ví dụ 23/09" in said


async def test_without_a_reminder_the_question_stays_open(asked: Person, office: Office) -> None:
    await asked.send("mai gửi")
    assert "Câu 1/10" in await asked.send("thôi")
    assert letters(office) == []


async def test_a_day_that_went_by_before_it_was_confirmed_is_moved(
    asked: Person, office: Office, clock: PushedClock
) -> None:
    await asked.send("mai gửi")
    await morning(office, clock, 9, 18)
    assert "thứ Năm, 19/09/2024, đúng không ạ?" in await asked.send("đúng")
    assert letters(office) == []


async def test_a_task_may_be_put_off_too(lan: Person, office: Office) -> None:
    office.drafted("quan-1", FIGURES, {})
    await lan.send("/baocao")
    assert "về IV.10.a lúc 08:00 thứ Ba, 17/09/2024" in await lan.send("mai em gửi ạ")
    assert "Câu 9/10" in await lan.send("đúng")
    assert "Xin lỗi" in await lan.send("chẳng biết nữa")


async def test_no_data_yet_offers_a_reminder(
    asked: Person, clock: PushedClock, office: Office
) -> None:
    await asked.click("Chưa có số liệu")
    assert "vào ngày nào?" in await asked.click("Nhắc tôi về TV1.2")
    assert "Câu 2/10" in await asked.send("1")
    assert office.figures()["TV1.2"].state == "no_data"
    await morning(office, clock, 9, 17)
    assert "• TV1.2 " in asked.last.text


async def test_the_button_may_be_typed(asked: Person) -> None:
    await asked.click("Chưa có số liệu")
    assert "về TV1.2 vào ngày nào?" in await asked.send("nhắc tôi về TV1.2")


async def test_reminders_are_listed_and_dropped(asked: Person, office: Office) -> None:
    assert "chưa hẹn lời nhắc nào" in await asked.send("/nhactoi")
    for typed in ("mai gửi", "đúng", "25/9 gửi", "đúng"):
        await asked.send(typed)
    said = await asked.send("nhắc tôi")
    assert "• 08:00 thứ Ba, 17/09/2024: TV1.2" in said
    assert "• 08:00 thứ Tư, 25/09/2024: TV1.3" in said
    assert "Đã bỏ lời nhắc về TV1.2" in await asked.click("Bỏ nhắc TV1.2")
    assert "TV1.2" not in (await asked.send("/nhactoi")).split("Câu")[0]
    assert "Đã bỏ lời nhắc về TV1.3" in await asked.send("/nhactoi bỏ")
    assert {state for state, _ in letters(office)} == {"cancelled"}
    assert "Không có lời nhắc này" in await asked.send("Bỏ nhắc TV1.3")


async def test_the_report_as_a_whole_may_be_put_off(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    assert "về báo cáo năm 2024 lúc 08:00" in await lan.send("/nhactoi 25/9")
    await lan.send("đúng")
    await morning(office, clock, 9, 25)
    assert "báo cáo năm 2024 chưa được nộp" in lan.last.text


async def test_a_command_that_says_too_little_is_explained(lan: Person) -> None:
    assert "/nhactoi TV1.2 17/09" in await lan.send("/nhactoi cái này")


async def test_after_the_command_the_open_question_comes_again(asked: Person) -> None:
    assert "TV1.3 lúc 08:00 thứ Tư" in await asked.send("/nhactoi tv13 25/9")
    assert "Câu 1/10" in await asked.send("đúng")


async def test_who_stands_for_two_agencies_is_asked_which(lan: Person, office: Office) -> None:
    office.appoint(lan, "quan-3", "focal")
    assert "nhiều đơn vị" in await lan.send("/nhactoi TV1.2 25/9")
    assert "TV1.2 lúc 08:00" in await lan.click("Quận 3")


async def test_late_the_next_working_days_are_left(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 11, 6, 2, tzinfo=UTC))
    assert office.now.month == 11
    await lan.send("/baocao")
    said = await lan.send("30/11 gửi")
    assert "trong ba ngày làm việc tới" in said
    assert "thứ Hai, 11/11/2024, đúng không ạ?" in said


async def test_no_data_is_still_waited_for(lan: Person, office: Office, clock: PushedClock) -> None:
    office.drafted("quan-1", {**FIGURES, "TV1.2": NoData()}, STATUSES)
    for typed in ("/nhactoi TV1.2 mai", "đúng"):
        await lan.send(typed)
    await morning(office, clock, 9, 17)
    assert "/sua TV1.2" in lan.last.text
