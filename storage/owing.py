"""Agencies that still owe a report: how far they are, when they were last in touch, and nudging."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from plan.calendars import local_date
from storage.audit import Audit
from storage.outbox import Lane
from storage.tables import (
    Contact,
    Conversation,
    Figure,
    Membership,
    OutboxRow,
    Person,
    Reminder,
    Report,
)
from storage.upsert import insert_new

KIND = "nudge"
STEP = "nudge"


@dataclass(frozen=True, slots=True)
class Focal:
    """A focal point, and since when what is sent to them comes back, if it does."""

    full_name: str
    unreachable_since_at: datetime | None


@dataclass(frozen=True, slots=True)
class Touch:
    """Of one agency: the last reminder sent to it, its last sign of life, and who stands for it."""

    answers: int = 0
    reminded_at: datetime | None = None
    heard_at: datetime | None = None
    focal: tuple[Focal, ...] = ()


@dataclass(frozen=True, slots=True)
class Nudge:
    """To one person, of one agency's report. `aim_on` is the last day of its deadline."""

    agency_id: str
    year: int
    aim_on: date
    person_id: int
    channel: str
    address: str
    not_before_at: datetime
    send_by_at: datetime

    @property
    def step(self) -> str:
        """A day has room for one."""
        return f"{STEP} {local_date(self.not_before_at)}"

    @property
    def key(self) -> str:
        return f"nudge:{self.agency_id}:{self.year}:{self.person_id}:{self.step}"


class Owing:
    def __init__(self, session: Session) -> None:
        self.session = session

    def touches(self, agencies: Collection[str], year: int) -> dict[str, Touch]:
        """In four statements, however many agencies."""
        wanted = sorted(agencies)
        answers = self._answers(wanted, year)
        reminded = self._reminded(wanted)
        focal, spoke = self._focal(wanted)
        found = {}
        for name in wanted:
            count, typed_at = answers.get(name, (0, None))
            sent_at, pressed_at = reminded.get(name, (None, None))
            signs = [at for at in (typed_at, pressed_at, spoke.get(name)) if at]
            found[name] = Touch(count, sent_at, max(signs, default=None), focal.get(name, ()))
        return found

    def reminded_on(self, agency_id: str, day: date) -> datetime | None:
        """When a reminder of that day was sent to the agency, or is to be sent."""
        moment = func.coalesce(col(OutboxRow.sent_at), col(OutboxRow.not_before_at))
        query = (
            select(col(OutboxRow.sent_at), col(OutboxRow.not_before_at))
            .join(Reminder, col(Reminder.outbox_id) == col(OutboxRow.id))
            .where(
                col(Reminder.agency_id) == agency_id,
                col(OutboxRow.state).in_(("queued", "sending", "sent", "unknown")),
            )
            .order_by(moment.desc())
            .limit(1)
        )
        row = self.session.connection().execute(query).first()
        at = (row.sent_at or row.not_before_at) if row else None
        return at if at is not None and local_date(at) == day else None

    def nudge(self, wanted: Sequence[Nudge], now: datetime) -> int:
        """Queued once a person and day, with a line in the ledger each; how many were new."""
        sent = 0
        for each in wanted:
            if insert_new(self.session, OutboxRow, [_letter(each, now)]):
                insert_new(self.session, Reminder, [_line(each, self._number(each.key), now)])
                sent += 1
        if sent:
            subject = f"{wanted[0].agency_id} {wanted[0].year}"
            after = "people " + " ".join(str(each.person_id) for each in wanted)
            Audit(self.session).note("report.nudged", subject, after=after, now=now)
        return sent

    def _number(self, key: str) -> int:
        query = select(col(OutboxRow.id)).where(col(OutboxRow.dedupe_key) == key)
        return self.session.connection().execute(query).scalar_one() or 0

    def _answers(
        self, agencies: Sequence[str], year: int
    ) -> Mapping[str, tuple[int, datetime | None]]:
        query = (
            select(col(Report.agency_id), func.count(), func.max(col(Figure.recorded_at)))
            .join(Figure, col(Figure.report_id) == col(Report.id))
            .where(
                col(Report.agency_id).in_(agencies),
                col(Report.year) == year,
                col(Figure.superseded_at).is_(None),
                col(Figure.state) != "skipped",
            )
            .group_by(col(Report.agency_id))
        )
        return {row[0]: (row[1], row[2]) for row in self.session.connection().execute(query)}

    def _reminded(
        self, agencies: Sequence[str]
    ) -> Mapping[str, tuple[datetime | None, datetime | None]]:
        query = (
            select(
                col(Reminder.agency_id),
                func.max(col(OutboxRow.sent_at)),
                func.max(col(Reminder.answered_at)),
            )
            .join(OutboxRow, col(OutboxRow.id) == col(Reminder.outbox_id))
            .where(col(Reminder.agency_id).in_(agencies))
            .group_by(col(Reminder.agency_id))
        )
        return {row[0]: (row[1], row[2]) for row in self.session.connection().execute(query)}

    def _focal(
        self, agencies: Sequence[str]
    ) -> tuple[dict[str, tuple[Focal, ...]], dict[str, datetime]]:
        """Who stands for each, and when one of them was last in a conversation."""
        query = (
            select(
                col(Membership.agency_id),
                col(Person.full_name),
                col(Contact.unreachable_since_at),
                col(Conversation.updated_at),
            )
            .join(Person, col(Person.id) == col(Membership.person_id))
            .join(Contact, col(Contact.person_id) == col(Membership.person_id))
            .outerjoin(
                Conversation,
                (col(Conversation.channel) == col(Contact.channel))
                & (col(Conversation.address) == col(Contact.address)),
            )
            .where(
                col(Membership.agency_id).in_(agencies),
                col(Membership.role) == "focal",
                col(Membership.until_at).is_(None),
                col(Person.consented_at).is_not(None),
            )
            .order_by(col(Membership.id))
        )
        focal: dict[str, tuple[Focal, ...]] = {}
        spoke: dict[str, datetime] = {}
        for name, full_name, since, at in self.session.connection().execute(query):
            focal[name] = (*focal.get(name, ()), Focal(full_name, since))
            if at is not None:
                spoke[name] = max(at, spoke.get(name, at))
        return focal, spoke


def _letter(nudge: Nudge, now: datetime) -> dict[str, object]:
    return {
        "dedupe_key": nudge.key,
        "lane": int(Lane.REMINDER),
        "channel": nudge.channel,
        "address": nudge.address,
        "kind": KIND,
        "payload": json.dumps({"agency": nudge.agency_id, "year": nudge.year}),
        "state": "queued",
        "on_unknown": "hold",
        "not_before_at": nudge.not_before_at,
        "send_by_at": nudge.send_by_at,
        "attempts": 0,
        "created_at": now,
        "agency_id": nudge.agency_id,
    }


def _line(nudge: Nudge, letter_id: int, now: datetime) -> dict[str, object]:
    return {
        "agency_id": nudge.agency_id,
        "person_id": nudge.person_id,
        "obligation": f"report:{nudge.year}",
        "aim_on": nudge.aim_on,
        "step": nudge.step,
        "due_at": nudge.not_before_at,
        "send_by_at": nudge.send_by_at,
        "decided_at": now,
        "state": "planned",
        "reason": "",
        "outbox_id": letter_id,
    }
