"""The ledger of reminders: every step that fell due, for whom, and what became of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update
from sqlmodel import Session, col

from plan.reminding.addressing import Entry
from plan.reminding.situations import Key
from storage.tables import OutboxRow, Reminder
from storage.upsert import insert_all_new

LINE: tuple[Any, ...] = (
    col(Reminder.id),
    col(Reminder.agency_id),
    col(Reminder.person_id),
    col(Reminder.obligation),
    col(Reminder.aim_on),
    col(Reminder.step),
    col(Reminder.due_at),
    col(Reminder.send_by_at),
    col(Reminder.decided_at),
    col(Reminder.state),
    col(Reminder.reason),
    col(Reminder.answered_at),
)
FATE: tuple[Any, ...] = (
    *LINE,
    func.coalesce(col(OutboxRow.state), "").label("letter"),
    func.coalesce(col(OutboxRow.error), "").label("error"),
    col(OutboxRow.sent_at),
)
ACCOUNTED = select(
    col(Reminder.agency_id), col(Reminder.obligation), col(Reminder.aim_on), col(Reminder.step)
).where(col(Reminder.due_at) > bindparam("after"))
OF_LETTER = select(*LINE).where(col(Reminder.outbox_id) == bindparam("letter_id"))
ANSWERED = (
    update(Reminder)
    .where(
        col(Reminder.outbox_id) == bindparam("letter_id"),
        col(Reminder.state) == "planned",
        col(Reminder.answered_at).is_(None),
        exists().where(
            col(OutboxRow.id) == bindparam("letter_id"),
            col(OutboxRow.channel) == bindparam("channel"),
            col(OutboxRow.address) == bindparam("address"),
        ),
    )
    .values(answered_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Line:
    """`letter` is the state of its letter in the outbox, "" where none was written."""

    id: int
    agency_id: str
    person_id: int
    obligation: str
    aim_on: date
    step: str
    due_at: datetime
    send_by_at: datetime
    decided_at: datetime
    state: str
    reason: str
    answered_at: datetime | None
    letter: str = ""
    error: str = ""
    sent_at: datetime | None = None

    @property
    def key(self) -> Key:
        return self.obligation, self.aim_on, self.step

    @property
    def fate(self) -> str:
        """planned, sending, sent, answered, skipped, expired, failed, unknown or cancelled."""
        if self.answered_at is not None:
            return "answered"
        if self.state != "planned" or not self.letter:
            return self.state
        return "planned" if self.letter == "queued" else self.letter


class Ledger:
    def __init__(self, session: Session) -> None:
        self.session = session

    def accounted(self, after: datetime) -> Mapping[str, Collection[Key]]:
        """Agency → the steps due since then that have been decided already."""
        found: dict[str, set[Key]] = {}
        for row in self.session.connection().execute(ACCOUNTED, {"after": after}):
            found.setdefault(row.agency_id, set()).add((row.obligation, row.aim_on, row.step))
        return found

    def write(
        self,
        entries: Iterable[Entry],
        now: datetime,
        *,
        letters: Mapping[int, int] | None = None,
        state: str | None = None,
    ) -> None:
        """`letters`: person → the letter that says it.

        `state` instead of "planned": `unknown`, after a restore.
        """
        letters = letters or {}
        rows = [
            {
                "agency_id": entry.item.agency_id,
                "person_id": entry.person_id,
                "obligation": entry.item.obligation,
                "aim_on": entry.item.aim_on,
                "step": entry.item.step.key,
                "due_at": entry.item.step.due_at,
                "send_by_at": entry.item.step.send_by,
                "decided_at": now,
                "state": (state if entry.why is None else None) or entry.state,
                "reason": entry.why.value if entry.why else "",
                "outbox_id": letters.get(entry.person_id) if entry.why is None else None,
            }
            for entry in entries
        ]
        insert_all_new(self.session, Reminder, rows)

    def of_letter(self, letter_id: int) -> list[Line]:
        """What one letter is about."""
        rows = self.session.connection().execute(OF_LETTER, {"letter_id": letter_id})
        return [Line(*row) for row in rows]

    def drop(self, reasons: Mapping[int, str], now: datetime) -> None:
        """Lines that were planned and are not said after all: line → why."""
        for line_id, reason in reasons.items():
            self.session.connection().execute(
                update(Reminder)
                .where(col(Reminder.id) == line_id, col(Reminder.state) == "planned")
                .values(state="skipped", reason=reason, decided_at=now)
            )

    def answered(self, letter_id: int, channel: str, address: str, now: datetime) -> bool:
        """Its button was pressed in its own chat; only the first press counts."""
        marked = {"letter_id": letter_id, "channel": channel, "address": address, "now": now}
        return self.session.connection().execute(ANSWERED, marked).rowcount > 0

    def of_agency(self, agency_id: str, year: int) -> Sequence[Line]:
        """Everything about obligations of one year, the oldest first, with its letter's fate."""
        query = _with_fates().where(
            col(Reminder.agency_id) == agency_id,
            col(Reminder.obligation).like(f"%:{year}"),
        )
        return _lines(self.session, query)

    def of_year(self, year: int) -> Iterator[Line]:
        """Of all agencies."""
        query = _with_fates().where(col(Reminder.obligation).like(f"%:{year}"))
        yield from _lines(self.session, query)

    def counts(self, year: int) -> dict[tuple[str, str], int]:
        """(step's obligation, state) → lines, for the daily look."""
        query = (
            select(col(Reminder.obligation), col(Reminder.state), func.count())
            .where(col(Reminder.obligation).like(f"%:{year}"))
            .group_by(col(Reminder.obligation), col(Reminder.state))
        )
        rows = self.session.connection().execute(query)
        return {(obligation, state): count for obligation, state, count in rows}


def _with_fates() -> Any:  # noqa: ANN401 - a Select of many columns
    return select(*FATE).outerjoin(OutboxRow, col(OutboxRow.id) == col(Reminder.outbox_id))


def _lines(session: Session, query: Any) -> list[Line]:  # noqa: ANN401 - a Select of many columns
    ordered = query.order_by(col(Reminder.due_at), col(Reminder.id))
    return [Line(*row) for row in session.connection().execute(ordered)]
