"""An answer with its code, typed at a detail of another: it goes to the question it names."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from handlers.commands import FOCAL
from handlers.report.interview import Interview
from handlers.report.pending import BEFORE, PART
from handlers.report.readings import coded, read_for
from handlers.report.reasons import REASON
from handlers.report.understanding import take_elsewhere
from handlers.routing import At, May, Replies, say
from handlers.talk import Talk, Turn
from plan.answers import Value


def take_coded(interview: Interview, talk: Talk, turn: Turn, chosen: str | None) -> Replies:
    named, rest = coded(interview, turn.text)
    if chosen is not None or named is None or named.code == talk.data["code"]:
        raise SkipHandler
    if not isinstance(read_for(interview, named, rest), Value):
        raise SkipHandler
    return take_elsewhere(interview, named, rest, turn.text)


def build_router() -> Router:
    router = Router(name="elsewhere")
    say(router, take_coded, May(FOCAL), At(PART, BEFORE, REASON))
    return router
