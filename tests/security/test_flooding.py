"""Ten thousand messages of one person: nobody else waits, and that one is told."""

from datetime import timedelta

from sqlmodel import col, func, select

from bot.app import App
from bot.flood import BURST
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram, at_once
from storage.tables import InboxRow
from tests.handlers.scenes import Office

MANY = 10_000


async def test_the_others_are_answered_in_order_and_the_hasty_one_is_told(
    lan: Person, thu: Person, app: App, telegram: Telegram, office: Office, clock: PushedClock
) -> None:
    await lan.send("/baocao")
    settle, telegram.settle = telegram.settle, at_once
    for n in range(MANY):
        await thu.send("xin chào")
        if n in {MANY // 3, MANY // 2}:
            await lan.send("12/15" if n == MANY // 3 else "đúng")
    await settle()
    assert office.figures()["TV1.2"].numerator == 12
    with app.database.transaction() as session:
        kept = select(func.count()).where(col(InboxRow.user_key) == str(thu.chat_id))
        assert session.exec(kept).one() == BURST
    telegram.settle = settle
    clock.push_to(clock.now() + timedelta(minutes=1))
    await app.tick()
    assert await thu.send("/menu")
    assert any("Tin nhắn đến quá nhanh" in message.text for message in thu.messages)


async def test_answers_that_waited_for_the_bot_are_all_recorded(
    lan: Person, app: App, telegram: Telegram, office: Office, clock: PushedClock
) -> None:
    await lan.send("/baocao")
    telegram.settle = at_once
    for n in range(20):
        await lan.send(f"{n}/20" if n % 2 == 0 else "nhập lại")
        clock.push_to(clock.now() + timedelta(seconds=20))
    await app.pump()
    assert "18/20" in lan.messages[-2].text
    with app.database.transaction() as session:
        assert session.exec(select(func.count(col(InboxRow.seq)))).one() == 21
    assert office
