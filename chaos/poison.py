"""R13: updates that nobody can read hold up nobody. R15: old and doubled presses change nothing."""

import asyncio
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

from bench import crowd
from bench.crowd import Crowd
from chaos import notices
from chaos.notices import ADMIN
from chaos.reckoning import kept
from chaos.report import Row
from chaos.stage import PATIENCE, Case, Stage, stage
from sandbox.chats import Message
from storage.inbox import Inbox

YEAR = 2024
FIRST_POISONER = 700_000
LIFE = timedelta(hours=1)
SLOWER_MOST = 2.0
MOST_PRESSES, PRESS_SECONDS = 2, 0.1
PACE = 200
"""Every press on an old button is answered, too: at Telegram's pace those would be all there is."""


async def poisoned(case: Case, url: str, home: Path) -> list[Row]:
    """Two crowds without poison and two with it, in turn, so that a busy machine is fair."""
    size, poison, rounds = case.size(8, 40), case.size(10, 100), 4
    async with stage(case, url, home) as here:
        citizens = here.people(size * rounds, 10)
        notices.enrol_admin(here)
        bot = here.bot()
        await bot.start()
        await bot.is_up()
        waits: dict[bool, list[float]] = {True: [], False: []}
        for n in range(rounds):
            bad = n % 2 == 1
            talkers = crowd.gather(
                here.telegram, citizens[n * size : (n + 1) * size], time.monotonic, YEAR
            )
            if bad:
                spill(here, n * poison, poison)
            await talkers.talk(PATIENCE)
            waits[bad] += talkers.waits
        await here.has_settled(within=60)
        with here.database.transaction() as session:
            dead = Inbox(session).dead()
        alarms = sum(each.chat_id == ADMIN for each in here.telegram.sent)
        clean, slowed = (_p95(waits[which]) for which in (False, True))
        wanted = poison * rounds // 2
        told = f"{dead} dead letters, {alarms} alarms, others' p95 {slowed / clean:.2f} ×"
        # One alarm an hour and administrator, however many die.
        well = dead == wanted and 1 <= alarms <= 2 and slowed <= clean * SLOWER_MOST
        done = f"{wanted} unreadable updates among {size * rounds} people"
        return [case.row("R13", done, told, f"all, told, < {SLOWER_MOST:.0f} ×", kept=well)]


def spill(here: Stage, first: int, count: int) -> None:
    for n in range(first, first + count):
        who = {"id": FIRST_POISONER + n, "is_bot": False, "first_name": "Độc"}
        body = {"message_id": "x", "date": "never", "from": who, "chat": {"id": None}}
        here.telegram.world.updates.add("message", body, LIFE, ("chat", FIRST_POISONER + n))


def _p95(waits: list[float]) -> float:
    return quantiles(waits, n=20)[-1]


async def pressed(case: Case, url: str, home: Path) -> list[Row]:
    """A crowd that also presses, all the time, whatever button is no longer meant."""
    async with stage(case, url, home) as here:
        citizens = here.people(case.size(20, 100), 10)
        talkers = crowd.gather(here.telegram, citizens, time.monotonic, YEAR)
        bot = here.bot({"SEND_PER_SECOND": str(PACE)})
        await bot.start()
        await bot.is_up()
        restless = asyncio.create_task(_press_about(here, talkers))
        await talkers.talk(PATIENCE)
        restless.cancel()
        await asyncio.wait([restless])
        await here.has_settled(within=60)
        found = kept(here.database, as_words=True)
        given = {
            (each.citizen.agency_id, code): [each.answer_to(code)]
            for each in talkers.respondents.values()
            for code in each.citizen.codes
        }
        wrong = sum(found.get(place) != answer for place, answer in given.items())
        wrong += len(found.keys() - given.keys())
        count = len(here.telegram.world.presses)
        told = f"{wrong} answers changed or wrong"
        done = (
            f"{len(given)} answers, {count} presses on old buttons, each twice, some a stranger's"
        )
        return [case.row("R15", done, told, "0", kept=not wrong and count > 0)]


async def _press_about(here: Stage, talkers: Crowd) -> None:
    """Somebody's last-but-one keyboard, twice; every now and then another person's newest."""
    people, random = list(talkers.respondents.values()), here.random
    while True:
        await asyncio.sleep(PRESS_SECONDS)
        mine, other = random.choice(people), random.choice(people)
        bearing = keyboards(mine.chat.messages.values())
        old = bearing[:-1]
        if not old:
            continue
        message = random.choice(old)
        data = random.choice(_buttons(message))
        if mine is not other and (theirs := keyboards(other.chat.messages.values())):
            data = random.choice([data, random.choice(_buttons(theirs[-1]))])
        for _ in range(MOST_PRESSES):
            here.telegram.world.press(message, data)


def keyboards(messages: Iterable[Message]) -> list[Message]:
    return [message for message in messages if message.keyboard]


def _buttons(message: Message) -> list[str]:
    rows = (message.keyboard or {})["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
