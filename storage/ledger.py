"""The ledger of reminders: every step that fell due, for whom, and what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, func, select, update
from sqlmodel import Session, col

from plan.reminding.addressing import Entry
from plan.reminding.situations import Key
from storage.tables import OutboxRow, Person, Reminder
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
    func.coalesce(col(Person.full_name), "").label("receiver"),
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
    """`letter` is the state of its letter in the outbox, "" where none was written; `receiver` the
    name of the person, "" where it concerns the agency as a whole, or who it was is erased.
    """

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
    receiver: str = ""

    @property
    def key(self) -> Key:
        return self.obligation, self.aim_on, self.step

    @property
    def fate(self) -> str:
        return fate_of(self.state, self.letter, answered=self.answered_at is not None)


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
        ordered = (col(Reminder.due_at), col(Reminder.id))
        return self._lines(_with_fates(year, agency_id).order_by(*ordered))

    def page(self, agency_id: str, year: int, first: int, most: int) -> Sequence[Line]:
        """The same, the newest first: so many of them after the `first`."""
        ordered = (col(Reminder.due_at).desc(), col(Reminder.id).desc())
        query = _with_fates(year, agency_id).order_by(*ordered)
        return self._lines(query.offset(first).limit(most))

    def of_year(self, year: int) -> Sequence[Line]:
        """Of all agencies, one after the other."""
        ordered = (col(Reminder.agency_id), col(Reminder.due_at), col(Reminder.id))
        return self._lines(_with_fates(year).order_by(*ordered))

    def length(self, agency_id: str, year: int) -> int:
        """How many lines there are."""
        query = select(func.count()).where(*_about(year, agency_id))
        return self.session.scalar(query) or 0

    def fates(self, year: int) -> dict[str, int]:
        """State → lines of all agencies, as in `Line.fate`."""
        inner = _with_fates(year).subquery()
        answered = inner.c.answered_at.is_not(None)
        query = select(inner.c.state, inner.c.letter, answered, func.count()).group_by(
            inner.c.state, inner.c.letter, answered
        )
        found: dict[str, int] = {}
        for state, letter, was_answered, count in self.session.connection().execute(query):
            fate = fate_of(state, letter, answered=was_answered)
            found[fate] = found.get(fate, 0) + count
        return found

    def counts(self, year: int) -> dict[tuple[str, str], int]:
        """(step's obligation, state) → lines, for the daily look."""
        query = (
            select(col(Reminder.obligation), col(Reminder.state), func.count())
            .where(col(Reminder.obligation).like(f"%:{year}"))
            .group_by(col(Reminder.obligation), col(Reminder.state))
        )
        rows = self.session.connection().execute(query)
        return {(obligation, state): count for obligation, state, count in rows}

    def _lines(self, query: Any) -> Sequence[Line]:  # noqa: ANN401 - a Select of many columns
        return [Line(*row) for row in self.session.connection().execute(query)]


def fate_of(state: str, letter: str, *, answered: bool) -> str:
    """planned, sending, sent, answered, skipped, expired, failed, unknown or cancelled."""
    if answered:
        return "answered"
    if state != "planned" or not letter:
        return state
    return "planned" if letter == "queued" else letter


def _with_fates(year: int, agency_id: str | None = None) -> Any:  # noqa: ANN401 - a Select of many columns
    return (
        select(*FATE)
        .outerjoin(OutboxRow, col(OutboxRow.id) == col(Reminder.outbox_id))
        .outerjoin(Person, col(Person.id) == col(Reminder.person_id))
        .where(*_about(year, agency_id))
    )


def _about(year: int, agency_id: str | None) -> list[ColumnElement[bool]]:
    about: list[ColumnElement[bool]] = [col(Reminder.obligation).like(f"%:{year}")]
    if agency_id:
        about.append(col(Reminder.agency_id) == agency_id)
    return about
