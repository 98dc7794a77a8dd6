"""The morning: who is told what today? Every second this looks whether it has come."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from plan.calendars import MORNING, WorkingCalendar, local_date, moment
from plan.reminding import deciding
from plan.reminding.addressing import Entry, Roster, planned
from plan.reminding.ladder import AFTERNOON
from plan.reminding.rules import Rules
from plan.reminding.situations import Key, Situation
from storage.choices import Choices
from storage.digests import Digest, Digests
from storage.ledger import Ledger
from storage.people import People
from storage.schedules import Schedules
from storage.situations import Situations
from storage.tables import Schedule

log = structlog.get_logger()
DAILY = "morning"
SINCE = "reminding_since"
"""What fell due before the bot was first started is none of its business."""
LOOKED_BACK = timedelta(days=45)
"""A step that an operator's change has moved into the past is still found, and accounted for."""
JUST_BEFORE = timedelta(microseconds=1)


class Ticker:
    def __init__(
        self, rules: Callable[[], Rules], reminded: Callable[[float], object] = abs
    ) -> None:
        """`reminded` is told how many seconds late each step that is sent was decided."""
        self.rules, self.reminded = rules, reminded

    def next_due(self, now: datetime) -> datetime:
        """When the next step that is the same for everybody falls due."""
        return deciding.next_due(self.rules(), now)

    def prepare(self, session: Session, now: datetime) -> None:
        """Starts from now on; a morning that is due already is left to the tick to decide."""
        schedules = Schedules(session)
        known = schedules.all().get(DAILY)
        following = next_look(self.rules().calendar, now)
        if known is None:
            schedules.start(DAILY, DAILY, following)
            Choices(session).keep(SINCE, now.isoformat(), now)
        elif known.next_due_at > now:
            # The calendar may have changed meanwhile.
            schedules.advance(known, DAILY, following)

    def tick(self, session: Session, now: datetime) -> int:
        """Decides what is due, once; returns how many letters were queued.

        Outside office hours it waits: what was missed is found in the morning all the same.
        """
        due = Schedules(session).due(now, [DAILY])
        if not due or not speaks(self.rules().calendar, now):
            return 0
        try:
            with session.begin_nested():
                return self._decide(session, due[0], now)
        except Exception:
            # Tried again in a second; what else a tick does must not wait for it.
            log.exception("morning not decided")
            return 0

    def skip(self, session: Session, now: datetime) -> int:
        """Nothing due by now is sent: each step is kept as `unknown`, as it is after a restore.

        Returns how many steps that were.
        """
        schedules = Schedules(session)
        skipped = 0
        for schedule in schedules.due(now, [DAILY]):
            entries = self._entries(session, schedule, now)
            Ledger(session).write(entries, now, state="unknown")
            steps = {(entry.item.agency_id, entry.item.key) for entry in entries if not entry.why}
            schedules.advance(schedule, DAILY, next_look(self.rules().calendar, now))
            if steps:
                _note(schedules, schedule, "unknown", 0, now)
            skipped += len(steps)
        return skipped

    def _decide(self, session: Session, schedule: Schedule, now: datetime) -> int:
        schedules = Schedules(session)
        entries = self._entries(session, schedule, now)
        if not schedules.advance(schedule, DAILY, next_look(self.rules().calendar, now)):
            return 0
        if not entries:
            return 0
        letters = self._letters(session, schedule, entries, now)
        Ledger(session).write(entries, now, letters=letters)
        _note(schedules, schedule, "sent" if letters else "expired", len(letters), now)
        for due_at in {entry.item.step.due_at for entry in entries if entry.why is None}:
            self.reminded((now - due_at).total_seconds())
        log.info("morning decided", letters=len(letters), lines=len(entries))
        return len(letters)

    def _entries(self, session: Session, schedule: Schedule, now: datetime) -> list[Entry]:
        looked_back = min(schedule.next_due_at - JUST_BEFORE, now - LOOKED_BACK)
        after = max(since(session, now), looked_back)
        situations, roster = Situations(session).everybody(local_date(now))
        accounted = Ledger(session).accounted(after)
        again = is_again(schedule.next_due_at, now)
        return decide(self.rules(), situations, roster, after, now, accounted, again=again)

    def _letters(
        self, session: Session, schedule: Schedule, entries: Sequence[Entry], now: datetime
    ) -> dict[int, int]:
        """Person → letter: one for each, whatever it is about."""
        boxes = People(session).letterboxes()
        letters = [
            Digest(person_id, *boxes[person_id], _agency(about), _send_by(about))
            for person_id, about in by_person(entries).items()
        ]
        part = "again" if is_again(schedule.next_due_at, now) else DAILY
        not_before = self.rules().calendar.next_office_moment(now)
        return Digests(session).queue(local_date(now), part, letters, now, not_before)


def decide(
    rules: Rules,
    situations: Iterable[Situation],
    roster: Roster,
    after: datetime,
    now: datetime,
    accounted: Mapping[str, Iterable[Key]],
    *,
    again: bool = False,
) -> list[Entry]:
    """One agency that cannot be decided must not hold up the others."""
    entries: list[Entry] = []
    known = {agency_id: set(keys) for agency_id, keys in accounted.items()}
    for agency in situations:
        try:
            entries += planned(rules, [agency], roster, after, now, known, again=again)
        except Exception:
            log.exception("agency not decided", agency=agency.agency_id)
    return entries


def by_person(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Who is written to, and about what."""
    meant: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.why is None:
            meant.setdefault(entry.person_id, []).append(entry)
    return meant


def since(session: Session, now: datetime) -> datetime:
    kept = Choices(session).get(SINCE)
    return datetime.fromisoformat(kept) if kept else now


def next_look(calendar: WorkingCalendar, after: datetime) -> datetime:
    """Eight in the morning and after the noon break, of every working day."""
    day = calendar.on_or_after(local_date(after))
    days = (day, calendar.shift(day, 1))
    looks = [moment(each, clock) for each in days for clock in (MORNING, AFTERNOON)]
    return next(look for look in looks if look > after)


def is_again(look: datetime, now: datetime) -> bool:
    """Whether this is the day's second look, the first of which was kept."""
    return look == moment(local_date(now), AFTERNOON)


def speaks(calendar: WorkingCalendar, now: datetime) -> bool:
    """From eight until the office closes; at noon what is decided waits for the afternoon."""
    day = local_date(now)
    return calendar.is_working_day(day) and moment(day, MORNING) <= now < calendar.closing(day)


def _note(
    schedules: Schedules, schedule: Schedule, state: str, recipients: int, now: datetime
) -> None:
    schedules.decide(
        DAILY, DAILY, schedule.next_due_at, state=state, recipients=recipients, now=now
    )


def _agency(entries: Sequence[Entry]) -> str | None:
    agencies = {entry.item.agency_id for entry in entries}
    return agencies.pop() if len(agencies) == 1 else None


def _send_by(entries: Sequence[Entry]) -> datetime:
    return max(entry.item.step.send_by for entry in entries)
