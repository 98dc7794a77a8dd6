"""An agency asks for more time; once it is granted, the old ladder is silent until the new day."""

from datetime import date, time

import pytest

from bot.app import App
from plan.calendars import moment
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.ledger import Ledger
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, Office

WHY = "mưa lũ làm hỏng sổ sách của ba phường"


@pytest.fixture
def office(app: App, cast: Cast) -> Office:
    return Office(app, cast.telegram)


async def morning(office: Office, clock: PushedClock, month: int, day: int) -> None:
    clock.push_to(moment(date(2024, month, day), time(8)))
    await office.tick()


def reminders(person: Person) -> list[str]:
    return [message.text for message in person.messages if message.text.startswith("Kính gửi")]


def fates(office: Office) -> dict[str, str]:
    """Step → what became of it, of the report of District 1."""
    with office.app.database.transaction() as session:
        found = Ledger(session).of_agency("quan-1", 2024)
        lines = [(f"{line.aim_on:%d/%m} {line.step}", line) for line in found]
    return {step: line.reason or line.fate for step, line in lines if "report" in line.obligation}


async def test_the_ladder_is_silent_until_the_new_day(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    lan, thu = cast.lan(), cast.thu()
    await morning(office, clock, 10, 24)
    assert len(reminders(lan)) == 1
    for said in ("/xingiahan 15/11", WHY, "gửi"):
        await lan.send(said)
    # Until it is decided, everything stays as it is.
    await morning(office, clock, 10, 30)
    assert len(reminders(lan)) == 2
    await thu.click("Đồng ý")
    assert "được gia hạn đến hết thứ Sáu, 15/11/2024" in lan.last.text
    for month, day in ((11, 1), (11, 4), (11, 5)):
        await morning(office, clock, month, day)
    assert len(reminders(lan)) == 2, "the old last days are silent"
    await morning(office, clock, 11, 6)
    assert "trước 16/11/2024 (hết thứ Sáu, 15/11/2024" in reminders(lan)[-1]
    assert {fates(office)[f"04/11 {step}"] for step in ("-1", "0", "+1")} == {"extended"}
    await morning(office, clock, 11, 15)
    assert "Hôm nay là ngày làm việc cuối cùng" in reminders(lan)[-1]
    office.reported("quan-1", 2024, FIGURES)
    heard = len(reminders(lan))
    await morning(office, clock, 11, 18)
    assert len(reminders(lan)) == heard


async def test_refused_it_goes_on_as_before(cast: Cast, office: Office, clock: PushedClock) -> None:
    lan, thu = cast.lan(), cast.thu()
    await morning(office, clock, 10, 24)
    for said in (f"/xingiahan 15/11 {WHY}", "gửi"):
        await lan.send(said)
    for said in ("/giahan tuchoi 1", "Thành phố cần số liệu đúng hạn"):
        await thu.send(said)
    assert "không được chấp thuận" in lan.last.text
    await morning(office, clock, 11, 1)
    assert "trước 05/11/2024" in reminders(lan)[-1]


async def test_taken_back_the_plan_s_own_day_counts_again(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    lan, thu = cast.lan(), cast.thu()
    await morning(office, clock, 10, 24)
    for said in (f"/giahan quận 1 15/11 {WHY}", "ghi nhận"):
        await thu.send(said)
    await morning(office, clock, 10, 30)
    await thu.click("Thu hồi số 1")
    await morning(office, clock, 11, 1)
    assert "trước 05/11/2024 (hết thứ Hai, 04/11/2024" in reminders(lan)[-1]
