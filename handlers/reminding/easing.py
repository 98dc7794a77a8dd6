"""`/giahan` and `/tatnhac`: what waits and what is in force, and the way to everything about it."""

from datetime import date

from aiogram import Router

from handlers import menu
from handlers.commands import ADMIN, OFFICIAL, Command
from handlers.language import Markup, join
from handlers.lookup import step_of
from handlers.reminding import granted, telling, verdict, wishes
from handlers.reminding.errand import Errand
from handlers.reminding.granting import CONFIRM, GIVE, QUIET, REASON, UNTIL, Granting, Typed, parsed
from handlers.routing import Asked, At, Chose, May, Open, Replies, Reply, say
from plan.answers import fold
from plan.reminding.situations import Ease
from storage.agencies import NamedAgency
from storage.easings import Easings
from storage.extensions import Extensions
from storage.tables import ExtensionRequest

TAKE_BACK = {GIVE: "thuhoi", QUIET: "bat"}
"""An extension is taken back, reminders are switched on again: each command has its own word."""
RESTORE = "khoiphuc"
LETTERS_MOST = 5


def begin(command: Command | None, errand: Errand) -> Replies:
    """Officials of the standing agency decide on requests; only administrators grant by their own
    leave.
    """
    command = errand.lookup.meant(command)
    words = errand.words
    if not telling.may_decide(errand.member, errand.people):
        return menu.answer_unknown_command(errand.talk, words)
    first, _, rest = command.argument.partition(" ")
    if command.name == GIVE and first in verdict.WORDS:
        return verdict.decide(errand, first, rest)
    if not command.argument:
        return _list(errand, command.name)
    if not errand.member.may(ADMIN):
        return errand.say(words("Only administrators may do this. /giahan shows what waits."))
    about = _numbered(command.argument)
    return _turn(errand, command.name, *about) if about else _grant(command, errand)


def _turn(errand: Errand, name: str, verb: str, number: int) -> Replies:
    """An entry that is there already, by the word that its command has for it."""
    kinds = (Ease.MUTE,) if name == QUIET else granted.GIVEN
    if verb == RESTORE:
        return granted.restore(errand, number, kinds)
    if verb == TAKE_BACK[name]:
        return granted.take_back(errand, number, kinds)
    return errand.say(_other_word(errand, number))


def _numbered(argument: str) -> tuple[str, int] | None:
    """`thu hồi 7` → ("thuhoi", 7); None where it names an agency."""
    *said, last = argument.split()
    verb = fold("".join(said))
    known = verb == RESTORE or verb in TAKE_BACK.values()
    return (verb, int(last)) if known and last.isdecimal() else None


def _other_word(errand: Errand, number: int) -> Markup:
    return errand.words(
        "To take back an extension or exemption, type /giahan thuhoi {n}; to have an agency "
        "reminded again, /tatnhac bat {n}.",
        n=number,
    )


def _grant(command: Command, errand: Errand) -> Replies:
    typed = parsed(command.argument, errand.today)
    if not typed.agency:
        return errand.say(_how(errand, command.name))
    agency = errand.lookup.asked(command, typed.agency, on=errand.today)
    if not isinstance(agency, NamedAgency):
        return agency
    if command.name == GIVE and (told := wishes.nothing_to_extend(errand, agency)):
        return errand.say(told)
    return Granting(command.name, errand, agency).take(typed)


def read_until(errand: Errand, chosen: str | None) -> Replies:
    said = errand.talk.turn.text
    granting = _granting(errand)
    if chosen == "exempt":
        return granting.reason(Ease.EXEMPTION, None, "")
    typed = parsed(said, errand.today)
    day = typed.day if typed.day and not typed.agency else said
    return granting.take(Typed(granting.agency.id, day, typed.reason if day != said else ""))


def read_reason(errand: Errand) -> Replies:
    data = errand.talk.data
    said = errand.talk.turn.text.strip() or "-"
    return _granting(errand).reason(Ease(data["kind"]), _day(data["until"]), said)


def record(errand: Errand) -> Replies:
    data = errand.talk.data
    return _granting(errand).record(Ease(data["kind"]), _day(data["until"]), data["reason"])


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was recorded."))


def _list(errand: Errand, name: str) -> Replies:
    """Each request with its buttons, then what is in force with the way back."""
    words, easings = errand.words, Easings(errand.session)
    if name == QUIET:
        rows = easings.muted(errand.today)
        title = words("<b>Agencies that are not reminded</b>")
        none = words("Every agency is reminded.")
        waiting: list[ExtensionRequest] = []
    else:
        year = errand.today.year
        rows = easings.granted(year, *granted.GIVEN)
        title = words("<b>Extensions and exemptions of {year}</b>", year=year)
        none = words("None has been granted.")
        waiting = list(Extensions(errand.session).waiting())
    body = granted.lines(errand, rows) or [none]
    parts = [join([title, *body]), _how(errand, name)]
    pages = errand.talk.pages(parts, granted.links(words, rows))
    return [*_waiting(errand, waiting), *pages, *errand.talk.ask_again()]


def _waiting(errand: Errand, requests: list[ExtensionRequest]) -> list[Reply]:
    found: list[Reply] = []
    for request in requests[:LETTERS_MOST]:
        last = errand.deadline(request.agency_id).last_day
        name, who = errand.named(request.agency_id).name, errand.people.name(request.person_id)
        text = wishes.letter(errand.words, request, name, who, last)
        found.append(errand.talk.say(text, wishes.decisions(errand.words, request)))
    return found


def _how(errand: Errand, name: str) -> Markup:
    words, today = errand.words, errand.today
    if name == QUIET:
        return words(
            "To leave an agency in peace until a day, type for example /tatnhac quan 1 {day} and "
            "the reason.",
            day=words.day(errand.rules.calendar.shift(today, wishes.DAYS_MORE)),
        )
    day = wishes.example(errand.rules.deadline(today.year), errand.rules, today)
    return words(
        "To extend, type for example /giahan quan 1 {day} and the reason; to exempt, /giahan quan "
        "1 mien and the reason.",
        day=words.day(day),
    )


def _granting(errand: Errand) -> Granting:
    data, (command, _, _) = errand.talk.data, (errand.talk.step or "").partition(".")
    number = data.get("request")
    request = Extensions(errand.session).get(number) if number else None
    return Granting(command, errand, errand.named(data["target"]), request)


def _day(kept: str) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _of_both(name: str) -> tuple[str, ...]:
    return f"{GIVE}.{name}", f"{QUIET}.{name}"


def build_router() -> Router:
    router = Router(name="easing")
    office = May(ADMIN, OFFICIAL)
    until, reason, confirm = (_of_both(name) for name in (UNTIL, REASON, CONFIRM))
    here = (*until, *reason, *confirm, verdict.ANSWER)
    say(router, begin, office, Asked(GIVE, QUIET))
    say(router, begin, office, At(step_of(GIVE), step_of(QUIET)))
    say(router, leave, office, At(*here), Chose("leave"))
    say(router, leave, office, Open(*here), Asked("huy"))
    say(router, read_until, office, At(*until))
    say(router, read_reason, office, At(*reason))
    say(router, record, office, At(*confirm), Chose("record"))
    say(router, verdict.read_answer, office, At(verdict.ANSWER))
    return router
