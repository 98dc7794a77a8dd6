"""The sub-counts of a figure that is given anew: they hold for the value they were given with."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.language import Markup
from handlers.report import cards
from handlers.report.drafts import Draft
from handlers.report.interview import Interview
from handlers.report.pending import Pending
from plan.answers import Share
from plan.catalogue import Indicator


def _standing(interview: Interview, draft: Draft, code: str) -> Mapping[str, Share]:
    return interview.reports.parts(draft.report).get(code, {})


def with_standing(interview: Interview, draft: Draft, code: str, pending: Pending) -> Pending:
    """The same value once more keeps the parts it has."""
    figure = draft.figures.get(code)
    if pending.parts or figure is None or cards.figure_answer(figure) != pending.given:
        return pending
    return replace(pending, parts=tuple(_standing(interview, draft, code).items()))


def dropped(interview: Interview, draft: Draft, indicator: Indicator, pending: Pending) -> Markup:
    """Says so where another value comes without parts of its own."""
    if pending.parts or indicator.code not in draft.figures:
        return Markup()
    words, standing = interview.words, _standing(interview, draft, indicator.code)
    if not standing:
        return Markup()
    names = ", ".join(part.name for part in indicator.parts if part.code in standing)
    return words("The parts recorded before no longer count: {names}.", names=names)
