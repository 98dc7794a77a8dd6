"""R10: Telegram is away while a notice is under way. R12: the bot is, for a long time."""

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from chaos import notices
from chaos.hasty import QUESTIONS
from chaos.report import Row
from chaos.stage import BULK_IN_FLIGHT, MONDAY, PATIENCE, Case, Stage, stage
from sandbox.faults import Fault, Kind

YEAR = 2024


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
