"""What judgements are made of, in a fixed number of statements; plan.attainment judges."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from plan.answers import Share
from plan.attainment import BASES, Assessment, Reported, Review, assess
from plan.attainment.judging import FIRST
from plan.attainment.reported import NO_OBJECT, VALUE, Holders
from plan.attainment.shares import ends_on
from plan.attainment.tallied import Tally, assess_sums, sums_do
from plan.catalogue import Catalogue, Indicator, Role
from plan.territory import OF_OLD_MAP
from storage.agencies import valid
from storage.approvals import LOCKED
from storage.figures import REPORTED, STANDING
from storage.freezing import Frozen
from storage.reports import ANSWERED
from storage.tables import Agency, FigurePart, Report, Responsibility
from storage.tables import Figure as FigureRow
from storage.years import Year

OFFICIAL = col(Report.state).in_(LOCKED)
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
FIRST_REPORTED = 2023
"""The plan's first year."""
SENT = col(Report.state).in_(REPORTED)


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

    def over_after(self, day: date) -> bool:
        return self.until == day or self.kind in OF_OLD_MAP


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
        years = {year.number, min(year.number, FIRST)}
        asked = {number: holders(self, Year(number, year.today)) for number in years}
        return assess(self.indicator, year.number, self.figures, asked, due=due, review=self.review)

    def concerns(self, year: Year) -> bool:
        """Whether anybody was asked for it in that year, or has answered it."""
        if self.closed is not None:
            return any(e.coverage.asked for e in (self.closed.in_2025, self.closed.in_2030))
        answered = any(figure.year == year.number for figure in self.figures)
        return answered or bool(holders(self, year))


def holders(known: Known, year: Year) -> Holders:
    """Who is asked in a year: whoever holds the duty on its last day, or today.

    In the year in which a category ends, those who held it until then are asked too: its last
    count stands for the year. What is of the old map ended with it, whatever the register says.
    """
    day = ends_on(known.indicator)
    ending = day if day is not None and day.year == year.number and day < year.on else None
    found: dict[str, date | None] = {}
    for each in known.held:
        if ending and each.held_on(ending) and each.over_after(ending):
            found[each.agency_id] = ending
        elif each.held_on(year.on):
            found[each.agency_id] = each.until
    return found


