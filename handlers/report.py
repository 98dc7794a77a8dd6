"""`/baocao`: the yearly report, question by question. Each confirmed answer is kept at once."""

from datetime import date

from aiogram import Router

from handlers import cards
from handlers.commands import FOCAL, Command, split_year
from handlers.drafts import PLAN_ENDS, PLAN_STARTS, Draft
from handlers.figures import ask_same, leave
from handlers.interview import FIGURE, NOTE, STATUS, Interview
from handlers.language import Markup, Words, join
from handlers.lookup import refuse_year, search
from handlers.routing import Asked, At, Chose, May, Replies, say
from handlers.talk import Option, Talk
from plan.calendars import WorkingCalendar
from plan.catalogue import Catalogue
from plan.deadlines import yearly_deadline

AGENCY = "report.agency"


def begin(
    command: Command,
    interview: Interview,
    talk: Talk,
    words: Words,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
) -> Replies:
    """Starts the report of a year, or goes on where it was left.

    Who stands for two agencies names one, `/baocao quan 3 2024`, or is asked which.
    """
    said, year = _split(command.argument, interview.today)
    if year is None:
        return refuse_year(talk, words, command, interview.today)
    held = interview.member.agencies_as(FOCAL)
    own = [interview.agencies.named(agency_id, interview.today) for agency_id in held]
    meant = search(said, own, catalogue) if said else own
    if not meant:
        return [talk.say(words("You can report for your own agency only.")), *talk.ask_again()]
    if len(meant) > 1:
        options = [Option(agency.id, agency.short) for agency in meant]
        question = words("For which agency do you want to report?")
        return talk.ask(AGENCY, question, options, numbered=True, data={"year": year})
    return _open(interview, calendar, interview.draft_for(meant[0].id, year))


def begin_for(interview: Interview, calendar: WorkingCalendar, chosen: str) -> Replies:
    return _open(interview, calendar, interview.draft_for(chosen, interview.year))


def _open(interview: Interview, calendar: WorkingCalendar, draft: Draft) -> Replies:
    talk, words = interview.talk, interview.words
    if not draft.codes:
        return talk.say(words("Nothing is assigned to your agency yet, so there is no report."))
    if draft.report.state not in {"draft", "returned"}:
        return interview.sent(draft)
    talk.close()
    code = draft.first_open()
    if code is None:
        return interview.review(draft)
    n, total = draft.position(code)
    if n > 1:
        told = words("You are at question {n} of {total}.", n=n, total=total)
    else:
        told = _opening(interview, draft, calendar)
    return [talk.say(told), interview.ask(draft, code)]


def _opening(interview: Interview, draft: Draft, calendar: WorkingCalendar) -> Markup:
    words, year = interview.words, draft.report.year
    deadline = yearly_deadline(year, calendar, interview.catalogue.reporting)
    if deadline.passed(interview.now):
        late = words(
            "The deadline was before {before}. The report is still accepted and will be marked "
            "as late.",
            before=words.day(deadline.before),
        )
        title = words("<b>{agency} – report of {year}</b>", agency=draft.agency.name, year=year)
        return join([title, late])
    return words(
        "<b>{agency} – report of {year}</b>\n"
        "{count} questions. Deadline: before {before} (until the end of {last}). "
        "You can leave at any time: every confirmed answer is kept.",
        agency=draft.agency.name,
        year=year,
        count=len(draft.codes),
        before=words.day(deadline.before),
        last=words.weekday(deadline.last_day),
    )


def _split(argument: str, today: date) -> tuple[str, int | None]:
    """The agency and the year that were typed; None is a year in which the plan asks nothing."""
    said, year = split_year(argument, today.year)
    asked = PLAN_STARTS <= year <= min(today.year, PLAN_ENDS) and not said.isdecimal()
    return said, year if asked else None


def ask_previous(interview: Interview, talk: Talk, words: Words) -> Replies:
    draft = interview.draft()
    if talk.data.get("from_review"):
        return interview.review(draft)
    code = draft.before(talk.data["code"])
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
