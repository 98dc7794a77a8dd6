"""The average growth a year, since the year that the plan's target counts from."""

from handlers.language import Markup
from handlers.report.drafts import as_of
from handlers.report.interview import Interview
from plan import territory
from plan.attainment import base_year, mean_growth
from plan.territory import Basis
from storage.years import Year

LEAST = 2
"""Years without which an average is last year's growth once more."""


def since_base(interview: Interview, code: str, count: int) -> Markup:
    """Shown beside last year's growth; said to be missing where the first year is."""
    words, first = interview.words, base_year(interview.year)
    years = interview.year - first
    if years < LEAST:
        return Markup()
    value = mean_growth(_counted_in(interview, code, first), count, years)
    if value is None:
        return words("Not enough figures for the yearly average since {year}", year=first)
    if value < 0:
        percent = words.percent(-value)
        return words("Down {percent} a year on average since {year}", percent=percent, year=first)
    percent = words.percent(value)
    return words("Up {percent} a year on average since {year}", percent=percent, year=first)


def basis_here(interview: Interview) -> Basis:
    """The ground that this year's figure covers."""
    on = Year(interview.year, interview.today).on
    agency = interview.agencies.named(interview.agency_id, on)
    return territory.basis_of(as_of(interview.year, interview.today), agency.kind)


def _counted_in(interview: Interview, code: str, year: int) -> int | None:
    """On the ground of today: as the next report restated it, else as it was reported."""
    basis, agency_id = basis_here(interview), interview.agency_id
    following = interview.earlier(agency_id, code, year + 2)
    if (
        following is not None
        and following.count_before is not None
        and territory.of_figure(following) is basis
    ):
        return following.count_before
    return territory.held(interview.earlier(agency_id, code, year + 1), basis)
