"""`/mocnhac`: when and how often reports are asked for, who hears of it later on, and by when."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram import Router

from handlers.commands import ADMIN, OFFICIAL, Command
from handlers.language import Markup, Words, join
from handlers.reminding import wording
from handlers.reminding.calendar import refuse, split_verb
from handlers.reminding.laddertext import LadderError, office_hours, read_ladder, settled_lines
from handlers.reminding.settling import Settling, may_settle, setting
from handlers.routing import Asked, May, Replies, say
from plan.answers import fold
from plan.calendars import local_date
from plan.deadlines import Weekend
from plan.reminding import settled
from plan.reminding.settled import ladder_kept
from plan.typed import day_of
from storage.settlements import Change

TOPIC = "mocnhac"
DAYS_MOST, DIGITS = 60, 3
REPORT = "report"
LEAP_YEAR = 2028
VERBS = {
    "leo thang": settled.ESCALATION,
    "leothang": settled.ESCALATION,
    "cho duyet": settled.REVIEWING,
    "choduyet": settled.REVIEWING,
    "noi bo": settled.INTERNAL,
    "noibo": settled.INTERNAL,
    "cuoi tuan": settled.WEEKEND,
    "cuoituan": settled.WEEKEND,
    "ke hoach": settled.PLAN_BY,
    "kehoach": settled.PLAN_BY,
    "so ket": settled.REVIEW_BY,
    "soket": settled.REVIEW_BY,
    "chieu": "again",
    "mac dinh": "default",
    "macdinh": "default",
    "hoan tac": "undo",
    "hoantac": "undo",
}
WEEKENDS = {"som": Weekend.EARLIER, "sau": Weekend.NEXT, "giu": Weekend.NONE}
ALL = (
    settled.LADDER,
    settled.ESCALATION,
    settled.REVIEWING,
    settled.INTERNAL,
    settled.WEEKEND,
    settled.PLAN_BY,
    settled.REVIEW_BY,
)


def show(command: Command, settling: Settling) -> Replies:
    """What holds now; or, with `45 30 14 7 3 1 0 +1 +3 +5` or a word, what is to be changed."""
    verb, rest = split_verb(command.argument, VERBS)
    if not verb and not rest:
        return _show(settling)
    if not may_settle(settling):
        return refuse(settling)
    if verb == "undo":
        return settling.undo(TOPIC, rest[0] if rest else "")
    try:
        changes = _changes(verb, rest, settling)
    except LadderError as error:
        return _explain(settling, Markup(error))
    difference = _difference(settling, changes)
    # What is typed may be what the program has of itself.
    return settling.propose(TOPIC, changes if difference else [], difference)


def _changes(verb: str, rest: Sequence[str], settling: Settling) -> list[Change]:
    words, rules = settling.words, settling.rules
    if verb == "default":
        return [setting(key, settling, None) for key in ALL]
    if not verb:
        ladder = read_ladder(words, rest, rules.ladder)
        return [setting(settled.LADDER, settling, ladder_kept(ladder))]
    if verb == "again":
        ladder = replace(rules.ladder, again=_yes(words, rest))
        return [setting(settled.LADDER, settling, ladder_kept(ladder))]
    if verb in {settled.ESCALATION, settled.REVIEWING}:
        return [setting(verb, settling, _two(words, rest))]
    if verb == settled.WEEKEND:
        return [setting(verb, settling, _weekend(words, rest))]
    return [setting(verb, settling, _day(verb, rest, settling))]


def _yes(words: Words, rest: Sequence[str]) -> bool:
    said = fold(" ".join(rest))
    if said not in {"co", "khong"}:
        raise LadderError(words("Please type “co” or “khong” behind it."))
    return said == "co"


def _two(words: Words, rest: Sequence[str]) -> list[int]:
    numbers = [int(each) for each in rest if each.isdecimal() and len(each) < DIGITS]
    match numbers:
        case [first, second] if len(rest) == len(numbers) and 1 <= first <= second <= DAYS_MOST:
            return [first, second]
    raise LadderError(
        words(
            "Please type two numbers of working days from 1 to {most}, the first no greater than "
            "the second.",
            most=DAYS_MOST,
        )
    )


def _weekend(words: Words, rest: Sequence[str]) -> str:
    policy = WEEKENDS.get(fold(" ".join(rest)))
    if policy is None:
        raise LadderError(words("Please type som, sau or giu behind it."))
    return policy.value


def _day(verb: str, rest: Sequence[str], settling: Settling) -> list[int] | None:
    """Month and day. None gives up the internal date, or takes the program's own again."""
    words = settling.words
    if fold(" ".join(rest)) == "bo":
        return None
    on = day_of(rest[0], LEAP_YEAR) if len(rest) == 1 else None
    if on is None or (on.month, on.day) == (2, 29):
        raise LadderError(words("Please type a day and a month behind it, or “bo”."))
    last = settling.rules.deadline(settling.today.year).last_day
    if verb == settled.INTERNAL and (on.month, on.day) >= (last.month, last.day):
        raise LadderError(
            words("The internal date lies before the deadline itself, {day}.", day=f"{last:%d/%m}")
        )
    return [on.month, on.day]


