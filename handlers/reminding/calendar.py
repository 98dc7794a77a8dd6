"""`/lich`: the days off of a year and the days worked instead, shown and changed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from aiogram import Router

from handlers.commands import ADMIN, OFFICIAL, YEAR_DIGITS, Command
from handlers.language import Markup, join, plain
from handlers.reminding import campaigns, dates
from handlers.reminding.settling import Settling, may_settle, setting
from handlers.routing import Asked, May, Replies, say
from handlers.talk import Link
from plan.answers import fold
from plan.daysoff import FIRST_YEAR, LAST_YEAR, NAME_MOST, OFF, WORK, Dated
from plan.reminding.settled import CULTURE_DAY
from plan.typed import split_days
from storage.settlements import DAY, Change

TOPIC = "lich"
VERBS = {
    "nghi": "off",
    "lam bu": "work",
    "lambu": "work",
    "bo": "drop",
    "ngay van hoa": "culture",
    "ngayvanhoa": "culture",
    "dot": "campaigns",
    "viec": "dates",
    "hoan tac": "undo",
    "hoantac": "undo",
}
SATURDAY, DAYS_MOST = 5, 31


def show(command: Command, settling: Settling) -> Replies:
    """`/lich 2027`; with a verb, `/lich nghi 16/02/2026 Tết`, what is to be changed."""
    verb, rest = split_verb(command.argument, VERBS)
    looks = {"": _show_year, "campaigns": campaigns.answer, "dates": dates.answer}
    if verb in looks:
        return looks[verb](rest, settling)
    if not may_settle(settling):
        return refuse(settling)
    if verb == "undo":
        return settling.undo(TOPIC, rest[0] if rest else "")
    return _switch(rest, settling) if verb == "culture" else _change(verb, rest, settling)


def split_verb(argument: str, verbs: Mapping[str, str]) -> tuple[str, list[str]]:
    """Of one word or up to three, with accents or without; "" where there is none."""
    parts = argument.split()
    for length in (3, 2, 1):
        verb = verbs.get(fold(" ".join(parts[:length]))) if len(parts) >= length else None
        if verb:
            return verb, parts[length:]
    return "", parts


def refuse(settling: Settling) -> Replies:
    return settling.say(settling.words("Only administrators of the standing agency change this."))


def _show_year(rest: Sequence[str], settling: Settling) -> Replies:
    words = settling.words
    year = settling.today.year
    if rest:
        typed = rest[0] if len(rest) == 1 and len(rest[0]) == YEAR_DIGITS else ""
        year = int(typed) if typed.isdecimal() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _explain(settling)
    found = [each for each in settling.rulebook.days(settling.session) if each.day.year == year]
    title = words("<b>Working calendar of {year}</b>", year=year)
    guess = words("Days marked as estimated still await the Government's decision.")
    estimated = any(each.estimated for each in found) or not found
    months = [_month(settling, month, found) for month in range(1, 13)]
    links = [
        Link(words("Calendar of {year}", year=year + 1), f"lich {year + 1}"),
        Link(words("Campaign days"), f"lich dot {year}"),
        Link(words("Dates of tasks"), "lich viec"),
    ]
    hint = _hint(settling) if may_settle(settling) else Markup()
    parts = [title, guess if estimated else Markup(), *months, hint]
    return settling.show([part for part in parts if part], links)


def _month(settling: Settling, month: int, found: Sequence[Dated]) -> Markup:
    lines = [day_told(settling, each) for each in found if each.day.month == month]
    head = settling.words("<b>Month {month}</b>", month=month)
    return join([head, *lines]) if lines else Markup()


def day_told(settling: Settling, each: Dated) -> Markup:
    words = settling.words
    kind = words("off") if each.kind == OFF else words("worked")
    name = plain(each.name) or words("official swap")
    told = words("• {day}: {kind} – {name}", day=words.weekday(each.day), kind=kind, name=name)
    return join([told, words("(estimated)") if each.estimated else Markup()], " ")


def _hint(settling: Settling) -> Markup:
    words = settling.words
    year = settling.today.year
    return join(
        [
            words("To change it, type for example:"),
            words("/lich nghi 16/02/{year} 20/02/{year} New Year – days off", year=year),
            words("/lich lambu 22/08/{year} – worked instead", year=year),
            words("/lich bo 16/02/{year} – what was entered goes", year=year),
            words("/lich ngayvanhoa khong – 24 November is no day off, or is again: co"),
        ]
    )


def _explain(settling: Settling) -> Replies:
    words = settling.words
    told = words(
        "Please type /lich and a year from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR
    )
    return settling.say(join([told, _hint(settling)], "\n\n"))


def _change(verb: str, rest: Sequence[str], settling: Settling) -> Replies:
    words = settling.words
    typed, names = split_days(rest, settling.today.year)
    days = _span(typed)
    name = " ".join(names)
    if not days or len(name) > NAME_MOST:
        return _explain(settling)
    known = {each.day: each for each in settling.rulebook.days(settling.session)}
    changes, lines = [], []
    for day in days:
        change, told = _of_day(settling, verb, day, name, known.get(day))
        if change is None:
            if len(days) == 1:
                return settling.say(told)
            continue
        changes.append(change)
        lines.append(told)
    if not changes:
        return settling.say(words("That is how it stands already; nothing was changed."))
    return settling.propose(TOPIC, changes, lines)


def _span(typed: Sequence[date]) -> list[date]:
    """One day, or all from the first to the second; none where that makes no sense."""
    match typed:
        case [day]:
            days = [day]
        case [first, last] if timedelta() < last - first <= timedelta(days=DAYS_MOST):
            days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        case _:
            return []
    return days if all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days) else []


def _of_day(
    settling: Settling, verb: str, day: date, name: str, known: Dated | None
) -> tuple[Change | None, Markup]:
    """The change and how it is told; or why there is none."""
    words, shown = settling.words, settling.words.weekday(day)
    if verb == "drop":
        return _dropped(settling, day, known)
    weekend = day.weekday() >= SATURDAY
    if verb == OFF and known is None and weekend:
        return None, words("{day} is no working day as it is.", day=shown)
    if verb == WORK and not weekend and (known is None or known.kind == WORK):
        return None, words("{day} is a working day as it is.", day=shown)
    name = name or (known.name if known and known.kind == verb else "")
    default = words("Day off") if verb == OFF else words("Worked instead")
    value = {"kind": verb, "name": name or default, "source": "", "estimated": False}
    after = Dated(day, verb, str(value["name"]), "", estimated=False)
    line = day_told(settling, after)
    if known is not None:
        line = words("{line} (so far: {before})", line=line, before=_short(settling, known))
    return settling.settlements.change(DAY, day.isoformat(), value), line


def _dropped(settling: Settling, day: date, known: Dated | None) -> tuple[Change | None, Markup]:
    words, shown = settling.words, settling.words.weekday(day)
    change = settling.settlements.change(DAY, day.isoformat(), None)
    if change.before is None and known is not None:
        told = words(
            "{day} is {before} by the general calendar, nobody has entered it. To overrule it, "
            "type /lich {verb} {typed}.",
            day=shown,
            before=_short(settling, known),
            verb="lambu" if known.kind == OFF else "nghi",
            typed=words.day(day),
        )
        return None, told
    if change.before is None or known is None:
        return None, words("Nothing has been entered for {day}.", day=shown)
    told = words("• {day}: goes ({before})", day=shown, before=_short(settling, known))
    return change, told


def _short(settling: Settling, each: Dated) -> Markup:
    words = settling.words
    kind = words("off") if each.kind == OFF else words("worked")
    return words("{kind} – {name}", kind=kind, name=plain(each.name) or words("official swap"))


def _switch(rest: Sequence[str], settling: Settling) -> Replies:
    """24 November: a day off or not; the program's own default is that it is."""
    words = settling.words
    said = fold(" ".join(rest))
    if said not in {"co", "khong"}:
        return _explain(settling)
    value = None if said == "co" else False
    line = words("• 24 November is a day off") if said == "co" else words("• 24 November is worked")
    return settling.propose(TOPIC, [setting(CULTURE_DAY, settling, value)], [line])


def build_router() -> Router:
    router = Router(name="calendar")
    say(router, show, May(OFFICIAL, ADMIN), Asked("lich"))
    return router
