"""Who is due which reminder, and why not. The ticker, the rehearsal and the tests ask this."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from plan.calendars import MORNING, local_date, moment
from plan.catalogue import Duty
from plan.reminding.ladder import AGAIN, Step
from plan.reminding.obligations import Obligation, deadline_of, obligations
from plan.reminding.rules import Rules
from plan.reminding.situations import Doze, Filed, Key, Situation

HANDED_IN = {"submitted", "approved", "frozen"}


class To(StrEnum):
    """Whom of an agency a reminder is for; the last two sit in the standing agency."""

    FOCAL = "focal"
    LEADER = "leader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


YEARS_AHEAD = 5


class Why(StrEnum):
    """Why somebody is not reminded."""

    REPORTED = "reported"
    RETURNED = "returned"
    EXEMPT = "exempt"
    EXTENDED = "extended"
    MUTED = "muted"
    DISSOLVED = "dissolved"
    NOT_OWED = "not owed"
    DONE = "done"
    MISSED = "missed"
    """A newer step is due as well: only that one is sent."""
    PAST = "past"
    """It makes no sense any more."""
    MOVED = "moved"
    """There is no such step any more: its date was changed meanwhile."""
    NO_ROLE = "no role"
    """The person stands for the agency no longer."""
    UNREACHABLE = "unreachable"
    AWAY = "away"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Item:
    """One step for one agency. `why` None: it is to be sent. `person_id`: to that one only."""

    agency_id: str
    obligation: str
    aim_on: date
    step: Step
    to: tuple[To, ...]
    why: Why | None = None
    person_id: int = 0

    @property
    def key(self) -> Key:
        return self.obligation, self.aim_on, self.step.key

    @property
    def state(self) -> str:
        if self.why is None:
            return "planned"
        return "expired" if self.why is Why.PAST else "skipped"


def due(
    rules: Rules,
    agency: Situation,
    after: datetime,
    until: datetime,
    accounted: Collection[Key] = (),
) -> list[Item]:
    """What fell due later than `after`, at `until` at the latest, and is not accounted for yet.

    Of several steps of one obligation only the newest is sent, and only while it makes sense.
    """
    found = []
    today = local_date(until)
    for each in obligations(rules, agency, range(local_date(after).year, today.year + 2)):
        ripe = [step for step in each.steps if after < step.due_at <= until]
        judged = judge(rules, agency, each, today) if ripe else None
        for step in ripe:
            item = Item(agency.agency_id, each.key, each.aim_on, step, receivers(rules, each, step))
            if item.key not in accounted:
                why = judged or _too_late(step, ripe[-1], until)
                found.append(replace(item, why=why))
        found += _woken(rules, agency, each, after, until, accounted)
    return found


def renewed(rules: Rules, agency: Situation, key: Key, now: datetime) -> Item | None:
    """The item of a ledger line as it would be decided now; None where there is no such step."""
    obligation, aim_on, step_key = key
    for each in obligations(rules, agency, range(aim_on.year - 1, aim_on.year + 2)):
        if (each.key, each.aim_on) != (obligation, aim_on):
            continue
        dozes = [doze for doze in agency.dozes if doze.obligation == each.key]
        whose = {wake(rules, doze): doze.person_id for doze in dozes}
        for step in (*each.steps, *whose):
            if step.key == step_key:
                why = judge(rules, agency, each, local_date(now))
                why = why or (Why.PAST if now > step.send_by else None)
                person_id = whose.get(step, 0)
                to = receivers(rules, each, each.steps[-1] if person_id else step)
                return Item(agency.agency_id, each.key, aim_on, step, to, why, person_id)
    return None


def next_due(rules: Rules, after: datetime) -> datetime:
    """When the next step falls due that is the same for everybody."""
    anybody = Situation("", Duty.REQUIRED)
    year = local_date(after).year
    for first in range(year, year + YEARS_AHEAD):
        # January's campaign is announced in December: a year's first step may precede it.
        steps = [s for o in obligations(rules, anybody, (first, first + 1)) for s in o.steps]
        later = [step.due_at for step in steps if step.due_at > after]
        if later:
            return min(later)
    raise LookupError(f"no step within {YEARS_AHEAD} years after {after.isoformat()}")


def judge(rules: Rules, agency: Situation, each: Obligation, today: date) -> Why | None:
    """Why nothing is to be said of this obligation today, if so."""
    if not agency.exists(today):
        return Why.DISSOLVED
    if each.kind not in NEVER_MUTED and agency.muted(today):
        return Why.MUTED
    return JUDGES.get(each.kind, _open)(rules, agency, each)


def receivers(rules: Rules, each: Obligation, step: Step) -> tuple[To, ...]:
    """Later steps after the deadline reach further up."""
    if each.kind in {"approve", "extend"}:
        late = step.late >= rules.reviewing.office
        return (To.REVIEWER, To.ADMIN) if late else (To.REVIEWER,)
    if each.kind in {"calendar", "reach"}:
        return (To.ADMIN,)
    if each.kind == "review":
        return (To.REVIEWER, To.ADMIN)
    if each.kind == "explain":
        return (To.FOCAL, To.REVIEWER) if step.late else (To.FOCAL,)
    up: tuple[To, ...] = ()
    if each.kind == "report" and step.late:
        up += (To.LEADER,) * (step.late >= rules.escalation.leader)
        up += (To.REVIEWER,) * (step.late >= rules.escalation.office)
    return (To.FOCAL, *up)


def next_up(rules: Rules, each: Obligation, step: Step) -> tuple[date, To] | None:
    """When the next step is that reaches further up than this one, and whom."""
    reached = set(receivers(rules, each, step))
    for later in each.steps:
        if later.due_at > step.due_at and step.late:
            for who in receivers(rules, each, later):
                if who not in reached:
                    return local_date(later.due_at), who
    return None


def _too_late(step: Step, newest: Step, now: datetime) -> Why | None:
    if step is not newest:
        return Why.MISSED
    return Why.PAST if now > step.send_by else None


def _report(rules: Rules, agency: Situation, each: Obligation) -> Why | None:
    state = _state(agency, each.year)
    if state in HANDED_IN:
        return Why.REPORTED
    if state == "returned":
        return Why.RETURNED
    if agency.exempt(each.year):
        return Why.EXEMPT
    if not agency.asked:
        return Why.NOT_OWED
    own = deadline_of(rules, agency, each.year)
    return None if each.aim_on == own.last_day else Why.EXTENDED


def _returned(_: Rules, agency: Situation, each: Obligation) -> Why | None:
    return None if _state(agency, each.year) == "returned" else Why.REPORTED


def _task(_: Rules, agency: Situation, each: Obligation) -> Why | None:
    return Why.DONE if agency.statuses.get((each.about, each.year)) == "done" else None


def _issued(_: Rules, agency: Situation, each: Obligation) -> Why | None:
    return Why.DONE if (each.kind, each.year) in agency.issued else None


def _calendar(rules: Rules, _: Situation, each: Obligation) -> Why | None:
    return Why.DONE if each.year + 1 in rules.known_years else None


def _reach(_: Rules, agency: Situation, __: Obligation) -> Why | None:
    return None if agency.unreached else Why.DONE


def _open(_: Rules, __: Situation, ___: Obligation) -> Why | None:
    return None


JUDGES: Mapping[str, Callable[[Rules, Situation, Obligation], Why | None]] = {
    "report": _report,
    "returned": _returned,
    "task": _task,
    "plan": _issued,
    "review": _issued,
    "calendar": _calendar,
    "reach": _reach,
}
NEVER_MUTED = {"approve", "extend", "calendar", "reach"}
"""The standing agency's own work: that an agency is left in peace does not touch it."""


