"""Two focal points at one report: nobody's answer is replaced unseen."""

from typing import TypeVar

from aiogram import Router

from handlers.commands import FOCAL
from handlers.data.names import nameless
from handlers.language import Markup
from handlers.report import cards
from handlers.report.buttons import status_name
from handlers.report.interview import Interview
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import Option
from storage.figures import Figure
from storage.tables import TaskStatus

COLLEAGUE, COLLEAGUE_STATUS = "report.colleague", "report.colleague_status"

Kept = TypeVar("Kept", Figure, TaskStatus)


def newer(interview: Interview, kept: Kept | None) -> Kept | None:
    """What somebody else has answered since the question was shown to this person."""
    if kept is None or kept.person_id == interview.member.person_id or _is_skipped(kept):
        return None
    return None if kept.id == interview.talk.data.get("shown") else kept


def ask(
    interview: Interview, step: str, theirs: Figure | TaskStatus, mine: str, **data: object
) -> Replies:
    """Both answers are shown; the colleague's stays until this person says otherwise."""
    words, talk = interview.words, interview.talk
    answer = _answer(interview, theirs)
    question = words(
        "{code}: {name} recorded <b>{theirs}</b> at {time}. Keep it, or put <b>{mine}</b> instead?",
        code=talk.data["code"],
        name=_name(interview, theirs),
        theirs=answer,
        time=words.moment(theirs.recorded_at),
        mine=mine,
    )
    options = [
        Option("keep", words("Keep {answer}", answer=answer), words("keep|keep it")),
        Option("replace", words("Replace with {answer}", answer=mine), words("replace|replace it")),
    ]
    kept = {"said": talk.turn.text, "written": talk.turn.written_id, **talk.data}
    return talk.ask(
        step, question, options, numbered=True, data={**kept, **data, "shown": theirs.id}
    )


def agree(interview: Interview, theirs: Figure | TaskStatus) -> Replies:
    """The same answer a second time needs no second row."""
    told = interview.words(
        "{code}: {name} has recorded the same, {figure}.",
        code=interview.talk.data["code"],
        name=_name(interview, theirs),
        figure=_answer(interview, theirs),
    )
    return [interview.talk.say(told), *_on(interview)]


def keep(interview: Interview) -> Replies:
    told = interview.words("{code} stays as it was recorded.", code=interview.talk.data["code"])
    return [interview.talk.say(told), *_on(interview)]


def news(interview: Interview) -> Markup:
    """A line for a question that is shown once more, where a colleague has answered it since."""
    data = interview.talk.data
    if "shown" not in data or "code" not in data:
        return Markup()
    report = interview.reports.of(interview.agency_id, interview.year)
    if report is None:
        return Markup()
    figure = newer(interview, interview.reports.figures(report).get(data["code"]))
    theirs = figure or newer(interview, interview.reports.statuses(report).get(data["code"]))
    if theirs is None:
        return Markup()
    interview.talk.note(shown=theirs.id)
    return interview.words(
        "{name} recorded <b>{theirs}</b> here at {time}.",
        name=_name(interview, theirs),
        theirs=_answer(interview, theirs),
        time=interview.words.moment(theirs.recorded_at),
    )


def _on(interview: Interview) -> list[Reply]:
    return interview.go_on(interview.draft(), interview.talk.data["code"])


def _is_skipped(kept: Figure | TaskStatus) -> bool:
    return (kept.state if isinstance(kept, Figure) else kept.status) == "skipped"


def _answer(interview: Interview, kept: Figure | TaskStatus) -> str:
    if isinstance(kept, Figure):
        return cards.figure(interview.words, kept)
    return status_name(interview.words, kept.status)


def _name(interview: Interview, kept: Figure | TaskStatus) -> Markup:
    words, name = interview.words, interview.people.name(kept.person_id)
    if not name:
        return nameless(words, kept.person_id)
    return words("colleague {name}", name=name)


def build_router() -> Router:
    router = Router(name="colleagues")
    say(router, keep, May(FOCAL), At(COLLEAGUE, COLLEAGUE_STATUS), Chose("keep"))
    return router
