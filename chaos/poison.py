"""R13: updates that nobody can read hold up nobody. R15: old and doubled presses change nothing."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import quantiles

from bench import crowd
from bench.crowd import Crowd
from bench.town import Citizen
from chaos import notices
from chaos.hasty import figure_of
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
TOO_LARGE = 10**30
"""A number that is valid JSON, and fits into no column."""
BROKEN = "<b>3 & <a href='x"
SORRY = "Rất tiếc, do lỗi hệ thống"
MOST_PRESSES, PRESS_SECONDS = 2, 0.1
PACE = 200
"""Every press on an old button is answered, too: at Telegram's pace those would be all there is."""


async def poisoned(case: Case, url: str, home: Path) -> list[Row]:
    """Two crowds without poison and two with it, in turn, so that a busy machine is fair."""
    size, poison, rounds = case.size(8, 40), case.size(10, 100), 4
    async with stage(case, url, home) as here:
        known = case.size(4, 20)
        citizens = here.people(size * rounds + known, 10)
        poisoners = Poisoners(here, citizens[size * rounds :])
        notices.enrol_admin(here)
        bot = here.bot()
        await bot.start()
        await bot.is_up()
        await poisoners.begin()
        waits: dict[bool, list[float]] = {True: [], False: []}
        for n in range(rounds):
            bad = n % 2 == 1
            talkers = crowd.gather(
                here.telegram, citizens[n * size : (n + 1) * size], time.monotonic, YEAR
            )
            if bad:
                spill(here, n * poison, poison)
            if n == 1:
                poisoners.spill()
            await talkers.talk(PATIENCE)
            waits[bad] += talkers.waits
        await here.has_settled(within=60)
        with here.database.transaction() as session:
            dead = Inbox(session).dead()
        alarms = sum(each.chat_id == ADMIN for each in here.telegram.sent)
        clean, slowed = (_p95(waits[which]) for which in (False, True))
        wanted = poison * rounds // 2 + known
        told = f"{dead} dead letters, {alarms} alarms, others' p95 {slowed / clean:.2f} ×"
        # One alarm an hour and administrator, however many die.
        well = dead == wanted and 1 <= alarms <= 2 and slowed < clean * SLOWER_MOST
        done = f"{wanted} poisonous updates among {size * rounds} people"
        limit = f"all, told, < {SLOWER_MOST:.0f} ×"
        return [case.row("R13", done, told, limit, kept=well), poisoners.row()]


@dataclass
class Poisoners:
    """People whom the bot knows: in the midst of a report comes what nobody can read, or what can
    be read and not be handled; behind it they go on, with words that are no HTML.
    """

    here: Stage
    citizens: Sequence[Citizen]

    async def begin(self) -> None:
        for citizen in self.citizens:
            self._says(citizen, f"/baocao {YEAR}")
        await self.here.has_settled(within=60)

    def spill(self) -> None:
        for n, citizen in enumerate(self.citizens):
            person = self.here.telegram.world.chats[citizen.chat_id].person
            chat = {**person, "type": "private"}
            unreadable = {"message_id": "x", "date": "never", "from": person, "chat": chat}
            unhandled = {**unreadable, "message_id": TOO_LARGE, "date": 1, "text": "3/4"}
            kind, body = ("edited_message", unhandled) if n % 2 else ("message", unreadable)
            lane = ("chat", citizen.chat_id)
            self.here.telegram.world.updates.add(kind, body, LIFE, lane)
            for text in (BROKEN, figure_of(citizen, 0), "đúng"):
                self._says(citizen, text)

    def row(self) -> Row:
        sent, found = self.here.telegram.sent, kept(self.here.database, as_words=True)
        sorry = Counter(each.chat_id for each in sent if each.text.startswith(SORRY))
        told = sum(sorry[each.chat_id] == 1 for each in self.citizens)
        places = {(each.agency_id, each.codes[0]): figure_of(each, 0) for each in self.citizens}
        lost = sum(found.get(place) != [words] for place, words in places.items())
        refused = sum(
            each.method == "sendMessage" and each.status == 400
            for each in self.here.telegram.requests
        )
        count = len(self.citizens)
        done = f"{count} known people: a message that cannot be handled, broken HTML, an answer"
        what = f"{told} told so once, {lost} answers lost, {refused} messages refused by Telegram"
        well = told == count and not lost and not refused
        return self.here.case.row("R13", done, what, "all, 0, 0", kept=well)

    def _says(self, citizen: Citizen, text: str) -> None:
        self.here.telegram.world.say(self.here.telegram.world.chats[citizen.chat_id], text)


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
