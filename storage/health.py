"""How the bot is doing, as facts: what was heard, what waits, what went wrong."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, text
from sqlmodel import Session, SQLModel, col

from plan.retention import BY_HAND
from storage.leases import Leases
from storage.outbox import Lane
from storage.pulses import Pulses
from storage.tables import (
    Agency,
    Contact,
    DataRequest,
    Hearing,
    InboxRow,
    Lease,
    Membership,
    OutboxRow,
    Person,
    Pulse,
    Reminder,
)
from storage.unsettled import LOOKED_BACK, failed_since, undone

EXPIRED = literal("expired", literal_execute=True)
"""Written out in the statement, for its partial index."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What could be done now, and since when the oldest could."""

    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unreachable:
    full_name: str
    agency_id: str
    since_at: datetime


@dataclass(frozen=True, slots=True)
class Troubles:
    """What awaits a decision, or was left undone."""

    unknown: int
    failed: int
    dead: int
    expired: int = 0


class Health:
    def __init__(self, session: Session) -> None:
        self.session = session

    def heard_at(self, channel: str) -> datetime | None:
        found = self.session.get(Hearing, channel)
        return found.heard_at if found else None

    def pulses(self) -> dict[str, Pulse]:
        return Pulses(self.session).all()

    @property
    def one_process(self) -> bool:
        """A SQLite file is locked by its one process, and no lease says more than that."""
        return self.session.connection().dialect.name == "sqlite"

    def leases(self, now: datetime) -> list[Lease]:
        """Those that are held."""
        leases = Leases(self.session, now)
        return [lease for lease in leases.all() if lease.until_at > leases.now]

    def queues(self, now: datetime) -> dict[Lane, Queue]:
        query = (
            select(col(OutboxRow.lane), func.count(), func.min(col(OutboxRow.not_before_at)))
            .where(col(OutboxRow.state) == "queued", col(OutboxRow.not_before_at) <= now)
            .group_by(col(OutboxRow.lane))
        )
        found = {row[0]: Queue(row[1], row[2]) for row in self.session.connection().execute(query)}
        return {lane: found.get(int(lane), Queue(0, None)) for lane in Lane}

    def put_off(self, now: datetime) -> int:
        return self._count(
            OutboxRow, col(OutboxRow.state) == "queued", col(OutboxRow.not_before_at) > now
        )

    def unhandled(self, until: datetime) -> Queue:
        """Updates that had come in by then: the one that asks is at hand, and not done either."""
        query = select(func.count(), func.min(col(InboxRow.received_at))).where(
            col(InboxRow.done_at).is_(None), col(InboxRow.received_at) <= until
        )
        return Queue(*self.session.connection().execute(query).one())

    def by_hand(self) -> Queue:
        """Requests about personal data that somebody has to see to; when the next is due."""
        query = select(func.count(), func.min(col(DataRequest.due_at))).where(
            col(DataRequest.state) == "open", col(DataRequest.kind).in_(BY_HAND)
        )
        return Queue(*self.session.connection().execute(query).one())

    def troubles(self, now: datetime) -> Troubles:
        return Troubles(
            unknown=self._count(OutboxRow, undone("unknown")),
            failed=self._count(OutboxRow, *failed_since(now - LOOKED_BACK)),
            dead=self._count(InboxRow, col(InboxRow.dead).is_(True)),
        )

    def failed_since(self, since: datetime) -> int:
        """For whatever reason, also because somebody cannot be reached."""
        return self._count(OutboxRow, undone("failed"), col(OutboxRow.not_before_at) >= since)

    def new_troubles(self, since: datetime, now: datetime) -> Troubles:
        """Since then: letters by when they were last due, updates by when they came."""
        unknown = undone("unknown"), col(OutboxRow.not_before_at) >= since
        dead = col(InboxRow.dead).is_(True), col(InboxRow.received_at) >= since
        late = col(OutboxRow.send_by_at).between(since, now)
        steps = col(Reminder.state) == EXPIRED, col(Reminder.decided_at) >= since
        return Troubles(
            unknown=self._count(OutboxRow, *unknown),
            failed=self._count(OutboxRow, *failed_since(since)),
            dead=self._count(InboxRow, *dead),
            expired=self._count(OutboxRow, undone("expired"), late) + self._count(Reminder, *steps),
        )

    def unreachable(self) -> list[Unreachable]:
        """People in a role whom nothing reaches, the newest first, each once."""
        query = (
            select(
                col(Person.id),
                col(Person.full_name),
                func.min(col(Membership.agency_id)),
                func.max(col(Contact.unreachable_since_at)),
            )
            .join(Contact, col(Contact.person_id) == col(Person.id))
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .join(Agency, col(Agency.id) == col(Membership.agency_id))
            .where(
                col(Contact.unreachable_since_at).is_not(None), col(Membership.until_at).is_(None)
            )
            .group_by(col(Person.id), col(Person.full_name))
            .order_by(func.max(col(Contact.unreachable_since_at)).desc(), col(Person.id))
        )
        rows = self.session.connection().execute(query)
        return [Unreachable(row[1], row[2], row[3]) for row in rows if row[3]]

    def database(self) -> str:
        """`SQLite 3.40.1` or `PostgreSQL 15.8`."""
        dialect = self.session.connection().dialect
        name = "SQLite" if self.one_process else "PostgreSQL"
        version = dialect.server_version_info or ()
        return f"{name} {'.'.join(map(str, version))}"

    def revision(self) -> str:
        found = self.session.connection().scalar(text("SELECT version_num FROM alembic_version"))
        return str(found or "")

    def _count(self, table: type[SQLModel], *conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(*conditions)
        return self.session.connection().execute(query).scalar_one()