def _state(agency: Situation, year: int) -> str:
    return agency.reports.get(year, Filed("none")).state


def _woken(
    rules: Rules,
    agency: Situation,
    each: Obligation,
    after: datetime,
    until: datetime,
    accounted: Collection[Key],
) -> Iterator[Item]:
    """Who put a reminder off hears of it on the day named, unless a step falls due just then."""
    for doze in agency.dozes:
        if doze.obligation != each.key:
            continue
        step = wake(rules, doze)
        clash = any(local_date(s.due_at) == local_date(step.due_at) for s in each.steps)
        item = Item(
            agency.agency_id,
            each.key,
            each.aim_on,
            step,
            receivers(rules, each, each.steps[-1]),
            person_id=doze.person_id,
        )
        if after < step.due_at <= until and not clash and item.key not in accounted:
            why = judge(rules, agency, each, local_date(until))
            yield replace(item, why=why or _too_late(step, step, until))


def wake(rules: Rules, doze: Doze) -> Step:
    day = rules.calendar.on_or_after(doze.until_on)
    key = f"z{day:%y%m%d}:{doze.person_id}"
    return Step(key, moment(day, MORNING), rules.calendar.closing(day))


def is_again(item: Item) -> bool:
    """The second message of the last day."""
    return item.step.key == AGAIN
