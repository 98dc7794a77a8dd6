"""`/lichnhac`: what will come, and when."""

from datetime import date, datetime

import pytest

from bot.app import App
from handlers.language import words_for
from handlers.reminding.wording import step
from plan.calendars import ZONE
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.easings import Easings
from tests.handlers.scenes import Office


async def test_what_is_to_come_has_its_day_and_its_reason(lan: Person) -> None:
    said = await lan.send("/lichnhac")
    assert "Lịch nhắc sắp tới" in said
    assert "• thứ Sáu, 20/09/2024: báo cáo năm 2024 (mở kỳ báo cáo)" in said
    assert "• thứ Hai, 04/11/2024: báo cáo năm 2024 (ngày cuối)" in said
    assert "và 8 lời nhắc nữa" in said


async def test_what_was_foretold_comes_on_that_day(
    lan: Person, office: Office, clock: PushedClock
) -> None:
    assert "• thứ Sáu, 20/09/2024: báo cáo" in await lan.send("/lichnhac")
    clock.push_to(datetime(2024, 9, 20, 8, tzinfo=ZONE))
    before = len(lan.messages)
    await office.tick()
    assert len(lan.messages) == before + 1
    assert "20/09/2024" not in await lan.send("/lichnhac")


async def test_nothing_comes_about_a_report_that_was_sent(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {})
    assert "báo cáo năm 2024" not in await lan.send("/lichnhac")


async def test_an_extension_is_followed(lan: Person, app: App) -> None:
    with app.database.transaction() as session:
        until = date(2024, 11, 15)
        Easings(session).grant("quan-1", 2024, "extension", until, reason="bão", now=app.clock())
    assert "15/11/2024: báo cáo năm 2024 (ngày cuối)" in await lan.send("/lichnhac")


async def test_the_office_hears_of_its_own_matters(thu: Person) -> None:
    said = await thu.send("lịch nhắc")
    assert "chưa có người nhận tin, năm 2024 (mở kỳ báo cáo)" in said


@pytest.mark.parametrize(
    ("obligation", "told"),
    [
        ("approve:2024", "đã chờ 2 ngày làm việc"),
        ("extend:2024", "đã chờ 2 ngày làm việc"),
        ("report:2024", "sau hạn 2 ngày làm việc"),
    ],
)
def test_what_waits_at_the_office_has_no_deadline(obligation: str, told: str) -> None:
    assert step(words_for("vi"), "+2", obligation) == told


async def test_a_stranger_is_told_nothing(an: Person) -> None:
    assert "Lịch nhắc sắp tới" not in await an.send("/lichnhac")
