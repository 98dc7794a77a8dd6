"""`/xungho`: how a person is addressed in letters."""

from datetime import datetime

import pytest

from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.handlers.scenes import Office


@pytest.mark.parametrize(
    ("ways", "greeted"),
    [
        (["/xungho bà"], "Kính gửi bà Lan"),
        (["/xungho ba"], "Kính gửi bà Lan"),
        (["xưng hô", "chị"], "Kính gửi chị Lan"),
        (["/xungho", "6"], "Kính gửi đồng chí Lan"),
        (["/xungho anh/chị"], "Kính gửi anh/chị Lan"),
    ],
)
async def test_letters_begin_as_it_was_chosen(
    lan: Person, office: Office, clock: PushedClock, ways: list[str], greeted: str
) -> None:
    for way in ways:
        said = await lan.send(way)
    assert "Từ nay tin nhắc xưng hô là" in said
    clock.push_to(datetime(2024, 9, 20, 8, tzinfo=ZONE))
    await office.tick()
    assert lan.last.text.startswith(greeted)


async def test_what_is_no_form_is_asked_about_again(lan: Person) -> None:
    assert "“ngài” không có trong danh sách" in await lan.send("/xungho ngài")
    assert "“em” không có trong danh sách" in await lan.send("em")
    assert "giữ nguyên là “anh/chị”" in await lan.send("/huy")


async def test_the_open_question_waits(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Câu 1/10" in await lan.send("/xungho chị")
    await lan.send("/xungho")
    assert "Câu 1/10" in await lan.click("Giữ nguyên")


async def test_officials_choose_it_too(hoa: Person) -> None:
    assert "xưng hô là “bà”" in await hoa.send("/xungho bà")


async def test_a_stranger_chooses_nothing(an: Person) -> None:
    assert "chỉ phục vụ người được mời" in await an.send("/xungho bà")
