"""What only one process may do at a time: poll, tick, send. Each change of hands has a number.

Times are the database's own on PostgreSQL, where several processes, whose clocks differ, ask. On
SQLite the file's lock proves that this process is alone, so a lease is there for the taking.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session, col

from storage.tables import Lease
from storage.upsert import insert_new

SECONDS = 15
"""How long a lease lasts when it is not renewed: the longest that nobody does the work."""
# Built once: the sender asks with each letter.
HELD = (
    select(col(Lease.fence)).where(col(Lease.name) == bindparam("name")).with_for_update(read=True)
)


class Leases:
    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.alone = session.get_bind().dialect.name == "sqlite"
        self.now = now if self.alone else session.scalar(select(func.clock_timestamp())) or now

    def acquire(self, name: str, owner: str) -> int | None:
        """The fence of the new holder; None while another process holds it."""
        first = {"name": name, "owner": owner, "fence": 1, "until_at": self._until}
        if insert_new(self.session, Lease, [first]):
            return 1
        free = update(Lease).where(col(Lease.name) == name)
        if not self.alone:
            ran_out = col(Lease.until_at) <= self.now
            # It was given for so long by a clock that has been set back since.
            by_another_clock = col(Lease.until_at) > self.now + timedelta(seconds=2 * SECONDS)
            free = free.where(ran_out | by_another_clock | (col(Lease.owner) == owner))
        taken = free.values(owner=owner, fence=Lease.fence + 1, until_at=self._until)
        return self.session.scalar(taken.returning(col(Lease.fence)))

    def renew(self, name: str, fence: int) -> bool:
        """False where it has changed hands. One that merely ran out is still one's own."""
        mine = update(Lease).where(col(Lease.name) == name, col(Lease.fence) == fence)
        return self.session.connection().execute(mine.values(until_at=self._until)).rowcount == 1

    def release(self, name: str, fence: int) -> None:
        mine = update(Lease).where(col(Lease.name) == name, col(Lease.fence) == fence)
        self.session.connection().execute(mine.values(until_at=self.now))

    def holds(self, name: str, fence: int) -> bool:
        """Whether it is still so. Nobody can take it before this transaction ends."""
        return self.session.connection().execute(HELD, {"name": name}).scalar() == fence

    def all(self) -> list[Lease]:
        return list(self.session.scalars(select(Lease).order_by(col(Lease.name))))

    @property
    def _until(self) -> datetime:
        return self.now + timedelta(seconds=SECONDS)
