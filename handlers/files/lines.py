"""Several answers in one message, a line each: `TV1.3 12/15`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from handlers.commands import FOCAL
from handlers.files import batch, bulk
from handlers.files.batch import Batch, Place
from handlers.files.bulk import BULK
from handlers.report.drafts import Draft, asked_of
from handlers.report.interview import REVIEW, Interview
from handlers.report.reasons import REASON
from handlers.report.resuming import RESUME
from handlers.routing import May, Replies, say
from handlers.switchboard import Plain, Scene
from handlers.talk import FREE, Talk, Turn
from plan.catalogue import Catalogue
from plan.words import tidy
from storage.years import Year

AFTER = r"(?:\s*(?:[:=|;)\]]|[.,](?=\s)|-(?=\s))\s*|-|\s+|$)"
"""What may stand between a code and its answer: a minus sign of the answer stays with it."""
BULLET = re.compile(r"[-•*+]\s+")
ALIKE = re.compile(r"(?:TV|BT|VH|[IVX]+)[ .]?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """`code` is empty where the line begins with no code of the plan."""

    number: int
    text: str
    code: str
    rest: str

    @property
    def is_coded(self) -> bool:
        """Begins like a code, known or not."""
        return bool(self.code or ALIKE.match(self.text))


@dataclass(frozen=True)
class Lined(Plain):
    """Lines that begin with codes; one is enough where no single question is open."""

    def fits(self, scene: Scene) -> bool:
        step, turn = scene.step, scene.turn
        if scene.command or turn.pressed or turn.kind != "text":
            return False
        if step is not None and not step.startswith("report."):
            return False
        least = 1 if step in {None, BULK, RESUME, REVIEW} else 2
        if len(turn.text.splitlines()) < least or (scene.talk.data.get(FREE) and step != REASON):
            return False
        lines = lines_of(turn.text, scene.catalogue.codes())
        answered = any(line.code and line.rest for line in lines)
        return answered and sum(line.is_coded for line in lines) >= least


def lines_of(text: str, codes: Sequence[str]) -> list[Line]:
    """The lines that are not blank; a code alone on its line is answered by the next one."""
    found: list[Line] = []
    for number, raw in enumerate(filter(None, map(tidy, text.splitlines())), 1):
        line = _line(number, raw, codes)
        if found and found[-1].code and not found[-1].rest and not line.is_coded:
            head = found.pop()
            line = Line(head.number, f"{head.text} {raw}", head.code, raw)
        found.append(line)
    return found


def _line(number: int, raw: str, codes: Sequence[str]) -> Line:
    bare = BULLET.sub("", raw, count=1) if BULLET.match(raw) else raw
    for code in codes:
        if match := _shape(code).match(bare):
            return Line(number, bare, code, bare[match.end() :].strip())
    return Line(number, bare, "", bare)


@cache
def _shape(code: str) -> re.Pattern[str]:
    """The code in any spelling: `tv13`, `TV 1.3`. II.2.d and II.2.đ stay apart."""
    parts = re.findall(r"[^\W\d]+|\d+", code)
    return re.compile(r"[ ._,-]{0,2}".join(parts) + AFTER, re.IGNORECASE)


def take_lines(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    """Shows what the lines would change; nothing is recorded before that is confirmed."""
    lines = lines_of(turn.text, catalogue.codes())
    draft = _draft(interview, talk, lines)
    if draft is None:
        raise SkipHandler
    return bulk.show(interview, draft, read_lines(interview, draft, lines))


def _draft(interview: Interview, talk: Talk, lines: list[Line]) -> Draft | None:
    """The report that is being filled in, or this year's of the one agency one stands for."""
    if {"agency", "year"} <= talk.data.keys():
        return interview.draft()
    held, year = interview.member.agencies_as(FOCAL), interview.today.year
    if talk.step is not None or len(held) != 1:
        return None
    asked = asked_of(held[0], interview.agencies, Year(year, interview.today).on)
    if not any(line.code in asked for line in lines):
        return None
    return interview.draft_for(held[0], year)


def read_lines(interview: Interview, draft: Draft, lines: list[Line]) -> Batch:
    words = interview.words
    found = Batch(words)
    for line in lines:
        place = Place(words("Line {n}", n=line.number), line.code, line.text)
        if line.code:
            batch.read(interview, draft, found, place, line.rest)
        else:
            example = f"{draft.codes[0]} 12/15"
            why = words(
                "it begins with no code of the plan. For example: {example}", example=example
            )
            found.refuse(place, why)
    return found


def build_router() -> Router:
    router = Router(name="lines")
    say(router, take_lines, May(FOCAL), Lined())
    return router
