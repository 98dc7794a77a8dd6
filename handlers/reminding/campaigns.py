"""`/lich dot`: the days and weeks that the plan names, and those of one's own, year by year."""

import re
from collections.abc import Sequence
from datetime import date

from handlers.commands import YEAR_DIGITS
from handlers.language import Markup, join
from handlers.reminding.settling import Settling, may_settle, setting
from handlers.report.drafts import PLAN_ENDS, PLAN_STARTS
from handlers.routing import Replies
from plan.answers import fold
from plan.catalogue import CampaignDay
from plan.reminding.rules import Span
from plan.reminding.settled import OWN_DAY, span_kept, span_key
from plan.typed import day_of, split_days
from storage.settlements import Change

TOPIC, HERE = "lich", "lich dot"
NAME_MOST, ID_MOST, LONGEST = 80, 40, 60
LEAP = (29, 2)
NUMBER_DIGITS = 3


def answer(rest: Sequence[str], settling: Settling) -> Replies:
    """`/lich dot 2026` lists them; with a number, what becomes of that one."""
    parts, year = _with_year(rest, settling.today.year)
    if not PLAN_STARTS <= year <= PLAN_ENDS:
        return _explain(settling)
    if not parts:
        return _list(settling, year)
    if not may_settle(settling):
        told = settling.words("Only administrators of the standing agency change this.")
        return settling.say(told)
    if fold(parts[0]) == "them":
        return _add(parts[1:], settling)
    if fold(parts[0]) == "bo":
        return _remove(parts[1:], settling)
    return _move(parts, year, settling)


def _with_year(rest: Sequence[str], this_year: int) -> tuple[list[str], int]:
    """The year may stand alone or behind; of dates with a year, theirs counts."""
    parts = list(rest)
    if parts and len(parts[-1]) == YEAR_DIGITS and parts[-1].isdecimal():
        return parts[:-1], int(parts[-1])
    typed = [found for part in parts if (found := day_of(part))]
    return parts, typed[0].year if typed else this_year


def ordered(settling: Settling) -> Sequence[CampaignDay]:
    """As they are numbered."""
    return settling.rules.days


def _list(settling: Settling, year: int) -> Replies:
    words = settling.words
    lines = [
        words("{n}. {name}: {when}", n=n, name=day.name, when=_when(settling, day, year))
        for n, day in enumerate(ordered(settling), 1)
    ]
    title = words("<b>Campaign days of {year}</b>", year=year)
    hint = _hint(settling, year) if may_settle(settling) else Markup()
    return settling.show([title, join(lines), hint] if hint else [title, join(lines)])


def _when(settling: Settling, day: CampaignDay, year: int) -> Markup:
    return span_told(settling, settling.rules.span(day, year))


def span_told(settling: Settling, span: Span) -> Markup:
    words = settling.words
    told = Markup(words.weekday(span.first_on))
    if span.last_on != span.first_on:
        first, last = words.day(span.first_on), words.weekday(span.last_on)
        told = words("{first} to {last}", first=first, last=last)
    waiting = Markup() if span.confirmed else words("(awaiting the dispatch)")
    return join([told, waiting], " ")


def _hint(settling: Settling, year: int) -> Markup:
    words = settling.words
    return join(
        [
            words("To change them, type for example:"),
            words(
                "/lich dot 5 12/10/{year} 18/10/{year} – the days of no. 5, confirmed", year=year
            ),
            words("/lich dot 5 xacnhan {year} – the days shown are confirmed", year=year),
            words("/lich dot 5 macdinh {year} – the plan's own days again", year=year),
            words("/lich dot them 24/11 Culture Day – a day of one's own"),
            words("/lich dot bo 6 – a day of one's own goes"),
        ]
    )


def _explain(settling: Settling, told: Markup | None = None) -> Replies:
    words = settling.words
    told = told or words("That was not understood, or the year is none of the plan.")
    return settling.say(join([told, _hint(settling, settling.today.year)], "\n\n"))


