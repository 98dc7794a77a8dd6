"""A report being filled in: what the agency is asked, what it has answered, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plan.catalogue import Catalogue, Indicator
from plan.deadlines import CUT_OFF
from plan.words import fold, tidy
from storage.agencies import Agencies, Duties, NamedAgency
from storage.approvals import Approvals
from storage.figures import Figure
from storage.reports import OPEN, Reports
from storage.tables import Report, TaskStatus
from storage.years import Year

PLAN_STARTS, PLAN_ENDS = 2023, 2030


@dataclass(frozen=True, slots=True)
class Draft:
    agency: NamedAgency
    report: Report
    codes: Sequence[str]
    figures: dict[str, Figure]
    statuses: dict[str, TaskStatus]
    locked: frozenset[str] = frozenset()
    """What stays as it was sent: only the rest was sent back, or it is approved by itself."""

    @property
    def is_open(self) -> bool:
        """Answers may still be given: it has not been sent, or was sent back."""
        return self.report.state in OPEN

    def has(self, code: str) -> bool:
        return code in self.figures or code in self.statuses

    def is_skipped(self, code: str) -> bool:
        if code in self.figures:
            return self.figures[code].state == "skipped"
        return code in self.statuses and self.statuses[code].status == "skipped"

    @property
    def changeable(self) -> list[str]:
        return [code for code in self.codes if code not in self.locked]

    def is_approved(self, code: str) -> bool:
        """By itself, whatever becomes of the rest of the report."""
        row = self.figures.get(code) or self.statuses.get(code)
        return row is not None and row.approval_id is not None

    @property
    def missing(self) -> list[str]:
        return missing(self.codes, self.figures, self.statuses)

    @property
    def newest(self) -> list[int]:
        """Tells whether somebody has changed an answer since: newer answers are newer rows."""
        kept = (self.figures.values(), self.statuses.values())
        return [max((row.id or 0 for row in rows), default=0) for rows in kept]

    def first_open(self) -> str | None:
        return next((code for code in self.codes if not self.has(code)), None)

    def after(self, code: str) -> str | None:
        """The next question without an answer, onwards only: earlier gaps wait for the review.

        After a question that is not asked any more, because the duty has moved, it is the first.
        """
        place, _ = self.position(code)
        return next((c for c in self.codes[place:] if not self.has(c)), None)

    def before(self, code: str) -> str | None:
        place, _ = self.position(code)
        return self.codes[place - 2] if place > 1 else None

    def position(self, code: str) -> tuple[int, int]:
        """Its number and how many there are; 0 where it is not asked any more."""
        place = self.codes.index(code) + 1 if code in self.codes else 0
        return place, len(self.codes)


def missing(
    codes: Sequence[str], figures: Mapping[str, Figure], statuses: Mapping[str, TaskStatus]
) -> list[str]:
    """What is not answered, or skipped for now."""
    answered = {code for code, figure in figures.items() if figure.state != "skipped"}
    answered |= {code for code, status in statuses.items() if status.status != "skipped"}
    return [code for code in codes if code not in answered]


def asked_of(agency_id: str, agencies: Agencies, on: date) -> list[str]:
    """The questions of an agency's report, figures first, by the duties it holds on that day."""
    return _codes(agencies.duties(agency_id, on))


def _codes(duties: Duties) -> list[str]:
    return duties.reports + duties.leads


def draft_of(
    agency_id: str, year: int, agencies: Agencies, reports: Reports, now: datetime, today: date
) -> Draft:
    """What an agency reports in a year: the duties it holds on the day it is asked."""
    report = reports.open(agency_id, year, now)
    agency, duties = agencies.asked(agency_id, Year(year, today).on)
    statuses = reports.statuses(report) if duties.leads else {}
    figures = reports.figures(report)
    locked = Approvals(reports.session).locked(report)
    locked |= {code for code, row in figures.items() if row.approval_id is not None}
    locked |= {code for code, status in statuses.items() if status.approval_id is not None}
    return Draft(agency, report, _codes(duties), figures, statuses, frozenset(locked))


def code_meant(said: str, codes: Sequence[str]) -> str | None:
    """The code in any spelling: `tv13`, `TV 1.3`."""
    for bare in (_exact, _bare):
        for code in codes:
            if bare(code) == bare(said):
                return code
    return None


def _exact(code: str) -> str:
    """`d` and `đ` are two clauses; only who types no accents at all gets the first of them."""
    return "".join(sign for sign in tidy(code).casefold() if sign.isalnum())


def _bare(code: str) -> str:
    return fold(_exact(code))


def as_of(year: int, today: date) -> date:
    return min(today, date(year, *CUT_OFF))


def indicator_of(catalogue: Catalogue, code: str) -> Indicator | None:
    """The indicator of a code, or None where the code is a task or an assignment."""
    return next((item for item in catalogue.indicators if item.code == code), None)
