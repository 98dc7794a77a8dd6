"""R9: the database is away while people type. R10: Telegram is. R12: both, for a long time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from chaos import notices
from chaos.hasty import QUESTIONS, Hasty
from chaos.probe import Probe
from chaos.proxy import HOST, Proxy
from chaos.reckoning import is_sound, kept
from chaos.report import Row
from chaos.stage import BULK_IN_FLIGHT, MONDAY, PATIENCE, Case, Stage, stage
from sandbox.faults import Fault, Kind

YEAR = 2024
CAUGHT_UP_WITHIN = 60.0
PER_SECOND = 50.0
POSTGRES_PORT = 5432


@asynccontextmanager
async def held(here: Stage, proxy: Proxy | None) -> AsyncIterator[None]:
    """On SQLite by another connection's lock; on PostgreSQL the way to it is cut."""
    if proxy:
        await proxy.cut()
        yield
        await proxy.open()
        return
    with here.database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # begins, and a transaction here is immediate
        yield
        connection.rollback()


@asynccontextmanager
async def way_to(url: str) -> AsyncIterator[tuple[str, Proxy | None]]:
    """The database's address, and what can cut it off."""
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        yield url, None
        return
    async with Proxy([made.port or POSTGRES_PORT], made.host or HOST) as proxy:
        through = made.set(host="127.0.0.1", port=proxy.port)
        yield through.render_as_string(hide_password=False), proxy


async def without_database(case: Case, url: str, home: Path) -> list[Row]:
    seconds = case.size(8, 60)
    async with stage(case, url, home) as here, way_to(url) as (through, proxy):
        people = round(seconds * PER_SECOND / (1 + 2 * QUESTIONS)) + 1
        hasty = Hasty(here.telegram, here.people(people, QUESTIONS), YEAR)
        bot = here.bot(url=through)
        await bot.start()
        await bot.is_up()
        probe = Probe(bot)
        await probe.is_ready(within=60)
        async with held(here, proxy):
            watching = asyncio.create_task(probe.run())
            await hasty.type(PER_SECOND)
            watching.cancel()
            refused = here.telegram.world.webhook.last_error
        back = time.monotonic()
        await hasty.is_answered(within=CAUGHT_UP_WITHIN + 60)
        took = time.monotonic() - back
        await probe.is_ready(within=60)
        await here.has_settled(within=60)
        found = kept(here.database, as_words=True)
        given = hasty.given()
        lost = sum(answer[0] not in found.get(place, ()) for place, answer in given.items())
        twice = sum(len(found.get(place, ())) > 1 for place in given)
        ready, alive = sorted(probe.ready), sorted(probe.alive)
        told = f"{lost} lost, {twice} twice, caught up in {took:.1f} s, /readyz {ready}"
        told += f", /healthz {alive}"
        well = not (lost or twice or bot.has_ended) and took <= CAUGHT_UP_WITHIN
        well = well and 503 in ready and alive == [200] and is_sound(here.database)
        if case.intake == "webhook":
            said = refused[1] if refused else "nothing"
            told += f", Telegram was told: {said.rpartition(': ')[2]}"
            well = well and "503" in said
        done = f"{len(given)} answers at {PER_SECOND:.0f}/s, database away {seconds} s"
        limit = f"0, 0, {CAUGHT_UP_WITHIN:.0f} s, 503, 200"
        return [case.row("R9", done, told, limit, kept=well)]


async def without_telegram(case: Case, url: str, home: Path) -> list[Row]:
    seconds, resets, pace = case.size(6, 600), case.size(4, 20), case.size(60, 200)
    async with stage(case, url, home, start=MONDAY) as here:
        notice = notices.for_citizens(here, here.people(case.size(300, 10_000)))
        bot = here.bot({"SEND_PER_SECOND": str(pace)})
        await bot.start()
        await notice.announce()
        await notice.reaches(len(notice.recipients) // 4)
        await here.telegram.stop()
        await asyncio.sleep(seconds)
        await here.telegram.start()
        await notice.reaches(len(notice.recipients) // 2)
        refused = notice.reckon().unknown
        for kind in (Kind.RESET, Kind.RESET_DELIVERED):
            here.telegram.faults.add(Fault(kind, "sendMessage", times=resets))
        settled = await here.has_settled(within=PATIENCE)
        found, busiest = notice.reckon(), here.telegram.counts.busiest_second
        done = f"notice to {len(notice.recipients)}, refused {seconds} s, {2 * resets} resets"
        told = f"{found}; {refused} unknown from the refusal, {busiest} in the busiest second"
        limit = f"0 twice, 0 lost, unknown ≤ {BULK_IN_FLIGHT} and {2 * resets}, {pace * 5 // 4}/s"
        kept_all = settled and found.is_clean and not bot.has_ended
        kept_all = kept_all and refused <= BULK_IN_FLIGHT and busiest <= pace * 5 // 4
        kept_all = kept_all and found.unknown <= refused + 2 * resets
        return [case.row("R10", done, told, limit, kept=kept_all)]


async def out_of_reach(case: Case, url: str, home: Path) -> list[Row]:
    """The bot is away for 200 seconds, and people press buttons meanwhile."""
    people, away, limit = case.size(5, 50), 200, 60.0
    async with stage(case, url, home, start=MONDAY) as here:
        citizens = here.people(people, QUESTIONS)
        bot = here.bot()
        await bot.start()
        await bot.is_up()
        world = here.telegram.world
        for citizen in citizens:
            world.say(world.chats[citizen.chat_id], f"/baocao {YEAR}")
        await here.has_settled(within=60)
        await asyncio.sleep(2)
        await bot.terminate()
        cards = {chat_id: _cards(here, chat_id) for chat_id in (c.chat_id for c in citizens)}
        here.move_to(here.clock() + timedelta(seconds=1))
        for citizen in citizens:
            _press_newest(here, citizen.chat_id)
        here.move_to(here.clock() + timedelta(seconds=away))
        await bot.start()
        await bot.is_up()
        back = time.monotonic()
        async with asyncio.timeout(limit + 60):
            while any(_cards(here, chat_id) == cards[chat_id] for chat_id in cards):
                await world.changed.wait()
        took = time.monotonic() - back
        await asyncio.sleep(5)
        again = sorted({_cards(here, chat_id) - before for chat_id, before in cards.items()})
        dropped = world.updates.expired
        done = f"{people} open questions, away {away} s, {dropped} presses dropped by Telegram"
        told = f"offered again {again} times, {took:.0f} s after the return"
        well = again == [1] and took <= limit and dropped == people
        return [case.row("R12", done, told, f"once, {limit:.0f} s", kept=well)]


def _cards(here: Stage, chat_id: int) -> int:
    """How often the first question was put to this person."""
    return sum(sent.chat_id == chat_id and "· TV1.1\n" in sent.text for sent in here.telegram.sent)


def _press_newest(here: Stage, chat_id: int) -> None:
    world = here.telegram.world
    bearing = [each for each in world.chats[chat_id].messages.values() if each.keyboard]
    keyboard = (bearing[-1].keyboard or {})["inline_keyboard"]
    world.press(bearing[-1], keyboard[0][0]["callback_data"])