def _meant(number: str, settling: Settling) -> CampaignDay | None:
    """By its number in the list; the learning week by name as well."""
    days = ordered(settling)
    if fold(number) == "tuanle":
        return next((day for day in days if day.awaiting_dispatch), None)
    if number.isdecimal() and len(number) < NUMBER_DIGITS and 1 <= int(number) <= len(days):
        return days[int(number) - 1]
    return None


def _move(parts: Sequence[str], year: int, settling: Settling) -> Replies:
    day, rest = _meant(parts[0], settling), parts[1:]
    if day is None:
        return _explain(settling)
    before = settling.rules.span(day, year)
    key = span_key(day.id, year)
    said = fold("".join(rest))
    if said == "macdinh":
        usual = Span(day.first_on(year), day.last_on(year), not day.awaiting_dispatch)
        return _propose(settling, day, setting(key, settling, None), before, usual)
    if said == "xacnhan":
        span = Span(before.first_on, before.last_on, confirmed=True)
    else:
        found = _span(rest, year)
        if found is None:
            told = settling.words(
                "The days of {name} were not understood: one day or the first and the last, at "
                "most {most} days, of one year.",
                name=day.name,
                most=LONGEST,
            )
            return _explain(settling, told)
        span = found
    return _propose(settling, day, setting(key, settling, span_kept(span)), before, span)


def _span(rest: Sequence[str], year: int) -> Span | None:
    typed, left = split_days(rest, year)
    if left or not 1 <= len(typed) <= len(("first", "last")):
        return None
    first, last = typed[0], typed[-1]
    sound = first <= last and (last - first).days < LONGEST and first.year == last.year == year
    return Span(first, last, confirmed=True) if sound else None


def _propose(
    settling: Settling, day: CampaignDay, change: Change, before: Span, after: Span
) -> Replies:
    line = settling.words(
        "• {name}: {before} → {after}",
        name=day.name,
        before=span_told(settling, before),
        after=span_told(settling, after),
    )
    return settling.propose(TOPIC, [change], [line], back=f"{HERE} {after.first_on.year}")


def _add(parts: Sequence[str], settling: Settling) -> Replies:
    """Every year on the same day. 29 February is none that every year has."""
    on, name = day_of(parts[0], settling.today.year) if parts else None, " ".join(parts[1:])
    if on is None or not 0 < len(name) <= NAME_MOST or (on.day, on.month) == LEAP:
        told = settling.words(
            "Please type day and month, which every year has, and a name of at most {most} "
            "characters.",
            most=NAME_MOST,
        )
        return _explain(settling, told)
    value = {"name": name, "month": on.month, "day": on.day}
    change = setting(f"{OWN_DAY}{_new_id(settling, name)}", settling, value)
    line = settling.words("• new: {name}, {day} every year", name=name, day=f"{on:%d/%m}")
    return settling.propose(TOPIC, [change], [line], back=HERE)


def _new_id(settling: Settling, name: str) -> str:
    """It names the day in the ledger for good, whatever becomes of the name."""
    plain = re.sub("[^a-z0-9]+", "-", fold(name)).strip("-")[:ID_MOST] or "ngay"
    known = {day.id for day in ordered(settling)}
    tries = (plain, *(f"{plain}-{n}" for n in range(2, len(known) + 3)))
    return next(each for each in tries if each not in known)


def _remove(parts: Sequence[str], settling: Settling) -> Replies:
    day = _meant(parts[0], settling) if len(parts) == 1 else None
    if day is None:
        return _explain(settling)
    change = setting(f"{OWN_DAY}{day.id}", settling, None)
    if change.before is None:
        told = settling.words(
            "{name} stands in the plan and cannot be removed; only days of one's own can.",
            name=day.name,
        )
        return settling.say(told)
    on = date(settling.today.year, change.before["month"], change.before["day"])
    line = settling.words("• goes: {name}, {day} every year", name=day.name, day=f"{on:%d/%m}")
    return settling.propose(TOPIC, [change], [line], back=HERE)
