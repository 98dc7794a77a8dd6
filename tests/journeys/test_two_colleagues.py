"""Two focal points of one agency answer the same question in the same second."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import App
from plan.answers import Share
from plan.calendars import local_date
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.inbox import Inbox
from storage.people import People
from storage.reports import Reports
from tests.cast import Cast
from tests.handlers.scenes import Office, said_since


@pytest.fixture
async def both(cast: Cast) -> tuple[Person, Person]:
    """Each with an answer of her own to the first question, not yet confirmed."""
    lan, vy = cast.lan(), cast.vy()
    for person in (lan, vy):
        await person.send("/baocao")
    await lan.send("12/15")
    await vy.send("13/15")
    return lan, vy


async def handle_at_once(app: App) -> None:
    """All desks at work at the same time, as they are in production."""
    await app.intake.poll()
    desks = zip(app.desks, app.staff.handlings, strict=True)
    await asyncio.gather(*(desk.run(each.batch, desk.number, desk.of) for desk, each in desks))


async def settle(app: App, clock: PushedClock) -> None:
    """What collided is tried again two seconds later."""
    clock.push_to(clock.now() + timedelta(seconds=3))
    await app.pump()


async def test_one_answer_stands_and_the_other_is_asked_about(
    app: App, telegram: Telegram, clock: PushedClock, both: tuple[Person, Person]
) -> None:
    before = [len(person.messages) for person in both]
    for person in both:
        telegram.world.say(person.chat, "đúng")
    await handle_at_once(app)
    await settle(app, clock)
    said = ["".join(said_since(*each)) for each in zip(both, before, strict=True)]
    assert sorted("Đã ghi nhận: TV1.2" in each for each in said) == [False, True]
    assert sorted("Thay bằng" in str(person.last.buttons) for person in both) == [False, True]
    with app.database.transaction() as session:
        assert Inbox(session).dead() == 0


async def test_the_second_keeps_what_the_first_has_answered(
    app: App, telegram: Telegram, both: tuple[Person, Person]
) -> None:
    lan, vy = both
    await vy.click("Đúng")
    assert "Anh/chị Đỗ Tường Vy vừa nhập 13/15 (86,7%)" in await lan.click("Đúng")
    assert "Câu 2/10" in await lan.click("Giữ 13/15")
    assert Office(app, telegram).figures()["TV1.2"].numerator == 13


async def test_a_collision_in_the_database_is_not_seen_by_anyone(
    app: App, telegram: Telegram, clock: PushedClock, both: tuple[Person, Person]
) -> None:
    """Vy's row is written and not yet committed while Lan's is being written."""
    lan, vy = both
    telegram.world.say(lan.chat, "đúng")
    with app.database.transaction() as session:
        reports, now = Reports(session), clock.now()
        member = People(session).at("telegram", str(vy.chat_id))
        assert member
        report = reports.of("quan-1", 2024)
        assert report
        reports.record(
            report,
            "TV1.2",
            Share(13, 15),
            words="13/15",
            as_of_on=local_date(now),
            person_id=member.person_id,
            channel="telegram",
            now=now,
        )
        at_once = asyncio.create_task(handle_at_once(app))
        await asyncio.wait([at_once], timeout=0.5)
    await at_once
    await settle(app, clock)
    assert "Anh/chị Đỗ Tường Vy vừa nhập 13/15 (86,7%)" in lan.last.text
    with app.database.transaction() as session:
        assert Inbox(session).dead() == 0
