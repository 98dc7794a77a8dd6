"""The focal point is away in the last week, and a colleague sends the report in time."""

from datetime import date, time

import pytest

from bot.app import App
from plan.calendars import moment
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office


@pytest.fixture
def office(app: App, cast: Cast) -> Office:
    return Office(app, cast.telegram)


@pytest.fixture
def long(cast: Cast) -> Person:
    """An official of District 1: no focal point."""
    return cast.member(108, "Phan Bảo Long", "quan-1", "official")


async def morning(office: Office, clock: PushedClock, month: int, day: int) -> None:
    clock.push_to(moment(date(2024, month, day), time(8)))
    await office.tick()


def reminded(person: Person) -> int:
    return sum("trước 05/11/2024" in message.text for message in person.messages)


async def test_a_deputy_takes_over_and_gives_back(
    cast: Cast, long: Person, office: Office, clock: PushedClock
) -> None:
    lan = cast.lan()
    await morning(office, clock, 10, 24)
    office.drafted("quan-1", {**FIGURES, "TV1.2": None}, STATUSES)
    for said in ("/uyquyen 28/10 - 8/11", "Long", "đúng"):
        await lan.send(said)
    # Before the first day, Lan is reminded and Long may do nothing.
    assert (reminded(lan), reminded(long)) == (1, 0)
    assert "Lệnh này không có" in await long.send("/baocao")
    await morning(office, clock, 10, 28)
    assert any("Anh/chị làm thay Nguyễn Thị Lan" in each.text for each in long.messages)
    await morning(office, clock, 10, 30)
    assert (reminded(lan), reminded(long)) == (1, 1)
    await long.click("Tiếp tục báo cáo")
    for said in ("/sua TV1.2", "12/15", "đúng", "Nộp báo cáo"):
        await long.send(said)
    assert "BC-2024-0001/1" in long.last.text
    # Nobody is reminded of what was sent; Lan comes back two days early and sees it.
    await morning(office, clock, 11, 4)
    assert (reminded(lan), reminded(long)) == (1, 1)
    await morning(office, clock, 11, 6)
    await lan.send("/uyquyen ketthuc")
    assert "Nguyễn Thị Lan đã trở lại" in long.last.text
    assert "Lệnh này không có" in await long.send("/baocao")
    assert "BC-2024-0001/1" in await lan.send("/baocao")


async def test_the_open_question_of_a_deputy_ends_with_the_last_day(
    cast: Cast, long: Person, office: Office, clock: PushedClock
) -> None:
    lan = cast.lan()
    for said in ("/uyquyen 16/9 - 18/9 Long", "đúng"):
        await lan.send(said)
    assert "Câu 1/10" in await long.send("/baocao")
    await morning(office, clock, 9, 19)
    assert "Thời gian anh/chị làm thay Nguyễn Thị Lan" in long.last.text
    assert "chưa hiểu" in await long.send("12/15")
    assert office.figures() == {}
