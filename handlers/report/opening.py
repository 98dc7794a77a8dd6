"""`/baocao`: the yearly report, question by question. Each confirmed answer is kept at once."""

from datetime import date

from aiogram import Router

from handlers.commands import FOCAL, Command, split_year
from handlers.due import deadline_told, late_told
from handlers.language import Markup, Words, join
from handlers.lookup import Lookup, refuse_year
from handlers.report import cards
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS, Draft, asked_of
from handlers.report.figures import ask_same, leave
from handlers.report.interview import FIGURE, NOTE, STATUS, Interview
from handlers.routing import Asked, At, Chose, May, Replies, say
from handlers.talk import Option, Talk
from plan.catalogue import Catalogue
from storage.years import Year

AGENCY = "report.agency"


def begin(
    command: Command,
    interview: Interview,
    talk: Talk,
    words: Words,
    lookup: Lookup,
) -> Replies:
    """Starts the report of a year, or goes on where it was left.

    Who stands for two agencies names one, `/baocao quan 3 2024`, or is asked which.
    """
    said, year = _split(command.argument, interview.today)
    if year is None:
        return refuse_year(talk, words, command, interview.today)
    meant = lookup.of_own(said, FOCAL)
    if not meant:
        return [talk.say(words("You can report for your own agency only.")), *talk.ask_again()]
    if len(meant) > 1:
        options = [Option(agency.id, agency.short) for agency in meant]
        question = words("For which agency do you want to report?")
        return talk.ask(AGENCY, question, options, numbered=True, data={"year": year})
    return _open(interview, meant[0].id, year)


def begin_for(interview: Interview, chosen: str) -> Replies:
    return _open(interview, chosen, interview.year)


def _open(interview: Interview, agency_id: str, year: int) -> Replies:
    talk, words = interview.talk, interview.words
    # Asked before the report is opened: an agency without questions has no draft to be behind with.
    if not asked_of(agency_id, interview.agencies, Year(year, interview.today).on):
        told = words("Nothing is assigned to your agency yet, so there is no report.")
        return [talk.say(told), *talk.ask_again()]
    draft = interview.draft_for(agency_id, year)
    if not draft.is_open:
        return interview.sent(draft)
    talk.close()
    code = draft.first_open()
    if code is None:
        return interview.review(draft)
    n, total = draft.position(code)
    if n > 1:
        told = words("You are at question {n} of {total}.", n=n, total=total)
    else:
        told = _opening(interview, draft)
    return [talk.say(told), *interview.ask(draft, code)]


def _opening(interview: Interview, draft: Draft) -> Markup:
    words, year = interview.words, draft.report.year
    deadline = interview.deadline(draft.agency.id, year)
    title = words("<b>{agency} – report of {year}</b>", agency=draft.agency.name, year=year)
    due = deadline_told(words, deadline, interview.calendar, interview.now)
    if deadline.passed(interview.now):
        return join([title, due, late_told(words)])
    told = words(
        "{count} questions. {due} You can leave at any time: every confirmed answer is kept.",
        count=len(draft.codes),
        due=due,
    )
    return join([title, told])


def _split(argument: str, today: date) -> tuple[str, int | None]:
    """The agency and the year that were typed; None is a year in which the plan asks nothing."""
    said, year = split_year(argument, today.year)
    asked = PLAN_STARTS <= year <= min(today.year, PLAN_ENDS) and not said.isdecimal()
    return said, year if asked else None


def ask_previous(interview: Interview, talk: Talk, words: Words) -> Replies:
    draft = interview.draft()
    here = talk.data["code"]
    data = talk.data
    if data.get("from_review") or data.get("aside") or here not in draft.codes:
        return interview.go_on(draft, here)
    code = draft.before(here)
    if code is None:
        return [talk.say(words("This is the first question.")), *talk.ask_again()]
    return interview.ask(draft, code)


def show_full(talk: Talk, words: Words, catalogue: Catalogue) -> Replies:
    return [talk.say(cards.full_text(words, catalogue, talk.data["code"])), *talk.ask_again()]


def build_router() -> Router:
    router = Router(name="report")
    focal, questions = May(FOCAL), At(FIGURE, STATUS)
    say(router, ask_previous, focal, questions, Chose("back"))
    say(router, leave, focal, questions, Chose("leave"))
    say(router, show_full, focal, questions, Chose("full"))
    say(router, ask_same, focal, At(NOTE), Chose("again"))
    say(router, begin_for, focal, At(AGENCY), Chose())
    say(router, begin, focal, Asked("baocao"))
    return router
