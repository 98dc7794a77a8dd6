"""The ladder as it is typed, `45 30 14 7 3 1 0 +1 +3 +5`, and everything settled as it is told."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.language import Markup, Words, join
from plan.answers import fold
from plan.calendars import MORNING
from plan.deadlines import Weekend
from plan.reminding.ladder import AFTERNOON, DAYS_MOST, STEPS_MOST, Ladder, problems
from plan.reminding.rules import Rules

NO_OPENING = "khongmo"
DIGITS = 4


class LadderError(Exception):
    """What was typed is no ladder; the message is what is told."""


def read_ladder(words: Words, typed: Sequence[str], before: Ladder) -> Ladder:
    """The first number opens; `+` is after the deadline; `0` is the last day, which always counts.

    Whether the last day has its afternoon is settled by itself and stays.
    """
    opening = 0
    rest = list(typed)
    if fold(rest[0]).replace(" ", "") == NO_OPENING:
        rest.pop(0)
    else:
        opening = _number(words, rest.pop(0))
    ahead = [_number(words, each) for each in rest if not each.startswith("+")]
    late = [_number(words, each[1:]) for each in rest if each.startswith("+")]
    ahead = ahead[:-1] if ahead[-1:] == [0] else ahead
    ladder = replace(before, opening_days=opening, before=tuple(ahead), after=tuple(late))
    if found := problems(ladder):
        raise LadderError(join([_problem(words, each) for each in found]))
    return ladder


def _number(words: Words, text: str) -> int:
    if text.isdecimal() and len(text) < DIGITS:
        return int(text)
    raise LadderError(words("“{said}” is no number of days.", said=text[:20]))


def _problem(words: Words, key: str) -> Markup:
    told = {
        "range": words("Each number lies between 1 and {most}.", most=DAYS_MOST),
        "many": words("There are at most {most} steps before and after.", most=STEPS_MOST),
        "before": words("Before the deadline the numbers fall, none twice: 30 14 7."),
        "after": words("After the deadline the numbers rise, none twice: +1 +3 +5."),
    }
    return told[key]


def settled_lines(words: Words, rules: Rules) -> list[Markup]:
    """A line for each thing that can be settled, always in the same order."""
    ladder, terms = rules.ladder, rules.terms
    last = words("The last day: {time}", time=f"{MORNING:%H:%M}")
    if ladder.again:
        again = {"time": f"{MORNING:%H:%M}", "again": f"{AFTERNOON:%H:%M}"}
        last = words("The last day: {time}, and once more {again}", **again)
    internal = f"{terms.internal[1]:02}/{terms.internal[0]:02}" if terms.internal else ""
    return [
        words("Opening: {count} calendar days before", count=ladder.opening_days)
        if ladder.opening_days
        else words("Opening: none"),
        words("Working days before: {days}", days=_listed(ladder.before)),
        last,
        words("Working days after: {days}", days=_listed(ladder.after)),
        *_escalation(words, rules),
        words(
            "A report awaiting review: the reviewer after {reviewer} working days, administrators "
            "after {office}",
            reviewer=rules.reviewing.reviewer,
            office=rules.reviewing.office,
        ),
        words("Internal date: {day}", day=internal or words("none")),
        weekend(words, terms.weekend),
        words("The agencies' own plans: by {day}", day=_day(rules.plan_by)),
        words("Interim review: by {day}", day=_day(rules.review_by)),
    ]


def _escalation(words: Words, rules: Rules) -> list[Markup]:
    """A step that comes so late is what tells them: without one nobody hears."""
    latest = max(rules.ladder.after, default=0)
    leader, office = rules.escalation.leader, rules.escalation.office
    never = words("(no step comes so late: nobody is told)")
    return [
        join(
            [
                words("The agency's leader: from {count} working days after on", count=leader),
                never if leader > latest else Markup(),
            ],
            " ",
        ),
        join(
            [
                words("The standing agency: from {count} working days after on", count=office),
                never if office > latest else Markup(),
            ],
            " ",
        ),
    ]


def weekend(words: Words, policy: Weekend) -> Markup:
    told = {
        Weekend.EARLIER: words("A last day off: aimed at the working day before (som)"),
        Weekend.NEXT: words("A last day off: the next working day is still on time (sau)"),
        Weekend.NONE: words("A last day off: counted from it all the same (giu)"),
    }
    return told[policy]


def office_hours(words: Words, rules: Rules) -> Markup:
    spans = ", ".join(
        f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in rules.calendar.office_hours
    )
    return words("Office hours, in which letters leave: {hours} (set on the server)", hours=spans)


def _listed(days: Sequence[int]) -> str:
    return ", ".join(map(str, days)) or "–"


def _day(month_day: tuple[int, int]) -> str:
    return f"{month_day[1]:02}/{month_day[0]:02}"
