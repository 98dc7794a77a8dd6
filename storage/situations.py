"""Everything that reminders depend on, of all agencies or some, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlmodel import Session, col

from plan.catalogue import Duty, Role
from plan.reminding.addressing import Holder, Leave, Roster
from plan.reminding.situations import Asked, Doze, Ease, Easing, Filed, Returned, Situation, Wish
from storage.agencies import valid
from storage.tables import (
    Absence,
    Agency,
    AgencyName,
    AgencyPlan,
    Contact,
    ExtensionRequest,
    Inquiry,
    Membership,
    Person,
    Report,
    Responsibility,
    Snooze,
    TaskStatus,
)
from storage.tables import Easing as EasingRow

YEARS_BACK = 2
"""Agencies dissolved longer ago, and reports of earlier years, concern no reminder."""
REMEMBERED = timedelta(days=60)


@dataclass
class _Facts:
    reports: dict[str, dict[int, Filed]] = field(default_factory=lambda: defaultdict(dict))
    statuses: dict[str, dict[tuple[str, int], str]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    asked: set[str] = field(default_factory=set)
    leads: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    easings: dict[str, list[Easing]] = field(default_factory=lambda: defaultdict(list))
    issued: dict[str, set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))
    dozes: dict[str, list[Doze]] = field(default_factory=lambda: defaultdict(list))
    wishes: dict[str, list[Wish]] = field(default_factory=lambda: defaultdict(list))
    inquiries: dict[str, list[Asked]] = field(default_factory=lambda: defaultdict(list))


class Situations:
    def __init__(self, session: Session) -> None:
        self.session = session

    def on(self, day: date, agencies: Collection[str] | None = None) -> list[Situation]:
        """As everything stands on that day; with `agencies`, of these only."""
        facts = self._facts(day, agencies)
        last = Agency.valid_to
        recent = or_(col(last).is_(None), col(last) >= date(day.year - YEARS_BACK, 1, 1))
        query = select(
            col(Agency.id),
            col(Agency.duty),
            col(Agency.standing),
            col(Agency.valid_from),
            col(Agency.valid_to),
        ).where(recent)
        rows = self._rows(query, Agency.id, agencies)
        names = self._names(day, agencies)
        return [_situation(row, names.get(row.id, row.id), facts) for row in rows]

    def everybody(self, day: date) -> tuple[list[Situation], Roster]:
        """All agencies with all that hold a role there; the standing agency knows who has none."""
        found = self.on(day)
        roster = self.roster([each.agency_id for each in found if each.standing])
        missing = tuple(
            each.short
            for each in found
            if each.duty is not Duty.ON_REQUEST
            and each.exists(day)
            and each.asked
            and not roster.reached(each.agency_id, day)
        )
        return [replace(s, unreached=missing) if s.standing else s for s in found], roster

    def offices(self) -> list[str]:
        """The standing agency; a list, so that none and several are no special cases."""
        query = select(col(Agency.id)).where(col(Agency.standing)).order_by(col(Agency.id))
        return list(self.session.connection().execute(query).scalars())

    def roster(self, offices: Collection[str], agencies: Collection[str] | None = None) -> Roster:
        """With `agencies`, of these and the offices only."""
        held = (
            select(
                col(Membership.person_id),
                col(Membership.agency_id),
                col(Membership.role),
                col(Contact.unreachable_since_at).is_(None).label("reachable"),
            )
            .join(Contact, col(Contact.person_id) == col(Membership.person_id))
            .join(Person, col(Person.id) == col(Membership.person_id))
            .where(col(Membership.until_at).is_(None), col(Person.consented_at).is_not(None))
            .order_by(col(Membership.agency_id), col(Membership.person_id))
        )
        away = select(
            col(Absence.person_id),
            col(Absence.agency_id),
            col(Absence.from_on),
            col(Absence.to_on),
            col(Absence.deputy_id),
        ).where(col(Absence.ended_at).is_(None))
        if agencies is not None:
            within = sorted({*agencies, *offices})
            # A deputy may stand for another agency.
            deputies = select(col(Absence.deputy_id)).where(col(Absence.agency_id).in_(within))
            held = held.where(
                or_(
                    col(Membership.agency_id).in_(within),
                    col(Membership.person_id).in_(deputies),
                )
            )
            away = away.where(col(Absence.agency_id).in_(within))
        connection = self.session.connection()
        holders = [Holder(*row) for row in connection.execute(held)]
        return Roster(holders, [Leave(*row) for row in connection.execute(away)], offices)

    def _names(self, day: date, agencies: Collection[str] | None) -> Mapping[str, str]:
        """Of the day; of one that exists no more, the last."""
        query = select(
            col(AgencyName.agency_id), col(AgencyName.short), col(AgencyName.valid_from)
        ).where(or_(col(AgencyName.valid_from).is_(None), col(AgencyName.valid_from) <= day))
        rows = self._rows(query, AgencyName.agency_id, agencies)
        ordered = sorted(rows, key=lambda row: row.valid_from or date.min)
        return {row.agency_id: row.short for row in ordered}

    def _facts(self, day: date, agencies: Collection[str] | None) -> _Facts:
        facts = _Facts()
        self._reports(facts, day, agencies)
        self._duties(facts, day, agencies)
        self._easings(facts, day, agencies)
        query = select(col(AgencyPlan.agency_id), col(AgencyPlan.kind), col(AgencyPlan.year)).where(
            col(AgencyPlan.issued)
        )
        for row in self._rows(query, AgencyPlan.agency_id, agencies):
            facts.issued[row.agency_id].add((row.kind, row.year))
        return facts

    def _reports(self, facts: _Facts, day: date, agencies: Collection[str] | None) -> None:
        first = day.year - YEARS_BACK
        query = select(
            col(Report.agency_id),
            col(Report.year),
            col(Report.state),
            col(Report.submitted_at),
            col(Report.returned_at),
            col(Report.return_until_on),
        ).where(col(Report.year) >= first)
        for agency_id, year, state, sent_at, back_at, until in self._rows(
            query, Report.agency_id, agencies
        ):
            back = Returned(back_at, until) if back_at and state == "returned" else None
            facts.reports[agency_id][year] = Filed(state, sent_at, back)
        statuses = (
            select(
                col(Report.agency_id),
                col(TaskStatus.code),
                col(Report.year),
                col(TaskStatus.status),
            )
            .join(TaskStatus, col(TaskStatus.report_id) == col(Report.id))
            .where(col(Report.year) >= first, col(TaskStatus.superseded_at).is_(None))
        )
        for agency_id, code, year, status in self._rows(statuses, Report.agency_id, agencies):
            facts.statuses[agency_id][code, year] = status

    def _duties(self, facts: _Facts, day: date, agencies: Collection[str] | None) -> None:
        query = select(
            col(Responsibility.agency_id), col(Responsibility.code), col(Responsibility.role)
        ).where(
            valid(Responsibility, day),
            col(Responsibility.role).in_((Role.REPORT.value, Role.LEAD.value)),
        )
        for row in self._rows(query, Responsibility.agency_id, agencies):
            facts.asked.add(row.agency_id)
            if row.role == Role.LEAD:
                facts.leads[row.agency_id].add(row.code)

    def _easings(self, facts: _Facts, day: date, agencies: Collection[str] | None) -> None:
        query = select(
            col(EasingRow.agency_id),
            col(EasingRow.kind),
            col(EasingRow.year),
            col(EasingRow.until_on),
            col(EasingRow.at),
        ).where(col(EasingRow.revoked_at).is_(None))
        for agency_id, kind, *rest in self._rows(query, EasingRow.agency_id, agencies):
            facts.easings[agency_id].append(Easing(Ease(kind), *rest))
        dozes = select(
            col(Snooze.agency_id),
            col(Snooze.person_id),
            col(Snooze.obligation),
            col(Snooze.until_on),
            col(Snooze.at),
        ).where(col(Snooze.until_on) >= day - REMEMBERED)
        for agency_id, *rest in self._rows(dozes, Snooze.agency_id, agencies):
            facts.dozes[agency_id].append(Doze(*rest))
        undecided = select(
            col(ExtensionRequest.agency_id),
            col(ExtensionRequest.id),
            col(ExtensionRequest.year),
            col(ExtensionRequest.at),
        ).where(col(ExtensionRequest.state) == "open")
        for agency_id, *rest in self._rows(undecided, ExtensionRequest.agency_id, agencies):
            facts.wishes[agency_id].append(Wish(*rest))
        unexplained = (
            select(
                col(Report.agency_id),
                col(Inquiry.id),
                col(Inquiry.code),
                col(Report.year),
                col(Inquiry.until_on),
                col(Inquiry.at),
            )
            .join(Inquiry, col(Inquiry.report_id) == col(Report.id))
            .where(col(Inquiry.state) == "open", col(Inquiry.asked_of) == "agency")
        )
        for agency_id, *rest in self._rows(unexplained, Report.agency_id, agencies):
            facts.inquiries[agency_id].append(Asked(*rest))

    def _rows(
        self,
        query: Select[*tuple[Any, ...]],
        column: Any,  # noqa: ANN401 - a column
        agencies: Collection[str] | None,
    ) -> Iterable[Row[*tuple[Any, ...]]]:
        if agencies is not None:
            query = query.where(col(column).in_(sorted(agencies)))
        return self.session.connection().execute(query)


def _situation(row: Row[*tuple[Any, ...]], short: str, facts: _Facts) -> Situation:
    agency_id = row.id
    return Situation(
        agency_id=agency_id,
        duty=Duty(row.duty),
        short=short,
        standing=row.standing,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        asked=agency_id in facts.asked,
        leads=frozenset(facts.leads.get(agency_id, ())),
        reports=facts.reports.get(agency_id, {}),
        statuses=facts.statuses.get(agency_id, {}),
        easings=tuple(facts.easings.get(agency_id, ())),
        issued=frozenset(facts.issued.get(agency_id, ())),
        dozes=tuple(facts.dozes.get(agency_id, ())),
        wishes=tuple(facts.wishes.get(agency_id, ())),
        inquiries=tuple(facts.inquiries.get(agency_id, ())),
    )
