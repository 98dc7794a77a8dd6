"""What one agency may be reminded of, with the steps of each: dates only, no judgement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from plan.calendars import MORNING, WorkingCalendar, local_date, moment
from plan.catalogue import CampaignDay, Duty
from plan.deadlines import Deadline
from plan.reminding.ladder import LAST, Ladder, Step, mornings, report_steps
from plan.reminding.rules import CAMPAIGN_LEAD, Rules
from plan.reminding.situations import Situation

RETURNED = Ladder(opening_days=0, before=(1,), after=(1, 3), again=False)
RETURNED_DAYS = 3
"""Working days for a correction where whoever sent the report back set no day."""
OWN_PLAN = Ladder(opening_days=0, before=(20, 5), after=(5,), again=False)
INTERIM = Ladder(opening_days=0, before=(30, 10), after=(), again=False)
CALENDAR_BY = (12, 15)


@dataclass(frozen=True, slots=True)
class Obligation:
    """`key` names it for good, `aim_on` the day it is about: moved, it is reminded of anew."""

    key: str
    aim_on: date
    steps: tuple[Step, ...]
    year: int

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def about(self) -> str:
        """Of a campaign or task, which one."""
        return self.key.split(":")[1]


def obligations(rules: Rules, agency: Situation, years: Iterable[int]) -> Iterator[Obligation]:
    for year in years:
        for each in _of_year(rules, agency, year):
            steps = each.steps
            # What fell due before an agency was founded was never its own to hear.
            if agency.valid_from:
                steps = tuple(s for s in steps if local_date(s.due_at) >= agency.valid_from)
            gone = agency.valid_to and steps and agency.valid_to < local_date(steps[0].due_at)
            if steps and not gone:
                yield each if steps == each.steps else replace(each, steps=steps)


def deadline_of(rules: Rules, agency: Situation, year: int) -> Deadline:
    """The agency's own: with its extension, where it has one."""
    granted = agency.extension(year)
    return rules.deadline(year, granted.until_on if granted else None)


def _of_year(rules: Rules, agency: Situation, year: int) -> Iterator[Obligation]:
    yield from _reports(rules, agency, year)
    yield from _returned(rules, agency, year)
    yield from _reviewing(rules, agency, year)
    yield from _undecided(rules, agency, year)
    yield from _unexplained(rules, agency, year)
    yield from rules.once(
        ("campaigns", year), lambda: [_campaign(rules, day, year) for day in rules.days]
    )
    for code in sorted(agency.leads & rules.tasks.keys()):
        yield from rules.once(("task", code, year), partial(_task, rules, code, year))
    if agency.duty is Duty.REQUIRED:
        yield rules.once(("plan", year), partial(_own_plan, rules, year))
    if agency.standing:
        yield from rules.once(("office", year), partial(_of_the_office, rules, year))


def _own_plan(rules: Rules, year: int) -> Obligation:
    aim = date(year, *rules.plan_by)
    return Obligation(f"plan:{year}", aim, _before(OWN_PLAN, aim, rules.calendar), year)


def _reports(rules: Rules, agency: Situation, year: int) -> Iterator[Obligation]:
    if agency.duty is Duty.ON_REQUEST:
        return
    late = agency.duty is Duty.REQUIRED
    yield rules.once(("the report", year, late), partial(_common, rules, year, late=late))
    granted = agency.extension(year)
    own = deadline_of(rules, agency, year) if granted else None
    if granted and own and own.extended:
        # That the reporting has begun is told once, by the common ladder.
        ladder = replace(rules.ladder, opening_days=0)
        steps = report_steps(ladder, own, rules.calendar, late=late)
        yield Obligation(f"report:{year}", own.last_day, _later(steps, granted.at), year)


def _common(rules: Rules, year: int, *, late: bool) -> Obligation:
    steps = rules.report_steps(year, late=late)
    return Obligation(f"report:{year}", rules.deadline(year).last_day, steps, year)


