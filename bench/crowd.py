"""People who fill in their reports all at once, each going on when the bot has answered.

They read what was said to them: a message that comes twice, or late, is not what they wait for.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.town import Citizen
from sandbox.chats import Chat
from sandbox.telegram import Telegram

RECORDED, REVIEW = "Đã ghi nhận: ", "Rà soát"


@dataclass(slots=True)
class Respondent:
    """Types a figure of its own for each question, and "đúng" when it is read back right."""

    citizen: Citizen
    chat: Chat
    year: int
    place: int = 0
    expects: str = "card"
    asked_at: float = 0.0

    @property
    def code(self) -> str:
        return self.citizen.codes[self.place]

    @property
    def is_done(self) -> bool:
        return self.expects == "nothing"

    def answer_to(self, code: str) -> str:
        """Of each person and question, another pair: mixed up, it would show."""
        total = 2000 + 10 * self.citizen.codes.index(code) + self.citizen.number % 7
        return f"{self.citizen.number}/{total}"

    def hear(self, text: str) -> str | None:
        """What the person types on hearing this, if it is what they were waiting for."""
        if not self._awaits(text):
            return None
        match self.expects:
            case "card":
                self.expects = "echo"
                return self.answer_to(self.code)
            case "echo":
                self.expects = "receipt"
                return "đúng"
            case "receipt":
                self.place += 1
                self.expects = "card" if self.place < len(self.citizen.codes) else "review"
                return self.hear(text)  # what comes next stands below it
            case _:
                self.expects = "nothing"
        return None

    def _awaits(self, text: str) -> bool:
        match self.expects:
            case "card":
                return f"· {self.code}\n" in text
            case "echo":
                return text.startswith(f"{self.code}: ") and self._shown in text
            case "receipt":
                return text.startswith(f"{RECORDED}{self.code} ") and self._shown in text
            case _:
                return REVIEW in text

    @property
    def _shown(self) -> str:
        met, _, total = self.answer_to(self.code).partition("/")
        return f"{_grouped(met)}/{_grouped(total)} ("


def _grouped(number: str) -> str:
    return f"{int(number):,}".replace(",", ".")


@dataclass
class Crowd:
    telegram: Telegram
    respondents: dict[int, Respondent]
    monotonic: Callable[[], float]
    typed: int = 0
    """Messages that people have written."""
    waits: list[float] = field(default_factory=list)
    """Seconds from each message to the answer to it."""

    per_second: float | None = None
    """Messages are written at this pace, whoever is next; without one, as soon as can be."""
    _ready: deque[tuple[Respondent, str]] = field(default_factory=deque)

    async def talk(self, within: float) -> None:
        """Everybody begins; returns when everybody has been shown the review."""
        writing = asyncio.create_task(self._write())
        try:
            await self._listen(within)
        finally:
            writing.cancel()

    async def _listen(self, within: float) -> None:
        for respondent in self.respondents.values():
            self._say(respondent, f"/baocao {respondent.year}")
        world, read = self.telegram.world, 0
        async with asyncio.timeout(within):
            while not all(respondent.is_done for respondent in self.respondents.values()):
                if read == len(world.sent):
                    await world.changed.wait()
                while read < len(world.sent):
                    self._hear(world.sent[read].chat_id, world.sent[read].text)
                    read += 1

    async def has_typed(self, count: int) -> None:
        while self.typed < count:
            await self.telegram.world.changed.wait()

    def receipts(self) -> Counter[tuple[int, str]]:
        """How often each person was told that an answer of theirs is recorded."""
        said = (sent for sent in self.telegram.sent if sent.text.startswith(RECORDED))
        return Counter((each.chat_id, each.text.split()[3]) for each in said)

    def _hear(self, chat_id: int, text: str) -> None:
        respondent = self.respondents.get(chat_id)
        if respondent is None or respondent.is_done:
            return
        before = respondent.expects
        reply = respondent.hear(text)
        if before not in {respondent.expects, "card"}:
            self.waits.append(self.monotonic() - respondent.asked_at)
        if reply is not None:
            self._say(respondent, reply)

    def _say(self, respondent: Respondent, text: str) -> None:
        if self.per_second is None:
            self._write_down(respondent, text)
        else:
            self._ready.append((respondent, text))

    def _write_down(self, respondent: Respondent, text: str) -> None:
        respondent.asked_at = self.monotonic()
        self.typed += 1
        self.telegram.world.say(respondent.chat, text)

    async def _write(self) -> None:
        at = self.monotonic()
        while self.per_second is not None:
            at = max(at + 1 / self.per_second, self.monotonic())
            await asyncio.sleep(at - self.monotonic())
            if self._ready:
                self._write_down(*self._ready.popleft())


def gather(
    telegram: Telegram, citizens: Iterable[Citizen], monotonic: Callable[[], float], year: int
) -> Crowd:
    people = {
        citizen.chat_id: Respondent(
            citizen, telegram.person(citizen.chat_id, f"Người thử {citizen.number}").chat, year
        )
        for citizen in citizens
    }
    return Crowd(telegram, people, monotonic)
