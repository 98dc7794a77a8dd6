"""For any calendar, ladder, outages and moment of reporting: each due step, exactly once."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ticker import LOOKED_BACK, decide, is_again, next_look, speaks
from plan.calendars import WorkingCalendar, local_date, moment
from plan.catalogue import Duty
from plan.loading import load
from plan.reminding.addressing import Entry, Holder, Roster
from plan.reminding.ladder import Ladder
from plan.reminding.obligations import obligations
from plan.reminding.rules import Rules
from plan.reminding.situations import Ease, Easing, Filed, Key, Situation

PLAN = load()
BEGIN, END = date(2026, 8, 3), date(2026, 12, 31)
DAYS = (END - BEGIN).days
YEAR = 2026


def day(number: int) -> date:
    return BEGIN + timedelta(days=number)


days = st.integers(0, DAYS).map(day)
calendars = st.builds(
    WorkingCalendar,
    days_off=st.frozensets(days, max_size=30),
    make_up_days=st.frozensets(days, max_size=6),
)
counts = st.lists(st.integers(1, 40), max_size=5, unique=True)
ladders = st.builds(
    Ladder,
    opening_days=st.integers(0, 60),
    before=counts.map(lambda found: tuple(sorted(found, reverse=True))),
    after=counts.map(lambda found: tuple(sorted(found))),
    again=st.booleans(),
)


@dataclass(frozen=True)
class Fate:
    """What happens to the bot and to the agency. Each outage is its first day and its length."""

    outages: tuple[tuple[date, int], ...]
    reported_on: date | None
    extended: tuple[date, date] | None
    muted_until: date | None

    def is_down(self, on: date) -> bool:
        return any(first <= on < first + timedelta(days=length) for first, length in self.outages)

    def situation(self, now: datetime) -> Situation:
        easings = []
        if self.extended and local_date(now) >= self.extended[0]:
            at = moment(self.extended[0], time(7))
            easings.append(Easing(Ease.EXTENSION, YEAR, self.extended[1], at))
        if self.muted_until:
            easings.append(Easing(Ease.MUTE, YEAR, self.muted_until, moment(BEGIN, time(7))))
        reported = self.reported_on is not None and local_date(now) >= self.reported_on
        return Situation(
            "quan-1",
            Duty.REQUIRED,
            reports={YEAR: Filed("approved" if reported else "draft")},
            easings=tuple(easings),
        )


fates = st.builds(
    Fate,
    outages=st.lists(st.tuples(days, st.integers(1, 30)), max_size=4).map(tuple),
    reported_on=st.none() | days,
    extended=st.none() | st.tuples(days, days),
    muted_until=st.none() | days,
)
ROSTER = Roster([Holder(1, "quan-1", "focal")], [], ())


def live(rules: Rules, fate: Fate) -> list[tuple[datetime, Entry]]:
    """The ledger of the months, kept as the ticker keeps it: looks, outages and all."""
    began = moment(BEGIN, time(6))
    look, ledger = next_look(rules.calendar, began), list[tuple[datetime, Entry]]()
    accounted: set[Key] = set()
    now = look
    while local_date(now) <= END:
        if not fate.is_down(local_date(now)) and speaks(rules.calendar, now):
            after = max(began, min(look - timedelta(microseconds=1), now - LOOKED_BACK))
            known, again = {"quan-1": accounted}, is_again(look, now)
            found = decide(rules, [fate.situation(now)], ROSTER, after, now, known, again=again)
            ledger += [(now, entry) for entry in found]
            accounted |= {entry.item.key for entry in found}
            look = next_look(rules.calendar, now)
        now = next_look(rules.calendar, now)
    return ledger


@settings(deadline=None, max_examples=150)
@given(calendar=calendars, ladder=ladders, fate=fates)
def test_each_due_step_is_accounted_for_exactly_once(
    calendar: WorkingCalendar, ladder: Ladder, fate: Fate
) -> None:
    rules = Rules(PLAN.reporting, calendar, ladder=ladder)
    ledger = live(rules, fate)
    seen = Counter(entry.item.key for _, entry in ledger)
    assert set(seen.values()) <= {1}
    last = max((now for now, _ in ledger), default=moment(BEGIN, time(6)))
    common = next(
        each
        for each in obligations(rules, fate.situation(last), (YEAR,))
        if each.key == f"report:{YEAR}"
    )
    due = {
        (common.key, common.aim_on, step.key)
        for step in common.steps
        if moment(BEGIN, time(6)) < step.due_at <= last
    }
    assert due <= seen.keys()


@settings(deadline=None, max_examples=150)
@given(calendar=calendars, ladder=ladders, fate=fates)
def test_nobody_hears_too_much_or_at_the_wrong_time(
    calendar: WorkingCalendar, ladder: Ladder, fate: Fate
) -> None:
    rules = Rules(PLAN.reporting, calendar, ladder=ladder)
    sent = [(now, entry) for now, entry in live(rules, fate) if entry.why is None]
    of_report = [(now, entry) for now, entry in sent if entry.item.obligation == f"report:{YEAR}"]
    for now, entry in of_report:
        assert calendar.next_office_moment(now) == now
        assert entry.item.step.due_at <= now <= entry.item.step.send_by
        assert fate.reported_on is None or local_date(now) < fate.reported_on
        assert fate.muted_until is None or local_date(now) > fate.muted_until
    a_day = Counter(local_date(now) for now, _ in of_report)
    assert max(a_day.values(), default=0) <= 2
    assert sum(count == 2 for count in a_day.values()) <= 2


@settings(deadline=None, max_examples=60)
@given(calendar=calendars, moved=st.tuples(days, calendars))
def test_a_calendar_that_changes_meanwhile_tells_no_step_twice_and_loses_none(
    calendar: WorkingCalendar, moved: tuple[date, WorkingCalendar]
) -> None:
    fate = Fate((), None, None, None)
    on, other = moved
    before, after = Rules(PLAN.reporting, calendar), Rules(PLAN.reporting, other)
    accounted: dict[str, set[Key]] = {"quan-1": set()}
    began = now = moment(BEGIN, time(6))
    while local_date(now) <= END:
        rules = after if local_date(now) >= on else before
        now = next_look(rules.calendar, now)
        look = max(began, now - LOOKED_BACK)
        found = decide(rules, [fate.situation(now)], ROSTER, look, now, accounted)
        fresh = [entry.item.key for entry in found]
        assert not accounted["quan-1"] & set(fresh)
        assert len(fresh) == len(set(fresh))
        accounted["quan-1"] |= set(fresh)
    keys = {step for about, _, step in accounted["quan-1"] if about == f"report:{YEAR}"}
    # What a change brings up that would have been due earlier than a look goes back is no news.
    known_from = next_look(after.calendar, moment(on, time())) - LOOKED_BACK
    steps = after.report_steps(YEAR, late=True)
    assert {step.key for step in steps if step.due_at > known_from} <= keys | {"0b"}