def _returned(rules: Rules, agency: Situation, year: int) -> Iterator[Obligation]:
    filed = agency.reports.get(year)
    if filed is None or filed.returned is None:
        return
    sent_back = filed.returned
    aim = sent_back.until_on
    if aim is None:
        aim = rules.calendar.shift(local_date(sent_back.at), RETURNED_DAYS)
    steps = _later(_before(RETURNED, aim, rules.calendar), sent_back.at)
    yield Obligation(f"returned:{year}", aim, steps, year)


def _reviewing(rules: Rules, agency: Situation, year: int) -> Iterator[Obligation]:
    filed = agency.reports.get(year)
    if filed is None or filed.state != "submitted" or filed.submitted_at is None:
        return
    yield _waiting(rules, f"approve:{year}", local_date(filed.submitted_at), year)


def _undecided(rules: Rules, agency: Situation, year: int) -> Iterator[Obligation]:
    """The standing agency is told of a request at once; this is for when nobody takes it up."""
    for wish in agency.wishes:
        if wish.year == year:
            yield _waiting(rules, f"extend:{wish.number}:{year}", local_date(wish.at), year)


def _unexplained(rules: Rules, agency: Situation, year: int) -> Iterator[Obligation]:
    for asked in agency.inquiries:
        if asked.year == year:
            steps = _later(_before(RETURNED, asked.until_on, rules.calendar), asked.at)
            key = f"explain:{asked.code}:{asked.number}:{year}"
            yield Obligation(key, asked.until_on, steps, year)


def _waiting(rules: Rules, key: str, since: date, year: int) -> Obligation:
    counts = (rules.reviewing.reviewer, rules.reviewing.office)
    days = [(f"+{count}", rules.calendar.shift(since, count)) for count in counts]
    return Obligation(key, since, mornings(days, rules.calendar), year)


def _campaign(rules: Rules, day: CampaignDay, year: int) -> Obligation:
    """One step, sendable until closing time of the last working day before the day itself."""
    calendar, aim = rules.calendar, rules.span(day, year).first_on
    due_on = calendar.on_or_before(aim - timedelta(days=CAMPAIGN_LEAD))
    until = calendar.closing(calendar.on_or_before(aim - timedelta(days=1)))
    step = Step(f"-{CAMPAIGN_LEAD}", moment(due_on, MORNING), until)
    return Obligation(f"campaign:{day.id}:{year}", aim, (step,), year)


def _task(rules: Rules, code: str, year: int) -> list[Obligation]:
    aim = rules.task_on(code, year)
    if aim is None:
        return []
    calendar, lead = rules.calendar, rules.tasks[code].lead_days
    first = calendar.on_or_before(aim - timedelta(days=lead))
    days = [(f"-{lead}", first), (LAST, calendar.on_or_before(aim))]
    return [Obligation(f"task:{code}:{year}", aim, mornings(days, calendar), year)]


def _of_the_office(rules: Rules, year: int) -> list[Obligation]:
    """The standing agency's own: the interim review, next year's calendar, who is not reached."""
    calendar, found = rules.calendar, []
    if year == rules.reporting.interim_review_year:
        aim = date(year, *rules.review_by)
        steps = _before(INTERIM, aim, calendar)
        found.append(Obligation(f"review:{year}", aim, steps, year))
    aim, end = date(year, *CALENDAR_BY), date(year, 12, 31)
    days = [("-", calendar.on_or_before(aim)), (LAST, calendar.on_or_before(end))]
    found.append(Obligation(f"calendar:{year + 1}", aim, mornings(days, calendar), year))
    ahead = {
        calendar.shift(local_date(step.due_at), -1): step.key
        for step in rules.report_steps(year, late=False)
    }
    steps = tuple(
        Step(key, moment(day, MORNING), calendar.closing(day)) for day, key in ahead.items()
    )
    found.append(Obligation(f"reach:{year}", rules.deadline(year).last_day, steps, year))
    return found


def _before(ladder: Ladder, aim: date, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """A short ladder around a day of its own."""
    days = [(f"-{n}", calendar.shift(calendar.on_or_before(aim), -n)) for n in ladder.before]
    days.append((LAST, calendar.on_or_before(aim)))
    days += [(f"+{n}", calendar.shift(aim, n)) for n in ladder.after]
    return mornings(days, calendar)


def _later(steps: tuple[Step, ...], than: datetime) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.due_at > than)