class Standings:
    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self.session, self.catalogue = session, catalogue

    def of_agency(
        self, agency_id: str, year: Year, *, due: bool, draft: bool = False
    ) -> dict[str, Assessment]:
        """Indicator → how the agency stands, of what it holds or has reported.

        With `draft`, what it has answered and not sent yet counts as provisional.
        """
        known = self.view(year, agency_id=agency_id, draft=draft)
        return {
            code: each.judged(year, due=due) for code, each in known.items() if each.concerns(year)
        }

    def view(
        self,
        year: Year,
        codes: Collection[str] | None = None,
        *,
        agency_id: str | None = None,
        draft: bool = False,
    ) -> dict[str, Known]:
        """As `known`, for looking at one year: closed years are what they were closed as.

        Only an agency by itself has a draft: it is in no sum.
        """
        drafts_of = year.number if draft and agency_id else None
        found = self.known(codes, agency_id=agency_id, drafts_of=drafts_of)
        frozen = Frozen(self.session)
        closed = frozen.judged(self.catalogue, year.number, agency_id or "") or {}
        reviews = self._reviews(year, agency_id or "") if not closed else {}
        return {
            code: replace(each, closed=closed.get(code), review=reviews.get(code))
            for code, each in found.items()
        }

    def history(self, code: str, until: Year, agency_id: str | None = None) -> list[Assessment]:
        """The years from the plan's first one on, each as it was closed, or as it stands."""
        drafts_of = until.number if agency_id else None
        known = self.known([code], agency_id=agency_id, drafts_of=drafts_of)[code]
        frozen, found = Frozen(self.session), []
        for number in range(FIRST_REPORTED, until.number + 1):
            closed = frozen.judged(self.catalogue, number, agency_id or "")
            year = Year(number, until.today)
            found.append(closed[code] if closed else known.judged(year, due=True))
        return found

    def _reviews(self, year: Year, agency_id: str) -> Mapping[str, Review]:
        if year.number <= FIRST:
            return {}
        return Frozen(self.session).reviews(self.catalogue, agency_id)

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

    def of_city(self, year: Year, *, due: bool) -> dict[str, Assessment]:
        """Indicator → how the city stands. What sums are enough for is added up by the database:
        their judgements name no agency and hold no forecast.
        """
        closed = Frozen(self.session).judged(self.catalogue, year.number)
        if closed is not None:
            return closed
        reviews = self._reviews(year, "")
        indicators = self.catalogue.indicators
        summed = [each for each in indicators if sums_do(each, year.number)]
        single = [each.code for each in indicators if each not in summed]
        looked_at = range(min(BASES.values()), year.number + 1)
        found = {
            code: replace(each, review=reviews.get(code)).judged(year, due=due)
            for code, each in self.known(single, years=looked_at).items()
        }
        judged = [Year(number, year.today) for number in {year.number, min(year.number, FIRST)}]
        tallies = {each.number: self._tallies(each) for each in judged}
        for each in summed:
            sums = [sum_ for of_year in tallies.values() for sum_ in of_year.sums[each.code]]
            silent = {number: of_year.silent(each.code) for number, of_year in tallies.items()}
            review = reviews.get(each.code)
            found[each.code] = assess_sums(each, year.number, sums, silent, due=due, review=review)
        return {each.code: found[each.code] for each in indicators}

    def _entries(
        self,
        codes: Collection[str],
        agency_id: str | None,
        drafts_of: int | None,
        years: Collection[int] | None,
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        wanted = SENT if drafts_of is None else or_(SENT, col(Report.year) == drafts_of)
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

    def _tallies(self, year: Year) -> "_Tallies":
        nothing = and_(col(FigureRow.state) == VALUE, col(FigureRow.denominator) == 0)
        kind = case((nothing, NO_OBJECT), else_=col(FigureRow.state))
        asked = exists().where(
            col(Responsibility.agency_id) == col(Report.agency_id),
            col(Responsibility.code) == col(FigureRow.indicator),
            col(Responsibility.role) == Role.REPORT.value,
            valid(Responsibility, year.on),
            valid(Agency, year.on),
        )
        query = (
            columns(
                col(FigureRow.indicator),
                kind,
                OFFICIAL,
                func.count(),
                func.sum(col(FigureRow.numerator)),
                func.sum(col(FigureRow.denominator)),
                func.sum(case((asked, 1), else_=0)),
            )
            .join(FigureRow, col(FigureRow.report_id) == col(Report.id))
            .join(Agency, col(Agency.id) == col(Report.agency_id))
            .where(SENT, STANDING, col(FigureRow.state).in_(ANSWERED))
            .where(col(Report.year) == year.number)
            .group_by(col(FigureRow.indicator), kind, OFFICIAL)
        )
        found = _Tallies(self._asked(year))
        for code, state, official, agencies, *sums, of_asked in self._rows(query):
            numbers = [int(each or 0) for each in sums]
            found.sums[code].append(Tally(year.number, state, official, agencies, *numbers))
            found.answered[code] += int(of_asked)
        return found

    def _asked(self, year: Year) -> dict[str, int]:
        """Indicator → how many agencies report it on that day."""
        query = (
            columns(col(Responsibility.code), func.count(col(Responsibility.agency_id).distinct()))
            .join(Agency, col(Agency.id) == col(Responsibility.agency_id))
            .where(col(Responsibility.role) == Role.REPORT.value)
            .where(valid(Responsibility, year.on), valid(Agency, year.on))
            .group_by(col(Responsibility.code))
        )
        return {row[0]: row[1] for row in self._rows(query)}

    def _rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        # A connection does not know what the session still holds back.
        self.session.flush()
        return self.session.connection().execute(query).all()


@dataclass(frozen=True, slots=True)
class _Tallies:
    """Of one year; by indicator."""

    asked: Mapping[str, int]
    sums: dict[str, list[Tally]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many of those asked have answered."""

    def silent(self, code: str) -> int:
        return self.asked.get(code, 0) - self.answered[code]
