"""Back to where one was: `/tieptuc`, and the open question once more after an outage."""

from datetime import date, datetime

from aiogram import Router
from aiogram.methods import SendMessage
from sqlmodel import Session

from handlers.commands import FOCAL, MOVES, Command
from handlers.context import resources
from handlers.language import Markup, Words, join
from handlers.lookup import Lookup
from handlers.report.drafts import Draft
from handlers.report.failures import skip
from handlers.report.interview import Interview, whose
from handlers.routing import Asked, At, Chose, May, Replies, say
from handlers.services import Services
from handlers.talk import Link, Option, Talk, Turn
from storage.people import Member
from storage.tables import Conversation

RESUME, WHOSE = "report.resume", "report.resume_whose"


def resume(interview: Interview, talk: Talk, words: Words, lookup: Lookup, today: date) -> Replies:
    """The open question, or, where none is open, how far this year's report has come."""
    if talk.step is not None:
        return interview.ask_still()
    begun = [
        agency
        for agency in lookup.of_own("", FOCAL)
        if interview.reports.of(agency.id, today.year) is not None
    ]
    if not begun:
        told = words("Nothing is open, and no report of {year} has been begun.", year=today.year)
        return talk.say(told, [Link(words("Start the report"), "baocao")])
    if len(begun) > 1:
        options = [Option(agency.id, agency.short) for agency in begun]
        question = words("For which agency do you want to report?")
        return talk.ask(WHOSE, question, options, numbered=True, data={"year": today.year})
    return stand(interview.draft_for(begun[0].id, today.year), interview)


def resume_for(interview: Interview, chosen: str) -> Replies:
    return stand(interview.draft_for(chosen, interview.year), interview)


def stand(draft: Draft, interview: Interview) -> Replies:
    words, talk = interview.words, interview.talk
    if not draft.is_open:
        return interview.sent(draft)
    code = draft.first_open()
    if code is None:
        return interview.review(draft)
    n, total = draft.position(code)
    text = words(
        "<b>{agency} – report of {year}</b>\nYou are at question {n} of {total}.",
        agency=draft.agency.name,
        year=draft.report.year,
        n=n,
        total=total,
    )
    options = [
        Option("continue", words("Continue"), words("go on|yes")),
        Option("answers", words("Show my answers"), words("answers|show")),
    ]
    return talk.ask(RESUME, text, options, data=whose(draft) | {"code": code})


def go_on(interview: Interview, talk: Talk) -> Replies:
    return interview.ask(interview.draft(), talk.data["code"])


def show_answers(interview: Interview) -> Replies:
    return interview.review(interview.draft())


def move(interview: Interview, talk: Talk, turn: Turn, words: Words, command: Command) -> Replies:
    """`/quaylai` and `/boqua` halfway through an answer, or where there is nothing of the kind."""
    if talk.data.get("code") is None:
        told = words("Here is nothing to skip or to go back to.")
        return [talk.say(told), *talk.ask_again()]
    if command.name == "boqua":
        return skip(interview, talk, turn, words)
    return interview.ask(interview.draft(), talk.data["code"])


def offer_again(
    row: Conversation, session: Session, services: Services, now: datetime
) -> SendMessage | None:
    """An open question whose buttons may have been pressed in vain; None where it is no more."""
    data = resources(Turn(row.channel, row.address), session, services, now)
    talk: Talk = data["talk"]
    member: Member | None = data["member"]
    if talk.row is None or member is None or not member.reachable:
        return None
    words: Words = data["words"]
    told = words("The system was interrupted; the question that awaits you is:")
    (asked,) = talk.ask_again()
    return asked.model_copy(update={"text": join([told, Markup(asked.text)], "\n\n")})


def build_router() -> Router:
    router = Router(name="resuming")
    focal = May(FOCAL)
    say(router, resume, focal, Asked("tieptuc"))
    say(router, resume_for, focal, At(WHOSE), Chose())
    say(router, move, focal, Asked(*MOVES))
    say(router, go_on, focal, At(RESUME), Chose("continue"))
    say(router, show_answers, focal, At(RESUME), Chose("answers"))
    return router
