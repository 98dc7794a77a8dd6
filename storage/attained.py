"""What judgements are made of, as it is kept: what was sent in, and who holds or held a duty."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from plan.answers import Share
from plan.attainment import Assessment, Reported, Review, assess
from plan.attainment.judging import FIRST
from plan.attainment.reported import Holders
from plan.attainment.shares import ends_on
from plan.catalogue import Catalogue, Indicator, Role
from plan.territory import OF_OLD_MAP
from storage.figures import OFFICIAL, SENT_IN, STANDING
from storage.reports import ANSWERED
from storage.tables import Agency, FigurePart, Report, Responsibility
from storage.tables import Figure as FigureRow
from storage.years import Year

ENTRY = (
    columns(
        col(FigureRow.indicator),
        col(Report.agency_id),
        col(Report.year),
        col(FigureRow.id),
        col(FigureRow.state),
        col(FigureRow.as_of_on),
        OFFICIAL,
        col(FigureRow.numerator),
        col(FigureRow.denominator),
        col(FigureRow.count),
        col(FigureRow.count_before),
        col(FigureRow.basis),
        col(FigureRow.estimate),
        col(FigureRow.reason),
    )
    .join(FigureRow, col(FigureRow.report_id) == col(Report.id))
    .where(STANDING, col(FigureRow.state).in_(ANSWERED))
)
"""The indicator, then what an answer is made of, in the order of its fields."""
ENTRY_ID = 2


@dataclass(frozen=True, slots=True)
class Held:
    """A duty to report an indicator, and the days from and to which it is held."""

    agency_id: str
    kind: str
    since: date | None
    until: date | None

    def held_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or self.until >= day
        )


@dataclass(frozen=True, slots=True)
class Known:
    """Of one indicator: the answers of all years, and who holds or held it."""

    indicator: Indicator
    figures: list[Reported] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    review: Review | None = None
    """What 2025 was found to be, once that year is closed."""
    closed: Assessment | None = None
    """How it stood in the year that was asked for, where that has been closed."""

    def judged(self, year: Year, *, due: bool) -> Assessment:
        """A year that was closed stays as it was."""
        if self.closed is not None and self.closed.year == year.number:
            return self.closed
        asked = self.asked(year)
        return assess(self.indicator, year.number, self.figures, asked, due=due, review=self.review)

    def answers_until(self, year: int) -> list[Reported]:
        return [figure for figure in self.figures if figure.year <= year]

    def asked(self, year: Year) -> dict[int, Holders]:
        """Who was asked in that year, and in 2025 for the target of 2025."""
        years = {year.number, min(year.number, FIRST)}
        return {number: holders(self, Year(number, year.today)) for number in years}

    def concerns(self, year: Year) -> bool:
        """Whether anybody was asked for it in that year, or has answered it."""
        if self.closed is not None:
            return any(e.coverage.asked for e in (self.closed.in_2025, self.closed.in_2030))
        answered = any(figure.year == year.number for figure in self.figures)
        return answered or bool(holders(self, year))


def holders(known: Known, year: Year) -> Holders:
    """Who is asked in a year: whoever holds the duty on its last day, or today; with the day on
    which it ended, where it did.

    In the year in which a category ends, those who held it until then are asked too: its last
    count stands for the year. What is of the old map ended with it, whatever the register says.
    """
    day = ends_on(known.indicator)
    ending = day if day is not None and day.year == year.number and day < year.on else None
    found: dict[str, date | None] = {}
    for each in known.held:
        goes_on = each.held_on(year.on)
        if ending and each.held_on(ending) and (not goes_on or each.kind in OF_OLD_MAP):
            found[each.agency_id] = ending
        elif goes_on:
            found[each.agency_id] = None
    return found


class Attained:
    """In a fixed number of statements, whatever is asked for."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self.session, self.catalogue = session, catalogue

    def known(
        self,
        codes: Collection[str] | None = None,
        *,
        agency_id: str | None = None,
        drafts_of: int | None = None,
        years: Collection[int] | None = None,
    ) -> dict[str, Known]:
        """Indicator → all that is known of it, in the plan's order; of one agency, or of all; of
        all years, or of some.
        """
        found = {
            indicator.code: Known(indicator)
            for indicator in self.catalogue.indicators
            if codes is None or indicator.code in codes
        }
        divided = [code for code, each in found.items() if each.indicator.parts]
        parts = self._parts(divided, agency_id) if divided else {}
        for code, *answer in self._entries(found, agency_id, drafts_of, years):
            if code in found:
                answer.append(parts.get(answer[ENTRY_ID], {}))
                found[code].figures.append(Reported(*answer))
        for code, held in self._held(found, agency_id):
            if code in found:
                found[code].held.append(held)
        return found

    def _entries(
        self,
        codes: Collection[str],
        agency_id: str | None,
        drafts_of: int | None,
        years: Collection[int] | None,
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        wanted = SENT_IN if drafts_of is None else or_(SENT_IN, col(Report.year) == drafts_of)
        query = ENTRY.where(wanted)
        if agency_id is None:
            query = query.where(col(FigureRow.indicator).in_(sorted(codes)))
        else:
            query = query.where(col(Report.agency_id) == agency_id)
        if years is not None:
            query = query.where(col(Report.year).in_(sorted(years)))
        return self._rows(query)

    def _parts(
        self, codes: Collection[str], agency_id: str | None
    ) -> Mapping[int, Mapping[str, Share]]:
        query = (
            columns(
                col(FigurePart.figure_id),
                col(FigurePart.part),
                col(FigurePart.numerator),
                col(FigurePart.denominator),
            )
            .join(FigureRow, col(FigureRow.id) == col(FigurePart.figure_id))
            .where(STANDING, col(FigureRow.indicator).in_(sorted(codes)))
        )
        if agency_id is not None:
            of_agency = col(Report.agency_id) == agency_id
            query = query.join(Report, col(Report.id) == col(FigureRow.report_id)).where(of_agency)
        found: dict[int, dict[str, Share]] = defaultdict(dict)
        for row in self._rows(query):
            found[row.figure_id][row.part] = Share(row.numerator or 0, row.denominator or 0)
        return found

    def _held(self, codes: Collection[str], agency_id: str | None) -> Iterator[tuple[str, Held]]:
        query: Select[*tuple[Any, ...]] = (
            columns(
                col(Responsibility.code),
                col(Responsibility.agency_id),
                col(Responsibility.valid_from),
                col(Responsibility.valid_to),
                col(Agency.kind),
                col(Agency.valid_from).label("exists_from"),
                col(Agency.valid_to).label("exists_to"),
            )
            .join(Agency, col(Agency.id) == col(Responsibility.agency_id))
            .where(col(Responsibility.role) == Role.REPORT.value)
            .order_by(col(Responsibility.id))
        )
        if agency_id is None:
            query = query.where(col(Responsibility.code).in_(sorted(codes)))
        else:
            query = query.where(col(Responsibility.agency_id) == agency_id)
        for row in self._rows(query):
            since = max((day for day in (row.valid_from, row.exists_from) if day), default=None)
            until = min((day for day in (row.valid_to, row.exists_to) if day), default=None)
            yield row.code, Held(row.agency_id, row.kind, since, until)

    def _rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        # A connection does not know what the session still holds back.
        self.session.flush()
        return self.session.connection().execute(query).all()
