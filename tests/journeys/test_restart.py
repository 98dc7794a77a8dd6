"""The bot stops in the middle of a conversation and comes back: nobody is left stuck."""

from datetime import UTC, datetime, timedelta

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.scenes import Office, button
from tests.journeys.conftest import Start

INTERRUPTED = "Hệ thống vừa gián đoạn; câu hỏi đang chờ anh/chị là:"


def after(clock: PushedClock, **time: int) -> None:
    clock.push_to(clock.now() + timedelta(**time))


async def up_to_confirmation(app: App, telegram: Telegram, clock: PushedClock) -> Person:
    lan = Cast(app.database, telegram, clock.now).lan()
    await lan.send("/baocao")
    await lan.send("12/15")
    await app.tick()
    return lan


async def come_back(app: App, clock: PushedClock) -> None:
    """The first minute after a start."""
    await app.pump()
    await app.tick()
    after(clock, seconds=30)
    await app.tick()
    await app.pump()


async def test_a_press_lost_in_the_outage_costs_nothing_but_another_press(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
    telegram.world.press(lan.last, button(lan.last, "Đúng"))
    after(clock, minutes=10)
    async with start() as app:
        await come_back(app, clock)
        assert lan.last.text.startswith(INTERRUPTED)
        assert "12/15 (80,0%), đúng không ạ?" in lan.last.text
        assert "Đã ghi nhận: TV1.2 – 12/15" in await lan.click("Đúng")


async def test_it_is_said_once_for_each_outage(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
    after(clock, minutes=10)
    for _ in range(3):
        async with start() as app:
            await come_back(app, clock)
    assert sum(INTERRUPTED in message.text for message in lan.messages) == 1


async def test_after_a_short_stop_nothing_is_said(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
    before = len(lan.messages)
    after(clock, seconds=100)
    async with start() as app:
        await come_back(app, clock)
        assert len(lan.messages) == before
        assert "Đã ghi nhận: TV1.2" in await lan.click("Đúng")


async def test_who_has_written_meanwhile_is_answered_and_no_more(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
    after(clock, minutes=10)
    telegram.world.say(lan.chat, "đúng")
    async with start() as app:
        await come_back(app, clock)
    assert "Đã ghi nhận: TV1.2 – 12/15" in lan.last.text
    assert INTERRUPTED not in "".join(message.text for message in lan.messages)


async def test_who_left_off_days_ago_is_not_disturbed(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
        before = len(lan.messages)
        after(clock, days=2)
        await app.pump()
        await app.tick()
    after(clock, minutes=10)
    async with start() as app:
        await come_back(app, clock)
    assert len(lan.messages) == before


async def test_at_night_it_waits_for_the_morning(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    clock.push_to(datetime(2024, 9, 16, 15, 30, tzinfo=UTC))  # 22:30
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
    before = len(lan.messages)
    after(clock, minutes=10)
    async with start() as app:
        await come_back(app, clock)
        assert len(lan.messages) == before
        clock.push_to(datetime(2024, 9, 17, 0, 1, tzinfo=UTC))
        await app.tick()
        await app.pump()
    assert lan.last.text.startswith(INTERRUPTED)


async def test_the_network_fails_while_the_bot_lives(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
        await telegram.stop()
        app.hearing.failed()
        after(clock, minutes=10)
        await telegram.start()
        await come_back(app, clock)
        assert lan.last.text.startswith(INTERRUPTED)
        assert "Đã ghi nhận: TV1.2" in await lan.click("Đúng")


async def test_who_lost_the_role_is_not_asked_any_more(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await up_to_confirmation(app, telegram, clock)
        Office(app, telegram).revoke(lan)
    after(clock, minutes=10)
    async with start() as app:
        await come_back(app, clock)
    assert INTERRUPTED not in lan.last.text
