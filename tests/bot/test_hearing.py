"""Telegram is heard, or not; at night nobody is woken."""

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.exceptions import TelegramNetworkError

from bot.app import App
from bot.hearing import by_day
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        ("2024-09-16T09:00:00", "2024-09-16T09:00:20"),
        ("2024-09-16T19:30:00", "2024-09-16T19:30:20"),
        ("2024-09-16T21:59:50", "2024-09-17T07:00:00"),
        ("2024-09-16T23:00:00", "2024-09-17T07:00:00"),
        ("2024-09-17T03:00:00", "2024-09-17T07:00:00"),
        ("2024-09-17T06:59:50", "2024-09-17T07:00:10"),
    ],
)
def test_questions_are_offered_again_by_day(at: str, offered: str) -> None:
    def here(text: str) -> datetime:
        return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)

    assert by_day(here(at)) == here(offered)


async def test_a_clock_that_jumps_is_no_silence(app: App, clock: PushedClock) -> None:
    await app.pump()
    await app.tick()
    clock.push_to(clock.now() + timedelta(hours=2))
    await app.pump()
    assert not app.hearing.doubtful


async def test_a_failed_poll_raises_doubt(app: App, telegram: Telegram) -> None:
    await app.pump()
    await app.tick()
    await telegram.stop()
    with pytest.raises(TelegramNetworkError):
        await app.intake.poll()
    await telegram.start()
    assert app.hearing.doubtful
    await app.pump()
    await app.tick()
    assert not app.hearing.doubtful
