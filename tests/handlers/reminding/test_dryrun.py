"""`/chaythu`: the reminders to come, without sending any."""

from datetime import date, datetime, time

import pytest

from bot.app import App
from plan.calendars import ZONE, moment
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.tables import Errand
from tests.handlers.papers import Papers
from tests.handlers.scenes import Office, said_since


def heard(person: Person, count: int) -> str:
    return "\n".join(said_since(person, count))


async def test_what_will_come_is_counted_by_month_and_step(lan: Person, thu: Person) -> None:
    before = len(thu.messages)
    await thu.send("/chaythu")
    said = heard(thu, before)
    assert "Chạy thử lịch nhắc từ 16/09/2024 đến 16/09/2025" in said
    assert "Chưa có tin nào được gửi." in said
    assert "Tháng 11/2024" in said
    assert "• báo cáo năm 2024 (trước 1 ngày làm việc): 1" in said
    assert "08:00 20/09/2024, gửi Nguyễn Thị Lan (Quận 1):" in said
    assert not lan.messages


async def test_each_letter_stands_in_the_file_as_it_will_be_read(
    lan: Person, thu: Person, office: Office, clock: PushedClock, papers: Papers
) -> None:
    await thu.send("/chaythu 16/09/2024 20/09/2024")
    foretold = [row for row in papers.sheet(thu) if row[1] == lan.chat.name]
    clock.push_to(moment(date(2024, 9, 20), time(8)))
    await office.tick()
    assert [row[4] for row in foretold] == [lan.last.text]
    assert foretold[0][0] == "08:00 20/09/2024"
    assert papers.name(thu) == "chay-thu-2024-09-16-2024-09-20.xlsx"


async def test_a_time_without_reminders_says_so(thu: Person) -> None:
    before = len(thu.messages)
    await thu.send("chạy thử")
    await thu.send("/chaythu 17/9 - 18/9")
    assert "không có lời nhắc nào được gửi" in heard(thu, before)


@pytest.mark.parametrize(
    "typed",
    [
        "/chaythu 30/11/2024 01/10/2024",
        "/chaythu 01/09/2024 01/10/2024",
        "/chaythu 01/10/2024",
        "/chaythu 31/11/2024 05/12/2024",
        "/chaythu 01/10/2024 01/10/2027",
        "/chaythu tháng sau",
    ],
)
async def test_days_that_make_no_sense_get_an_example(thu: Person, typed: str) -> None:
    assert "ví dụ: /chaythu 16/09/2024 15/11/2024" in await thu.send(typed)


async def test_only_for_administrators(lan: Person, hoa: Person) -> None:
    for person in (lan, hoa):
        assert "không thuộc vai trò" in await person.send("/chaythu")


async def test_the_open_question_waits(thu: Person) -> None:
    await thu.send("/thongbao")
    before = len(thu.messages)
    await thu.send("/chaythu")
    assert "nhập nội dung thông báo" in heard(thu, before)


async def test_after_a_day_the_file_is_forgotten(
    thu: Person, app: App, clock: PushedClock, papers: Papers
) -> None:
    await thu.send("/chaythu 16/09/2024 20/09/2024")
    assert papers.count(thu) == 1
    assert [path for path in app.settings.files_dir.rglob("*") if path.is_file()]
    clock.push_to(datetime(2024, 9, 17, 10, tzinfo=ZONE))
    await app.pump()
    with app.database.transaction() as session:
        assert session.get(Errand, 1) is None
    assert not [path for path in app.settings.files_dir.rglob("*") if path.is_file()]
