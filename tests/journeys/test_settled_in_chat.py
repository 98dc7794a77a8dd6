"""What an administrator settles in the chat is what the others hear, and what is rehearsed."""

from datetime import date, datetime, time

import pytest

from bot.app import App
from plan.calendars import ZONE, local_date, moment
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.papers import Papers

WEEK = "Tuần lễ hưởng ứng học tập suốt đời"


@pytest.fixture
def lan(cast: Cast) -> Person:
    return cast.lan()


@pytest.fixture
def thu(cast: Cast) -> Person:
    return cast.thu()


async def morning(app: App, clock: PushedClock, day: date) -> None:
    clock.push_to(moment(day, time(8)))
    await app.tick()
    await app.pump()


async def settle(thu: Person, typed: str) -> None:
    await thu.send(typed)
    assert "Đã ghi nhận." in await thu.click("Ghi nhận")


def of_report(papers: Papers, thu: Person, name: str) -> list[date]:
    """The days on which the last rehearsal has a letter about the report for that person."""
    rows = [row for row in papers.sheet(thu)[1:] if row[1] == name and "báo cáo năm" in row[3]]
    spoken = "%H:%M %d/%m/%Y"
    return [local_date(datetime.strptime(row[0], spoken).replace(tzinfo=ZONE)) for row in rows]


async def test_the_learning_week_moves_after_its_first_reminder(
    lan: Person, thu: Person, app: App, clock: PushedClock
) -> None:
    await morning(app, clock, date(2024, 9, 24))
    assert "từ 01/10/2024 đến hết thứ Hai, 07/10/2024" in lan.last.text
    assert "còn chờ văn bản" in lan.last.text
    clock.push_to(datetime(2024, 9, 26, 15, tzinfo=ZONE))
    await settle(thu, "/lich dot tuanle 14/10/2024 20/10/2024")
    await morning(app, clock, date(2024, 10, 7))
    assert "từ 14/10/2024 đến hết Chủ nhật, 20/10/2024" in lan.last.text
    assert "còn chờ văn bản" not in lan.last.text
    said = await lan.send("/nhatky")
    assert said.count(f"{WEEK}, năm 2024") == 2


async def test_a_ladder_edited_in_chat_changes_the_rehearsal_and_what_comes(
    lan: Person, thu: Person, app: App, clock: PushedClock, telegram: Telegram
) -> None:
    papers, span = Papers(telegram), "/chaythu 16/09/2024 30/11/2024"
    await thu.send(span)
    assert date(2024, 10, 24) in of_report(papers, thu, lan.chat.name)
    await settle(thu, "/mocnhac khongmo 10 2 0 +2")
    await settle(thu, "/mocnhac chieu khong")
    await thu.send(span)
    foretold = of_report(papers, thu, lan.chat.name)
    assert foretold == [
        date(2024, 10, 21),
        date(2024, 10, 31),
        date(2024, 11, 4),
        date(2024, 11, 6),
    ]
    for day in foretold:
        before = len(lan.messages)
        await morning(app, clock, day)
        assert "báo cáo năm 2024" in "".join(each.text for each in lan.messages[before:])
    before = len(lan.messages)
    await morning(app, clock, date(2024, 11, 11))
    assert "báo cáo năm 2024" not in "".join(each.text for each in lan.messages[before:])
