"""What an agency says of its own plan of a year: issued or not, under which number, when."""

from datetime import date, datetime

from sqlmodel import Session

from storage.audit import Audit
from storage.tables import AgencyPlan

PLAN, REVIEW = "plan", "review"


class OwnPlans:
    def __init__(self, session: Session) -> None:
        self.session = session

    def say(
        self,
        agency_id: str,
        year: int,
        *,
        issued: bool,
        number: str = "",
        issued_on: date | None = None,
        kind: str = PLAN,
        person_id: int,
        now: datetime,
    ) -> AgencyPlan:
        row = self.of(agency_id, year, kind)
        before = "" if row is None else _said(row)
        if row is None:
            row = AgencyPlan(
                agency_id=agency_id,
                year=year,
                kind=kind,
                issued=issued,
                person_id=person_id,
                at=now,
            )
        row.issued, row.number, row.issued_on = issued, number, issued_on
        row.person_id, row.at = person_id, now
        self.session.add(row)
        self.session.flush()
        subject = f"{agency_id} {year} {kind}"
        Audit(self.session).note("plan.said", subject, before=before, after=_said(row), now=now)
        return row

    def of(self, agency_id: str, year: int, kind: str = PLAN) -> AgencyPlan | None:
        return self.session.get(AgencyPlan, (agency_id, year, kind))


def _said(row: AgencyPlan) -> str:
    return "issued" if row.issued else "not issued"
