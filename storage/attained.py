"""What attainment is worked out from, as it is kept: what was sent in, and who was asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as columns
from sqlmodel import Session, col

from plan.answers import Share
from plan.attainment import Holders, Reported
from plan.attainment.judging import FIRST
from plan.attainment.shares import ends_on
from plan.catalogue import Catalogue, Indicator
from plan.territory import OF_OLD_MAP
from storage.agencies import Agencies
from storage.approvals import LOCKED
from storage.figures import REPORTED
from storage.reports import ANSWERED
from storage.tables import Figure, FigurePart, Report
from storage.years import Year

# In the order of Reported, after the indicator.
ANSWERS: tuple[Any, ...] = (
    col(Figure.indicator),
    col(Report.agency_id),
    col(Report.year),
    col(Figure.id),
    col(Figure.state),
    col(Figure.as_of_on),
    col(Report.state).in_(LOCKED),
    col(Figure.numerator),
    col(Figure.denominator),
    col(Figure.count),
    col(Figure.count_before),
    col(Figure.basis),
    col(Figure.estimate),
    col(Figure.reason),
)
PARTS: tuple[Any, ...] = (
    col(FigurePart.figure_id),
    col(FigurePart.part),
    col(FigurePart.numerator),
    col(FigurePart.denominator),
)


class Attained:
    def __init__(self, session: Session) -> None:
        self.session = session

    def answers(self, until: int, agency_id: str = "") -> dict[str, list[Reported]]:
        """Indicator → the answers of all years up to that one; with `agency_id`, of it alone."""
        # A connection does not know what the session still holds back.
        self.session.flush()
        connection = self.session.connection()
        parts: dict[int, dict[str, Share]] = {}
        divided = columns(*PARTS).join(Figure, col(Figure.id) == col(FigurePart.figure_id))
        for number, part, met, total in connection.execute(_sent(divided, until, agency_id)):
            parts.setdefault(number, {})[part] = Share(met, total)
        found: dict[str, list[Reported]] = {}
        answers = _sent(columns(*ANSWERS).select_from(Figure), until, agency_id)
        for row in connection.execute(answers):
            answer = Reported(*row[1:])
            if answer.entry_id in parts:
                answer = replace(answer, parts=parts[answer.entry_id])
            found.setdefault(row[0], []).append(answer)
        return found

    def asked(self, catalogue: Catalogue, year: Year) -> dict[str, dict[int, Holders]]:
        """Indicator → year → who was asked: in that year, and in 2025 for the target of 2025."""
        numbers = {year.number, min(year.number, FIRST)}
        found: dict[str, dict[int, Holders]] = {item.code: {} for item in catalogue.indicators}
        for number in numbers:
            for code, holders in self._asked_in(catalogue, Year(number, year.today)).items():
                found[code][number] = holders
        return found

    def _asked_in(self, catalogue: Catalogue, year: Year) -> dict[str, Holders]:
        agencies = Agencies(self.session)
        now = agencies.reporters(year.on)
        found: dict[str, Holders] = {}
        last: dict[date, Mapping[str, list[str]]] = {}
        for indicator in catalogue.indicators:
            holders: dict[str, date | None] = dict.fromkeys(now.get(indicator.code, ()))
            if (day := ends_on(indicator)) and day.year == year.number and day < year.on:
                last.setdefault(day, agencies.reporters(day))
                holders |= self._ended(agencies, indicator, day, last[day], holders)
            found[indicator.code] = holders
        return found

    def _ended(
        self,
        agencies: Agencies,
        indicator: Indicator,
        day: date,
        last: Mapping[str, list[str]],
        going_on: Holders,
    ) -> Holders:
        """Who held it on the last day of what ended, and does no more or is of the old map."""
        kinds = {agency.id: agency.kind for agency in agencies.on(day)}
        return {
            name: day
            for name in last.get(indicator.code, ())
            if name not in going_on or kinds.get(name) in OF_OLD_MAP
        }


def _sent(query: Select[Any], until: int, agency_id: str) -> Select[Any]:
    sent = query.join(Report, col(Report.id) == col(Figure.report_id)).where(
        col(Report.state).in_(REPORTED),
        col(Report.year) <= until,
        col(Figure.superseded_at).is_(None),
        col(Figure.state).in_(ANSWERED),
    )
    return sent.where(col(Report.agency_id) == agency_id) if agency_id else sent
