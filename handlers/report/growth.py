"""Growth takes two years: last year's count is asked for where it is not known."""

from dataclasses import replace

from handlers.language import Markup, join
from handlers.report import cards
from handlers.report.average import basis_here
from handlers.report.buttons import leaving
from handlers.report.figures import confirm
from handlers.report.interview import Interview
from handlers.report.pending import BEFORE, Pending, kept
from handlers.routing import Replies
from handlers.talk import Option
from plan import territory
from plan.answers import Count
from plan.catalogue import Indicator
from plan.territory import Basis
from storage.figures import Figure


def consider(
    interview: Interview, indicator: Indicator, pending: Pending, note: str = ""
) -> Replies:
    """The confirmation of what was understood; of a count, once last year's is known or asked."""
    if not isinstance(pending.given, Count) or pending.asked:
        return confirm(interview, indicator, pending, note)
    earlier = interview.earlier(interview.agency_id, indicator.code, interview.year)
    basis = basis_here(interview)
    before = territory.held(earlier, basis)
    if before is None:
        return ask_before(interview, indicator, pending, earlier, basis, note)
    return confirm(interview, indicator, replace(pending, before=before), note)


def ask_before(
    interview: Interview,
    indicator: Indicator,
    pending: Pending,
    earlier: Figure | None,
    basis: Basis,
    note: str = "",
) -> Replies:
    """On the same ground: across the merger of 2025 a count has to be made anew (A11)."""
    talk, words, year = interview.talk, interview.words, interview.year - 1
    figure = cards.about(words, cards.answer(words, pending.given), estimate=pending.estimate)
    told = words("{code}: {figure} in {year}.", code=indicator.code, figure=figure, year=year + 1)
    lines = [Markup(note), told]
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
