"""How the city and its agencies stand, in a fixed number of statements; plan.attainment judges."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import and_, case, exists, func
from sqlalchemy import select as columns
from sqlmodel import col

from plan.attainment import BASES, Assessment, Review
from plan.attainment.judging import FIRST
from plan.attainment.reported import NO_OBJECT, VALUE
from plan.attainment.tallied import Tally, assess_sums, sums_do
from plan.catalogue import Role
from storage.agencies import valid
from storage.attained import Attained, Known
from storage.figures import OFFICIAL, SENT_IN, STANDING
from storage.freezing import Frozen
from storage.reports import ANSWERED
from storage.tables import Agency, Report, Responsibility
from storage.tables import Figure as FigureRow
from storage.years import Year

FIRST_REPORTED = 2023
"""The plan's first year."""


class Standings(Attained):
    """What is kept, and how it is judged."""

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
            .where(SENT_IN, STANDING, col(FigureRow.state).in_(ANSWERED))
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


@dataclass(frozen=True, slots=True)
class _Tallies:
    """Of one year; by indicator."""

    asked: Mapping[str, int]
    sums: dict[str, list[Tally]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many of those asked have answered."""

    def silent(self, code: str) -> int:
        return self.asked.get(code, 0) - self.answered[code]
