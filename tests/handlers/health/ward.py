"""What can be wrong with the bot, brought about; and what the tables say afterwards."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from bot.app import App
from plan.reminding.addressing import Entry
from plan.reminding.deciding import Item, To
from plan.reminding.ladder import Step
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.broadcasts import Broadcasts
from storage.inbox import Inbox, Waiting
from storage.leases import Leases
from storage.ledger import Ledger
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.pulses import Pulses
from storage.tables import AuditRow, InboxRow, OutboxRow

STEP = Step(
    "open",
    datetime.fromisoformat("2024-09-16T01:00:00+00:00"),
    datetime.fromisoformat("2024-09-23T10:00:00+00:00"),
)
BROKE, STOPPED = "ServerDisconnectedError", "stopped while sending"
LANES = {"digest": Lane.REMINDER, "broadcast": Lane.BROADCAST, "reply": Lane.REPLY}


@dataclass(frozen=True)
class Ward:
    app: App
    telegram: Telegram

    @property
    def now(self) -> datetime:
        return self.app.clock()

    def letter(
        self,
        to: Person,
        state: str = "unknown",
        kind: str = "digest",
        error: str = BROKE,
        **values: Any,
    ) -> int:
        """A letter that left a minute ago, and what became of it."""
        payload = {}
        if kind == "reply":
            payload = {"chat_id": str(to.chat_id), "text": "Đã ghi nhận."}
        left_at = self.now - timedelta(minutes=1)
        row = OutboxRow(
            dedupe_key=f"{kind}:{len(self.states())}",
            lane=int(LANES[kind]),
            channel="telegram",
            address=str(to.chat_id),
            kind=kind,
            payload=json.dumps(payload),
            created_at=left_at,
            on_unknown="resend" if kind == "reply" else "hold",
            state=state,
            error=error,
            **{
                "not_before_at": left_at,
                "agency_id": "quan-1" if kind == "digest" else None,
                **values,
            },
        )
        with self.app.database.transaction() as session:
            session.add(row)
            session.flush()
            if kind == "digest" and (member := People(session).at("telegram", row.address)):
                item = Item("quan-1", "report:2024", date(2024, 11, 4), STEP, (To.FOCAL,))
                entry = Entry(item, member.person_id, None)
                Ledger(session).write([entry], left_at, letters={member.person_id: row.id or 0})
            return row.id or 0

    def notice(self) -> int:
        """The number of a notice that was sent by somebody, to whomever."""
        with self.app.database.transaction() as session:
            people, notices = People(session), Broadcasts(session)
            people.welcome("telegram", "700", "Ai Đó", self.now)
            author = people.at("telegram", "700")
            assert author
            found = notices.draft(author, self.now, text="Mời họp", state="finished")
            return found.id or 0

    async def dead(self, person: Person, text: str, error: str = "KeyError") -> None:
        """What they wrote is taken in, and three tries to handle it fail."""
        self.telegram.world.say(person.chat, text)
        await self.app.intake.poll()
        with self.app.database.transaction() as session:
            inbox = Inbox(session)
            for tries in range(3):
                [row] = session.exec(select(InboxRow).where(col(InboxRow.done_at).is_(None)))
                key, at = row.user_key, row.received_at
                waiting = Waiting(row.seq or 0, key, row.payload, tries, at)
                inbox.failed(waiting, error, self.now)
                session.expire_all()

    def beat(self, name: str, at: datetime, detail: str = "") -> None:
        with self.app.database.transaction() as session:
            Pulses(session).beat(name, at, detail)

    async def well(self) -> None:
        """Backed up an hour ago, every lease held, the clock running."""
        self.beat("backup", self.now - timedelta(hours=1))
        await self.app.desks[0].run(self.app.leasing.seek)
        await self.app.pump()
        await self.app.tick()

    def give_up_ticking(self) -> None:
        """Runs on a desk."""
        with self.app.database.transaction() as session:
            self.app.ticking.give_up(Leases(session, self.now))

    async def unsent(self, person: Person, text: str) -> str:
        """The answer as it is queued, where nothing is sent."""
        self.telegram.world.say(person.chat, text)
        await self.app.intake.poll()
        await self.app.staff.handle_all()
        query = select(OutboxRow.payload).order_by(col(OutboxRow.id).desc())
        with self.app.database.transaction() as session:
            said: str = json.loads(session.exec(query).first() or "{}")["text"]
        return said

    def put_off(self, to: Person, until: datetime) -> None:
        self.queue(to, "digest", not_before_at=until)

    def queue(self, to: Person, kind: str, **values: Any) -> None:
        with self.app.database.transaction() as session:
            Outbox(session).add(
                f"{kind}:queued",
                lane=LANES[kind],
                channel="telegram",
                address=str(to.chat_id),
                kind=kind,
                payload="{}",
                **{"now": self.now, **values},
            )

    def states(self) -> list[str]:
        """Of the letters that were put here, in their order."""
        mine = or_(*(col(OutboxRow.dedupe_key).startswith(f"{kind}:") for kind in LANES))
        query = select(OutboxRow.state).where(mine).order_by(col(OutboxRow.id))
        with self.app.database.transaction() as session:
            return list(session.exec(query))

    def noted(self) -> list[tuple[str, str, str, str]]:
        """Of the audit log: what was done to letters and updates."""
        acts = ("letters.", "updates.")
        with self.app.database.transaction() as session:
            rows = session.exec(select(AuditRow).order_by(col(AuditRow.id)))
            found = [row for row in rows if row.action.startswith(acts)]
            return [(row.action, row.subject, row.before, row.after) for row in found]
