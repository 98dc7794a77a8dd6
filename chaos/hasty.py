"""People who do not wait for answers: each types a whole report at once, or as fast as they may."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bench.crowd import RECORDED
from bench.town import Citizen
from sandbox.telegram import Telegram

QUESTIONS = 4
"""With "/baocao" nine messages: less than what a person may send in a burst."""
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Hasty:
    telegram: Telegram
    citizens: Sequence[Citizen]
    year: int

    async def type(self, per_second: float = 0.0) -> None:
        """One person after the other; all at once without a rate."""
        for citizen in self.citizens:
            chat = self.telegram.world.chats[citizen.chat_id]
            for text in self._texts(citizen):
                self.telegram.world.say(chat, text)
            if per_second:
                await asyncio.sleep((1 + 2 * len(citizen.codes)) / per_second)

    def given(self) -> dict[tuple[str, str], list[str]]:
        return {
            (citizen.agency_id, code): [figure_of(citizen, n)]
            for citizen in self.citizens
            for n, code in enumerate(citizen.codes)
        }

    def disordered(self) -> int:
        """People whose receipts did not come in the order of their answers, or not at all."""
        told: dict[int, list[str]] = {citizen.chat_id: [] for citizen in self.citizens}
        for sent in self.telegram.sent:
            if sent.chat_id in told and sent.text.startswith(RECORDED):
                told[sent.chat_id].append(sent.text.split()[3])
        # One that came again, after a kill, came before the next.
        return sum(
            list(dict.fromkeys(told[citizen.chat_id])) != list(citizen.codes)
            or told[citizen.chat_id] != sorted(told[citizen.chat_id], key=citizen.codes.index)
            for citizen in self.citizens
        )

    async def is_answered(self, within: float) -> None:
        """TimeoutError where somebody still waits for a receipt."""
        async with asyncio.timeout(within):
            while self.untold():
                await self.telegram.world.changed.wait(1.0)
                # Not at each message: to look through thousands would hold up what it waits for.
                await asyncio.sleep(LOOK_SECONDS)

    def untold(self) -> int:
        """Answers whose receipt has not come."""
        told = {
            (sent.chat_id, sent.text.split()[3])
            for sent in self.telegram.sent
            if sent.text.startswith(RECORDED)
        }
        wanted = {(citizen.chat_id, code) for citizen in self.citizens for code in citizen.codes}
        return len(wanted - told)

    def _texts(self, citizen: Citizen) -> list[str]:
        answers = [figure_of(citizen, n) for n in range(len(citizen.codes))]
        return [f"/baocao {self.year}", *(text for each in answers for text in (each, "đúng"))]


def figure_of(citizen: Citizen, place: int) -> str:
    return f"{citizen.number}/{2000 + 10 * place + citizen.number % 7}"
