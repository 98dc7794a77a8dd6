"""R16: the database is brought back from a backup, and nobody hears anything a second time."""

from datetime import timedelta

from bot.app import App
from bot.backups import back_up
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.outbox import Outbox
from storage.schedules import Schedules
from tests.asides import BringBack
from tests.cast import Cast
from tests.journeys.conftest import Start

HOUR = timedelta(hours=1)


async def reminder(app: App, clock: PushedClock) -> None:
    """The next step falls due, and is decided; nothing is sent yet."""
    clock.push_to(app.ticker.next_due(clock.now()) + HOUR)
    await app.tick()


async def test_reminders_sent_since_the_backup_are_not_sent_again(
    start: Start,
    telegram: Telegram,
    clock: PushedClock,
    settings: Settings,
    bring_back: BringBack,
) -> None:
    async with start() as app:
        lan = Cast(app.database, telegram, clock.now).lan()
        await reminder(app, clock)
        # The first reminder is queued, and has not left yet.
        file = back_up(settings, app.database.url, clock.now())
        await app.pump()
        await reminder(app, clock)
        await app.pump()
        await lan.send("/trogiup")
    heard = [message.text for message in lan.messages]
    assert len(heard) >= 3
    restored = bring_back(file)
    assert (restored.stilled.unknown, restored.steps) == (1, 1)
    async with start() as app:
        for _ in range(3):
            clock.push_to(clock.now() + HOUR)
            await app.tick()
            await app.pump()
        with app.database.transaction() as session:
            assert Outbox(session).counts() == {"unknown": 1}
            assert len(Schedules(session).history("unknown")) == 1
    assert [message.text for message in lan.messages] == heard


async def test_a_conversation_goes_on_where_the_backup_left_it(
    start: Start,
    telegram: Telegram,
    clock: PushedClock,
    settings: Settings,
    bring_back: BringBack,
) -> None:
    async with start() as app:
        lan = Cast(app.database, telegram, clock.now).lan()
        await lan.send("/baocao")
        await lan.send("12/15")
        file = back_up(settings, app.database.url, clock.now())
        await lan.send("đúng")
    bring_back(file)
    async with start() as app:
        await app.pump()
        assert "Đã ghi nhận: TV1.2 – 12/15" in await lan.send("đúng")


async def test_an_answer_that_was_on_its_way_is_not_answered_twice(
    start: Start,
    telegram: Telegram,
    clock: PushedClock,
    settings: Settings,
    bring_back: BringBack,
) -> None:
    async with start() as app:
        lan = Cast(app.database, telegram, clock.now).lan()
        telegram.world.say(lan.chat, "/trogiup")
        await app.intake.poll()
        file = back_up(settings, app.database.url, clock.now())
        await app.pump()
    heard = len(lan.messages)
    assert bring_back(file).stilled.dead == 1
    async with start() as app:
        await app.pump()
    assert len(lan.messages) == heard
