"""Approving, returning and reopening what was sent in: always the version that was looked at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from plan.approval import Held, Refusal, weigh_picked, weigh_reason, weigh_return
from storage.audit import Audit
from storage.awaiting import OF_ALL_YEARS, WAITING, Waiting
from storage.figures import LOCKED
from storage.narratives import TOPICS
from storage.picked import Picked
from storage.reports import OPEN
from storage.tables import Decision, DecisionItem, Figure, Report, TaskStatus
from storage.versions import Change, Versions

# Whoever waited for the row must see what was written on it meanwhile.
HELD = (
    select(Report)
    .where(col(Report.id) == bindparam("report_id"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, slots=True)
class Stale:
    """The report is not what was looked at; nothing was changed.

    `changes` are what differs from the version that was seen, empty where only the state does.
    """

    state: str
    version: int
    changes: tuple[Change, ...]


Outcome: TypeAlias = Decision | Stale | Refusal


@dataclass(frozen=True, slots=True)
class Official:
    """Who decides, by which channel, when; `today` is the day where they are."""

    person_id: int
    channel: str
    now: datetime
    today: date


class Approvals:
    """`seen` is the version that the official has looked at."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def endorse(self, report_id: int, seen: int, by: Official) -> Outcome:
        """The agency's own leader agrees. The state stays: only the office makes it official."""
        report = self._held(report_id)
        if stale := self._stale(report, seen, ("submitted",)):
            return stale
        return self._decide(report, "endorsed", by)

    def approve(self, report_id: int, seen: int, by: Official) -> Outcome:
        """Submitted → approved: official from now on, and locked. Never one's own."""
        report = self._held(report_id)
        if stale := self._stale(report, seen, ("submitted",)):
            return stale
        if by.person_id in self.authors(report):
            return Refusal.OWN
        held = self.held(report)
        rest = held.waiting if held.approved else ()
        return self._decide(report, "approved", by, state="approved", codes=rest)

    def approve_some(
        self, report_id: int, seen: int, picked: Collection[str], by: Official
    ) -> Outcome:
        """These are official from now on, and locked; the report is, with the last of its answers.

        Never one's own, as of the whole.
        """
        report = self._held(report_id)
        if stale := self._stale(report, seen, ("submitted",)):
            return stale
        if by.person_id in self.authors(report):
            return Refusal.OWN
        held = self.held(report)
        if refusal := weigh_picked(picked, held):
            return refusal
        if set(picked) == held.waiting:
            return self.approve(report_id, seen, by)
        decision = self._decide(report, "partly", by, codes=picked)
        Picked(self.session).mark(report, picked, decision.id)
        return decision

    def send_back(
        self,
        report_id: int,
        seen: int,
        picked: Collection[str],
        *,
        reason: str,
        until_on: date,
        by: Official,
    ) -> Outcome:
        """Submitted → returned: what was picked is to come again by that day, corrected."""
        report = self._held(report_id)
        if stale := self._stale(report, seen, ("submitted",)):
            return stale
        held = self.held(report)
        whole = Held({*held.codes, *TOPICS}, held.approved)
        if refusal := weigh_return(reason, picked, whole, until_on, by.today):
            return refusal
        report.returned_at, report.return_until_on = by.now, until_on
        return self._decide(
            report, "returned", by, state="returned", reason=reason, until_on=until_on, codes=picked
        )

    def reopen(self, report_id: int, seen: int, *, reason: str, by: Official) -> Outcome:
        """Approved or frozen → submitted: provisional again, to be returned or approved anew.

        Where only some answers are approved, these are no more; the report stays where it is.
        """
        report = self._held(report_id)
        picked = self.held(report).approved
        if stale := self._stale(report, seen, (report.state,) if picked else LOCKED):
            return stale
        if refusal := weigh_reason(reason):
            return refusal
        Picked(self.session).mark(report, picked, None)
        state = "submitted" if report.state in LOCKED else report.state
        return self._decide(report, "reopened", by, state=state, reason=reason)

    def waiting(self, year: int | None = None) -> list[Waiting]:
        """Of all agencies, whatever has waited longest first; without a year, of all years."""
        self.session.flush()
        connection = self.session.connection()
        if year is None:
            rows = connection.execute(OF_ALL_YEARS)
        else:
            rows = connection.execute(WAITING, {"year": year})
        return [Waiting(*row) for row in rows]

    def returned_to(self, agencies: Collection[str]) -> Sequence[Report]:
        """What these are to correct, the latest year first."""
        query = select(Report).where(
            col(Report.agency_id).in_(agencies), col(Report.state) == "returned"
        )
        return self.session.exec(query.order_by(col(Report.year).desc(), col(Report.id))).all()

    def of(self, report_id: int) -> Sequence[Decision]:
        """The oldest first."""
        query = select(Decision).where(Decision.report_id == report_id).order_by(col(Decision.id))
        return self.session.exec(query).all()

    def last(self, report_id: int, kind: str) -> Decision | None:
        return next((each for each in reversed(self.of(report_id)) if each.kind == kind), None)

    def picked(self, decision_id: int) -> set[str]:
        query = select(DecisionItem.code).where(DecisionItem.decision_id == decision_id)
        return set(self.session.exec(query))

    def may_change(self, report: Report, code: str) -> bool:
        """A draft is open but for what is approved; of what was returned, only what was picked, and
        what is new.
        """
        locked = self.locked(report) | Picked(self.session).codes(report)
        return report.state in OPEN and code not in locked

    def locked(self, report: Report) -> set[str]:
        """What stays as it was sent while the rest of a returned report is corrected."""
        back = self.last(report.id or 0, "returned") if report.state == "returned" else None
        return (self._codes(report) | set(TOPICS)) - self.picked(back.id or 0) if back else set()

    def held(self, report: Report) -> Held:
        """What can be decided on, and what has been."""
        return Held(self._codes(report), Picked(self.session).codes(report))

    def authors(self, report: Report) -> set[int]:
        """Who has sent it or given an answer that stands in it."""
        found = {report.submitted_by} if report.submitted_by else set()
        for table in (Figure, TaskStatus):
            query = select(table.person_id).where(
                col(table.report_id) == report.id, col(table.superseded_at).is_(None)
            )
            found |= set(self.session.exec(query))
        return found

    def _held(self, report_id: int) -> Report:
        """KeyError where there is none: nobody can have looked at it."""
        report = self.session.exec(HELD, params={"report_id": report_id}).first()
        if report is None:
            raise KeyError(report_id)
        return report

    def _stale(self, report: Report, seen: int, states: Collection[str]) -> Stale | None:
        if report.version == seen and report.state in states:
            return None
        changes = Versions(self.session).since(report.id or 0, seen)
        return Stale(report.state, report.version, changes)

    def _codes(self, report: Report) -> set[str]:
        return Versions(self.session).codes(report.id or 0)

    def _decide(
        self,
        report: Report,
        kind: str,
        by: Official,
        *,
        state: str = "",
        reason: str = "",
        until_on: date | None = None,
        codes: Collection[str] = (),
    ) -> Decision:
        was, report.state = report.state, state or report.state
        decision = Decision(
            report_id=report.id or 0,
            version=report.version,
            kind=kind,
            reason=reason.strip(),
            until_on=until_on,
            person_id=by.person_id,
            channel=by.channel,
            at=by.now,
        )
        self.session.add(decision)
        self.session.flush()
        rows = [{"decision_id": decision.id, "code": code} for code in sorted(set(codes))]
        if rows:
            self.session.connection().execute(insert(DecisionItem), rows)
        told = [f"until {until_on}" if until_on else "", *sorted(set(codes))]
        subject = f"{report.agency_id} {report.year} v{report.version}"
        after = " ".join([report.state, *filter(None, told)])
        Audit(self.session).note(f"report.{kind}", subject, before=was, after=after, now=by.now)
        return decision