def _difference(settling: Settling, changes: Sequence[Change]) -> list[Markup]:
    """The lines that would read otherwise."""
    words = settling.words
    before = settled_lines(words, settling.rules)
    after = settled_lines(words, settling.tried(changes))
    return [
        words("• {before} → {after}", before=old, after=_without_label(new, old))
        for old, new in zip(before, after, strict=True)
        if old != new
    ]


def _without_label(new: Markup, old: Markup) -> Markup:
    """What stands before the colon of both is read once."""
    label, colon, told = new.partition(": ")
    return Markup(told) if colon and old.startswith(f"{label}: ") else new


def _show(settling: Settling) -> Replies:
    words, rules = settling.words, settling.rules
    lines = [Markup(f"• {line}") for line in settled_lines(words, rules)]
    title = words("<b>Steps of the reminders</b>")
    hours = Markup(f"• {office_hours(words, rules)}")
    hint = _hint(words) if may_settle(settling) else Markup()
    parts = [join([title, *lines, hours]), _days(settling), hint]
    return settling.show([part for part in parts if part])


def _days(settling: Settling) -> Markup:
    """On which days that is: this year, or where its last step has passed, the next."""
    words, rules = settling.words, settling.rules
    year = settling.today.year
    steps = rules.report_steps(year, late=True)
    if steps[-1].due_at < settling.now:
        year += 1
        steps = rules.report_steps(year, late=True)
    lines = [
        words("• {day}: {step}", day=words.weekday(local_date(each.due_at)), step=step)
        for each in steps
        if (step := wording.step(words, each.key, REPORT))
    ]
    return join([words("<b>For the report of {year} that is</b>", year=year), *lines])


def _hint(words: Words) -> Markup:
    return join(
        [
            words("To change it, type for example:"),
            words(
                "/mocnhac 45 30 14 7 3 1 0 +1 +3 +5 – opening, days before, the last day, days "
                "after; khongmo in front: no opening"
            ),
            words("/mocnhac chieu khong – no second reminder on the last day"),
            words("/mocnhac leothang 3 5 – the leader, the standing agency"),
            words("/mocnhac choduyet 2 4 – the reviewer, the administrators"),
            words("/mocnhac noibo 25/10 – internal date; bo: none"),
            words("/mocnhac cuoituan som – or sau, or giu"),
            words("/mocnhac kehoach 31/03, /mocnhac soket 31/12"),
            words("/mocnhac macdinh – everything as the program has it"),
        ]
    )


def _explain(settling: Settling, told: Markup) -> Replies:
    nothing = settling.words("Nothing was changed.")
    return settling.say(join([join([told, nothing], " "), _hint(settling.words)], "\n\n"))


def build_router() -> Router:
    router = Router(name="ladders")
    say(router, show, May(OFFICIAL, ADMIN), Asked("mocnhac"))
    return router
