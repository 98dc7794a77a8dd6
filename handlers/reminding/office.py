"""What the standing agency hears: lists of agencies, one paragraph for each kind."""

from collections.abc import Sequence

from handlers.language import Markup, Words, first_of, join
from handlers.reminding.matters import Matter, Told


def told(words: Words, kind: str, matters: Sequence[Matter]) -> Told:
    tell = {
        "report": _overdue,
        "approve": _waiting,
        "extend": _undecided,
        "explain": _unexplained,
        "review": _review,
        "calendar": _calendar,
        "reach": _unreached,
    }[kind]
    return tell(words, matters)


def _overdue(words: Words, matters: Sequence[Matter]) -> Told:
    names = _names(words, [matter.agency.short for matter in matters])
    what = words.plural(
        "{count} agency has not sent its {year} report although it and its leader have been "
        "reminded after the deadline: {names}.",
        "{count} agencies have not sent their {year} report although they and their leaders have "
        "been reminded after the deadline: {names}.",
        len(matters),
        year=matters[0].year,
        names=names,
    )
    return Told([what], words("Please contact them. /tiendo shows how each of them stands."))


def _waiting(words: Words, matters: Sequence[Matter]) -> Told:
    days = min(matter.item.step.late for matter in matters)
    names = _names(words, [matter.agency.short for matter in matters])
    what = words.plural(
        "{count} report of {year} has been waiting for review for at least {days} working days: "
        "{names}.",
        "{count} reports of {year} have been waiting for review for at least {days} working days: "
        "{names}.",
        len(matters),
        year=matters[0].year,
        days=days,
        names=names,
    )
    return Told([what], words("Type /duyet to look at them."))


def _undecided(words: Words, matters: Sequence[Matter]) -> Told:
    days = min(matter.item.step.late for matter in matters)
    names = _names(words, [matter.agency.short for matter in matters])
    what = words.plural(
        "{count} request for more time has been waiting for a decision for at least {days} working "
        "days: {names}.",
        "{count} requests for more time have been waiting for a decision for at least {days} "
        "working days: {names}.",
        len(matters),
        days=days,
        names=names,
    )
    return Told([what], words("Type /giahan to decide."))


def _unexplained(words: Words, matters: Sequence[Matter]) -> Told:
    names = _names(words, [f"{matter.agency.short} ({matter.about})" for matter in matters])
    what = words.plural(
        "{count} question about a figure of {year} has not been answered in time: {names}.",
        "{count} questions about figures of {year} have not been answered in time: {names}.",
        len(matters),
        year=matters[0].year,
        names=names,
    )
    return Told([what], words("Type /giaitrinh to see them."))


def _review(words: Words, matters: Sequence[Matter]) -> Told:
    matter = matters[0]
    what = words(
        "the interim review of {year} (clause V of the plan) is to be held by {day}.",
        year=matter.year,
        day=words.weekday(matter.item.aim_on),
    )
    return Told([what], words("/tiendo {year} shows the figures of that year.", year=matter.year))


def _calendar(words: Words, matters: Sequence[Matter]) -> Told:
    what = words(
        "the days off of {year} are not in the calendar yet, so the dates of reminders are "
        "estimates.",
        year=matters[0].year,
    )
    todo = words("Please have them entered as soon as the Government has decided on them.")
    return Told([what], todo)


def _unreached(words: Words, matters: Sequence[Matter]) -> Told:
    missing = matters[0].agency.unreached
    names = _names(words, missing)
    what = words.plural(
        "the next reminder would reach nobody in {count} agency: {names}.",
        "the next reminder would reach nobody in {count} agencies: {names}.",
        len(missing),
        names=names,
    )
    return Told([what], words("Please invite a focal point for them."))


def _names(words: Words, names: Sequence[str]) -> Markup:
    shown, more = first_of(names)
    return join([shown, words("and {count} more", count=words.number(more)) if more else ""], " ")
