"""The answers to the question for last year's count."""

from dataclasses import replace

from aiogram import Router

from handlers.commands import FOCAL
from handlers.report import failures
from handlers.report.figures import ask_same, confirm
from handlers.report.interview import Interview
from handlers.report.misreadings import explain
from handlers.report.pending import BEFORE, pending_of
from handlers.report.readings import read_for
from handlers.report.signals import obey
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import Talk, Turn
from plan.answers import Ask, Count, NoData, Refuse, Signal, Unreadable, Value
from plan.catalogue import Catalogue


def read_before(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    indicator, pending = catalogue.indicator(talk.data["code"]), pending_of(talk.data)
    reading = read_for(interview, indicator, turn.text)
    match reading:
        case Value(Count(before)) | Ask((Count(before),), _):
            return confirm(interview, indicator, replace(pending, before=before, asked=True))
        case NoData() | Signal.SKIP:
            return go_without(interview, talk, catalogue)
        case Signal.NO:
            return ask_same(interview, talk)
    if obeyed := obey(interview, indicator, reading):
        return obeyed
    problem = reading if isinstance(reading, Ask | Refuse) else Unreadable()
    told = explain(interview.words, problem, turn.text, indicator)
    return failures.tell(interview, told, turn.text)


def go_without(interview: Interview, talk: Talk, catalogue: Catalogue) -> Replies:
    """This year's count counts all the same; its growth waits for a year to compare with."""
    pending = replace(pending_of(talk.data), asked=True)
    return confirm(interview, catalogue.indicator(talk.data["code"]), pending)


def build_router() -> Router:
    router = Router(name="yearbefore")
    say(router, go_without, May(FOCAL), At(BEFORE), Chose("unknown"))
    say(router, read_before, May(FOCAL), At(BEFORE))
    return router
