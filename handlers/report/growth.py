"""Growth takes two years: last year's count is asked for where it is not known."""

from dataclasses import replace

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import join
from handlers.report import cards, failures
from handlers.report.drafts import as_of
from handlers.report.figures import confirm
from handlers.report.interview import Interview, leaving
from handlers.report.misreadings import explain
from handlers.report.pending import BEFORE, Pending, kept, pending_of
from handlers.report.readings import read_for
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import Option, Talk, Turn
from plan import territory
from plan.answers import Ask, Count, NoData, Refuse, Unreadable, Value
from plan.catalogue import Catalogue, Indicator
from plan.territory import Basis
from storage.tables import Figure
from storage.years import Year


def consider(
    interview: Interview, indicator: Indicator, pending: Pending, note: str = ""
) -> Replies:
    """The confirmation of what was understood; of a count, once last year's is known or asked."""
    if not isinstance(pending.given, Count) or pending.asked:
        return confirm(interview, indicator, pending, note)
    earlier = interview.earlier(interview.agency_id, indicator.code, interview.year)
    basis = _basis(interview)
    before = territory.held(earlier, basis)
    if before is None:
        return ask_before(interview, indicator, pending, earlier, basis)
    return confirm(interview, indicator, replace(pending, before=before), note)


def ask_before(
    interview: Interview,
    indicator: Indicator,
    pending: Pending,
    earlier: Figure | None,
    basis: Basis,
) -> Replies:
    """On the same ground: across the merger of 2025 a count has to be made anew (A11)."""
    talk, words, year = interview.talk, interview.words, interview.year - 1
    lines = [
        words(
            "{code}: {figure} in {year}.",
            code=indicator.code,
            figure=cards.answer(words, pending.given),
            year=year + 1,
        )
    ]
    if earlier is not None and earlier.count is not None:
        lines.append(
            words(
                "The {figure} of {year} were counted on the city's territory before {day}, so "
                "that no growth can be computed from them.",
                figure=cards.figure(words, earlier),
                year=year,
                day=words.day(territory.MERGED_ON),
            )
        )
    lines.append(
        words("How many in {year}, on the territory of today?", year=year)
        if basis is Basis.NEW
        else words("How many in {year}, on the same territory?", year=year)
    )
    options = [
        Option("unknown", words("Not known yet"), words("not known|no data")),
        Option("again", words("Enter again"), words("no|wrong")),
        leaving(words),
    ]
    return talk.ask(BEFORE, join(lines), options, data=kept(talk) | pending.packed())


def read_before(interview: Interview, talk: Talk, turn: Turn, catalogue: Catalogue) -> Replies:
    indicator, pending = catalogue.indicator(talk.data["code"]), pending_of(talk.data)
    match read_for(interview, indicator, turn.text):
        case Value(Count(before)) | Ask((Count(before),), _):
            pending = replace(pending, before=before, asked=True)
            return confirm(interview, indicator, pending)
        case NoData():
            return go_without(interview, talk, catalogue)
        case reading:
            problem = reading if isinstance(reading, Ask | Refuse) else Unreadable()
            told = explain(interview.words, problem, turn.text, indicator)
            return failures.tell(interview, told, turn.text)


def go_without(interview: Interview, talk: Talk, catalogue: Catalogue) -> Replies:
    """This year's count counts all the same; its growth waits for a year to compare with."""
    pending = replace(pending_of(talk.data), asked=True)
    return confirm(interview, catalogue.indicator(talk.data["code"]), pending)


def _basis(interview: Interview) -> Basis:
    on = Year(interview.year, interview.today).on
    agency = interview.agencies.named(interview.agency_id, on)
    return territory.basis_of(as_of(interview.year, interview.today), agency.kind)


def build_router() -> Router:
    router = Router(name="growth")
    say(router, go_without, May(FOCAL), At(BEFORE), Chose("unknown"))
    say(router, read_before, May(FOCAL), At(BEFORE))
    return router
