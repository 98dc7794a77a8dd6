"""Every second: which steps are due? The rows say; this only looks, and claims what it takes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from plan.calendars import WorkingCalendar, local_date
from plan.catalogue import Catalogue, Duty
from plan.deadlines import yearly_deadline
from plan.reminders import (
    Step,
    campaign_steps,
    next_step,
    report_steps,
    steps_between,
    wanted,
)
from storage.agencies import Agencies
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.reports import Reports
from storage.schedules import Schedules
from storage.tables import Schedule

log = structlog.get_logger()
REPORT = "report"
JUST_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True)
class Ticker:
    catalogue: Catalogue
    calendar: WorkingCalendar
    reminded: Callable[[float], object] = abs
    """Told how many seconds late each step that is sent was decided."""

    @property
    def keys(self) -> list[str]:
        return [REPORT, *(f"campaign:{day.id}" for day in self.catalogue.campaign_days)]

    def next_due(self, now: datetime) -> datetime:
        """When the next step of any schedule falls due."""
        return min(next_step(self._steps(key), now).due_at for key in self.keys)

    def prepare(self, session: Session, now: datetime) -> None:
        """Starts new schedules from now on, and follows dates that have been moved since.

        A step that is due already is left to the tick to decide.
        """
        schedules = Schedules(session)
        known = schedules.all()
        for key in self.keys:
            step = next_step(self._steps(key), now)
            if key not in known:
                schedules.start(key, step.key, step.due_at)
            elif known[key].next_due_at > now:
                schedules.advance(known[key], step.key, step.due_at)

    def tick(self, session: Session, now: datetime) -> int:
        """Decides every step that is due, once; returns how many messages were queued.

        Of several steps missed while the bot was down only the newest is sent, and only while
        it still makes sense; the others are kept as expired, never sent in a burst.
        """
        due = Schedules(session).due(now, self.keys)
        return sum(self._decide_alone(session, schedule, now) for schedule in due)

    def _decide_alone(self, session: Session, schedule: Schedule, now: datetime) -> int:
        """One schedule that cannot be decided must not hold up the others."""
        key = schedule.key
        try:
            with session.begin_nested():
                return self._decide(session, schedule, now)
        except Exception:
            log.exception("schedule not decided", schedule=key)
            return 0

    def skip(self, session: Session, now: datetime) -> int:
        """Nothing due by now is sent: each step is kept as `unknown`, as it is after a restore.

        Returns how many steps that were.
        """
        schedules, skipped = Schedules(session), 0
        for schedule in schedules.due(now, self.keys):
            missed = self._missed(schedule, now)
            following = next_step(self._steps(schedule.key), now)
            schedules.advance(schedule, following.key, following.due_at)
            for step in missed:
                schedules.decide(
                    schedule.key, step.key, step.due_at, state="unknown", recipients=0, now=now
                )
            skipped += len(missed)
        return skipped

    def _decide(self, session: Session, schedule: Schedule, now: datetime) -> int:
        missed = self._missed(schedule, now)
        following = next_step(self._steps(schedule.key), now)
        schedules = Schedules(session)
        if not schedules.advance(schedule, following.key, following.due_at):
            return 0
        queued = 0
        for step in missed:
            late = step is not missed[-1] or now > step.send_by
            if not late:
                queued += self._fan_out(session, step, now)
                self.reminded((now - step.due_at).total_seconds())
            state = "expired" if late else "sent"
            schedules.decide(
                schedule.key, step.key, step.due_at, state=state, recipients=queued, now=now
            )
            log.info("step decided", step=step.key, state=state, recipients=queued)
        return queued

    def _missed(self, schedule: Schedule, now: datetime) -> Sequence[Step]:
        steps_of_year = self._steps(schedule.key)
        years = range(local_date(schedule.next_due_at).year, local_date(now).year + 2)
        every = [step for year in years for step in steps_of_year(year)]
        return steps_between(every, schedule.next_due_at - JUST_BEFORE, now)

    def _fan_out(self, session: Session, step: Step, now: datetime) -> int:
        outbox = Outbox(session)
        not_before = self.calendar.next_office_moment(now)
        added = 0
        for person in People(session).holding("focal", agencies=self._owing(session, step, now)):
            payload = {"step": step.key, "due_at": step.due_at.isoformat()}
            added += outbox.add(
                f"rem:{step.key}:{step.due_at.isoformat()}:{person.agency_id}:{person.address}",
                lane=Lane.REMINDER,
                channel=person.channel,
                address=person.address,
                kind="reminder",
                payload=json.dumps(payload),
                now=now,
                not_before_at=not_before,
                send_by_at=step.send_by,
                agency_id=person.agency_id,
            )
        return added

    def _owing(self, session: Session, step: Step, now: datetime) -> list[str]:
        today = local_date(now)
        reported = Reports(session).reported(local_date(step.due_at).year)
        return [
            agency.id
            for agency in Agencies(session).on(today)
            if wanted(step.key, Duty(agency.duty), reported=agency.id in reported)
        ]

    def _steps(self, key: str) -> Callable[[int], Sequence[Step]]:
        if key == REPORT:
            return self._report_steps
        day = next(d for d in self.catalogue.campaign_days if key == f"campaign:{d.id}")
        return lambda year: campaign_steps(day, year, self.calendar)

    def _report_steps(self, year: int) -> Sequence[Step]:
        deadline = yearly_deadline(year, self.calendar, self.catalogue.reporting)
        return report_steps(deadline, self.calendar)
