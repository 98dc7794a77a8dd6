"""`/lich viec`: when tasks are due, and how long before the agencies in the lead are reminded."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.language import Markup, join
from handlers.reminding.settling import Settling, may_settle
from handlers.report import cards
from handlers.report.drafts import code_meant, indicator_of
from handlers.routing import Replies
from plan.answers import fold
from plan.reminding.rules import TaskTiming, Timing
from plan.reminding.settled import USUAL_TASKS
from plan.typed import day_of
from storage.settlements import TASK

TOPIC, HERE = "lich", "lich viec"
LEAD, LEAD_MOST = 14, 120
MONTHS = 12
NUMBER_DIGITS = 4


def answer(rest: Sequence[str], settling: Settling) -> Replies:
    """`/lich viec` lists those that have a date; with a code, what becomes of that one."""
    if not rest:
        return _list(settling)
    catalogue = settling.catalogue
    codes = [code for code in catalogue.codes() if indicator_of(catalogue, code) is None]
    code = code_meant(rest[0], codes)
    if code is None:
        told = settling.words("“{said}” is no task or assignment of the plan.", said=rest[0][:20])
        return _explain(settling, told)
    if len(rest) == 1:
        return settling.say(join([_line(settling, code, _timing(settling, code)), _hint(settling)]))
    if not may_settle(settling):
        told = settling.words("Only administrators of the standing agency change this.")
        return settling.say(told)
    return _settle(code, rest[1:], settling)


def _settle(code: str, rest: Sequence[str], settling: Settling) -> Replies:
    said = fold("".join(rest))
    value: dict[str, Any] | None = None
    if said == "macdinh":
        after = USUAL_TASKS.get(code)
    elif said == "bo":
        value, after = {"kind": "none", "value": "", "lead_days": 0}, None
    else:
        after = _read(rest, settling)
        if after is None:
            told = settling.words(
                "The date of {code} was not understood, or the days before are more than {most}.",
                code=code,
                most=LEAD_MOST,
            )
            return _explain(settling, told)
        value = {"kind": after.kind.value, "value": after.value, "lead_days": after.lead_days}
    change = settling.settlements.change(TASK, code, value)
    line = settling.words(
        "• {code} ({short}): {before} → {after}",
        code=code,
        short=cards.short_of(settling.catalogue, code),
        before=when(settling, _timing(settling, code)),
        after=when(settling, after),
    )
    return settling.propose(TOPIC, [change], [line], back=HERE)


def _read(rest: Sequence[str], settling: Settling) -> TaskTiming | None:
    """`18/05 14`, `18/05/2026 14`, `thang 6 14`, `dot 3 30`; the days before may be left out."""
    head, *tail = rest
    word = fold(head)
    if word in {"thang", "dot"} and tail:
        kind, value, tail = _named(word, tail[0], settling), tail[0], tail[1:]
        timing = (kind, _value(word, value, settling)) if kind else None
    else:
        timing = _dated(head)
    lead = _lead(tail)
    if timing is None or lead is None:
        return None
    return TaskTiming(*timing, lead)


def _named(word: str, number: str, settling: Settling) -> Timing | None:
    most = MONTHS if word == "thang" else len(settling.rules.days)
    if not (number.isdecimal() and len(number) < NUMBER_DIGITS and 1 <= int(number) <= most):
        return None
    return Timing.MONTH if word == "thang" else Timing.EVENT


def _value(word: str, number: str, settling: Settling) -> str:
    return str(int(number)) if word == "thang" else settling.rules.days[int(number) - 1].id


def _dated(text: str) -> tuple[Timing, str] | None:
    """Without a year, of every year; 29 February is then the 28th where there is none."""
    if on := day_of(text):
        return Timing.DATE, on.isoformat()
    leap = day_of(text, 2028)
    return (Timing.DATE, f"{leap:%m-%d}") if leap else None


def _lead(tail: Sequence[str]) -> int | None:
    match tail:
        case []:
            return LEAD
        case [days] if days.isdecimal() and len(days) < NUMBER_DIGITS and int(days) <= LEAD_MOST:
            return int(days)
    return None


def _timing(settling: Settling, code: str) -> TaskTiming | None:
    return settling.rules.tasks.get(code)


def when(settling: Settling, timing: TaskTiming | None) -> Markup:
    words = settling.words
    if timing is None or timing.kind is Timing.NONE:
        return words("no date")
    lead = words.plural("{count} day before", "{count} days before", timing.lead_days)
    if timing.kind is Timing.MONTH:
        return words("end of month {month}, reminded {lead}", month=timing.value, lead=lead)
    if timing.kind is Timing.EVENT:
        day = settling.rules.day(timing.value)
        name = day.name if day else timing.value
        return words("{name}, reminded {lead}", name=name, lead=lead)
    *year, month, on = timing.value.split("-")
    if year:
        full = words.weekday(date.fromisoformat(timing.value))
        return words("{day}, reminded {lead}", day=full, lead=lead)
    return words("{day} every year, reminded {lead}", day=f"{on}/{month}", lead=lead)


def _line(settling: Settling, code: str, timing: TaskTiming | None) -> Markup:
    words = settling.words
    return words(
        "• {code} ({short}): {when}",
        code=code,
        short=cards.short_of(settling.catalogue, code),
        when=when(settling, timing),
    )


def _list(settling: Settling) -> Replies:
    words, tasks = settling.words, settling.rules.tasks
    dated = [code for code in settling.catalogue.codes() if code in tasks]
    lines = [_line(settling, code, tasks[code]) for code in dated]
    title = words("<b>Dates of tasks</b>")
    rest = words("All others have no date: nobody is reminded of them.")
    hint = _hint(settling) if may_settle(settling) else Markup()
    parts = [title, join(lines), rest, hint]
    return settling.show([part for part in parts if part])


def _hint(settling: Settling) -> Markup:
    words = settling.words
    if not may_settle(settling):
        return Markup()
    return join(
        [
            words("To change them, type for example:"),
            words(
                "/lich viec II.1.a 18/05 14 – every year, reminded 14 days before and on the day"
            ),
            words("/lich viec II.1.a 18/05/2027 14 – in that year only"),
            words("/lich viec II.1.a thang 6 14 – by the end of June"),
            words("/lich viec II.1.a dot 5 30 – with no. 5 of /lich dot"),
            words("/lich viec II.1.a bo – no date; macdinh – as the program has it"),
        ]
    )


def _explain(settling: Settling, told: Markup) -> Replies:
    return settling.say(join([told, _hint(settling)], "\n\n"))
