"""`/tamhoan`: a focal point hears of one matter later, and on a day of their own choice.

Typed at once, `/tamhoan 3 ngày` or `/tamhoan IV.10.a 28/10 chờ số liệu`, or asked for.
"""

from datetime import date, timedelta
from html import unescape

from aiogram import Router

from handlers.commands import FOCAL, Command
from handlers.language import Markup, join, sentence
from handlers.reminding import wording
from handlers.reminding.deferrable import Deferrable, deferrable
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import Link, Option
from plan.answers import fold
from plan.answers.spans import read_wait
from plan.calendars import MORNING
from storage.snoozes import Snoozes
from storage.tables import Snooze

WHAT, WHEN = "tamhoan.what", "tamhoan.when"
UNDO = {"bo", "xoa", "huy"}
OFFERED = (1, 3)
SHOWN = 40
LABEL_MOST = 27
"""Characters beside the number, so that a phone shows all of them."""


def begin(command: Command, errand: Errand) -> Replies:
    said = command.argument
    first, _, rest = said.partition(" ")
    if fold(first) in UNDO:
        return _undo(errand, rest.strip())
    found = deferrable(errand)
    named = [(each, left) for each in found if (left := each.named_in(said)) is not None]
    if not found:
        return errand.say(join([_nothing(errand), *_list(errand)], "\n"), *_links(errand))
    if len(named) == 1:
        matter, left = named[0]
        return _when(errand, matter, left)
    if named:
        return _ask_what(errand, [each for each, _ in named], named[0][1])
    if said and read_wait(said, errand.today) is None:
        words = errand.words
        told = words("“{said}” is nothing that can be put off now.", said=said[:SHOWN])
        return _ask_what(errand, found, "", told)
    return _when(errand, found[0], said) if len(found) == 1 else _ask_what(errand, found, said)


def _when(errand: Errand, matter: Deferrable, said: str) -> Replies:
    words = errand.words
    if not said:
        return _ask_when(errand, matter)
    wait = read_wait(said, errand.today)
    if wait is None:
        told = words("“{said}” could not be read as a day.", said=said[:SHOWN])
        return _ask_when(errand, matter, told)
    on = errand.rules.calendar.on_or_after(wait.until_on)
    if on <= errand.today:
        told = words("{day} is past already.", day=words.weekday(wait.until_on))
        return _ask_when(errand, matter, told)
    if on > matter.latest:
        return _ask_when(errand, matter, _too_late(errand, matter, on))
    return _keep(errand, matter, on, wait.after)


def _too_late(errand: Errand, matter: Deferrable, on: date) -> Markup:
    words = errand.words
    return words(
        "{day} is too late: it is due by {aim}, and can be put off until {latest} at most.",
        day=words.weekday(on),
        aim=words.weekday(matter.aim_on),
        latest=words.weekday(matter.latest),
    )


def _keep(errand: Errand, matter: Deferrable, on: date, reason: str) -> Replies:
    words, about = errand.words, (errand.member.person_id, matter.agency_id, matter.key)
    row = Snoozes(errand.session).put_off(*about, on, reason=reason, now=errand.now)
    told = words(
        "Put off: {what}. You hear of it at {time} on {day}; others of your agency are reminded "
        "as before.",
        what=_what(errand, matter.key),
        time=f"{MORNING:%H:%M}",
        day=words.weekday(on),
    )
    why = words("Reason: {reason}", reason=reason) if reason else Markup()
    return errand.finish(join([told, why]), _undo_link(errand, row))


def _ask_what(
    errand: Errand, found: list[Deferrable], said: str, told: Markup | None = None
) -> Replies:
    """`said`: when, as it was typed already."""
    words = errand.words
    several = len({each.agency_id for each in found}) > 1
    told_of = [_what(errand, each.key) for each in found]
    labels = [
        f"{each.short}: {what}" if several else sentence(what)
        for each, what in zip(found, told_of, strict=True)
    ]
    options = [
        Option(str(place), _label(errand, each, several=several), label)
        for place, (each, label) in enumerate(zip(found, labels, strict=True))
    ]
    keys = [[each.agency_id, each.key] for each in found]
    kept = {"keys": keys, "said": said}
    leave = Option("leave", words("Change nothing"), words("no|go back"))
    choice = [words("{n}. {what}", n=n, what=label) for n, label in enumerate(labels, 1)]
    text = join([*_list(errand), words("What is to be put off?"), *choice], "\n")
    return errand.ask(WHAT, text, [*options, leave], kept, told=told, numbered=True)


def _label(errand: Errand, matter: Deferrable, *, several: bool) -> str:
    """As a button has room for it; the whole of it stands in the question."""
    short = unescape(wording.brief(errand.words, errand.rules, matter.key))
    label = f"{matter.short}: {short}" if several else short
    return label if len(label) <= LABEL_MOST else f"{label[: LABEL_MOST - 1].rstrip()}…"


def _ask_when(errand: Errand, matter: Deferrable, told: Markup | None = None) -> Replies:
    words, calendar, today = errand.words, errand.rules.calendar, errand.today
    question = words(
        "Put off: {what}. Until when? Choose, or type a day, until {latest} at most; a reason may "
        "follow it.",
        what=_what(errand, matter.key),
        latest=words.weekday(matter.latest),
    )
    days = [calendar.on_or_after(today + timedelta(days=n)) for n in OFFERED]
    labels = (words("1 day"), words("3 days"))
    options = [
        Option(str(n), label)
        for n, day, label in zip(OFFERED, days, labels, strict=True)
        if day <= matter.latest
    ]
    leave = Option("leave", words("Change nothing"), words("no|go back"))
    kept = {"agency": matter.agency_id, "key": matter.key}
    text = join([*_list(errand), question], "\n")
    return errand.ask(WHEN, text, [*options, leave], kept, told=told)


def choose_what(errand: Errand, chosen: str) -> Replies:
    data = errand.talk.data
    agency_id, key = data["keys"][int(chosen)]
    matter = _still(errand, agency_id, key)
    return _when(errand, matter, data["said"]) if matter else errand.finish(_nothing(errand))


def choose_when(errand: Errand, chosen: str) -> Replies:
    return _answer(errand, (errand.today + timedelta(days=int(chosen))).strftime("%d/%m/%Y"))


def read_when(errand: Errand) -> Replies:
    return _answer(errand, errand.talk.turn.text.strip())


def _answer(errand: Errand, said: str) -> Replies:
    """Looked at once more: it may be late, returned or done by now."""
    data = errand.talk.data
    matter = _still(errand, data["agency"], data["key"])
    return _when(errand, matter, said) if matter else errand.finish(_nothing(errand))


def _still(errand: Errand, agency_id: str, key: str) -> Deferrable | None:
    found = deferrable(errand)
    return next((each for each in found if (each.agency_id, each.key) == (agency_id, key)), None)


def _undo(errand: Errand, said: str) -> Replies:
    """One by its number, or all."""
    words, snoozes = errand.words, Snoozes(errand.session)
    own = snoozes.of(errand.member.person_id, errand.today)
    wanted = [row for row in own if said in {"", str(row.id)}]
    for row in wanted:
        snoozes.drop(errand.member.person_id, row.id or 0, errand.now)
    if not wanted:
        return errand.say(words("There is nothing that you have put off, or not any more."))
    what = ", ".join(_what(errand, row.obligation) for row in wanted)
    return errand.say(words("You are reminded again by the usual days: {what}.", what=what))


def _list(errand: Errand) -> list[Markup]:
    """What is put off already."""
    words, own = errand.words, Snoozes(errand.session).of(errand.member.person_id, errand.today)
    if not own:
        return []
    lines = [
        words(
            "• No. {n}: {what}, until {day}",
            n=row.id,
            what=_what(errand, row.obligation),
            day=words.weekday(row.until_on),
        )
        for row in own
    ]
    hint = words("To be reminded again, type /tamhoan bo, or /tamhoan bo and a number.")
    return [words("<b>You have put off</b>"), *lines, hint, Markup()]


def _links(errand: Errand) -> list[Link]:
    own = Snoozes(errand.session).of(errand.member.person_id, errand.today)
    return [_undo_link(errand, row) for row in own]


def _undo_link(errand: Errand, row: Snooze) -> Link:
    return Link(errand.words("Remind me again (no. {n})", n=row.id), f"tamhoan bo {row.id}")


def _what(errand: Errand, key: str) -> Markup:
    return wording.what(errand.words, errand.rules, errand.lookup.catalogue, key)


def _nothing(errand: Errand) -> Markup:
    return errand.words(
        "Nothing can be put off now: what is late or was sent back cannot wait, and nothing else "
        "is coming up."
    )


def leave_it(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was changed."))


def build_router() -> Router:
    router = Router(name="snoozing")
    focal = May(FOCAL)
    say(router, begin, focal, Asked("tamhoan"))
    say(router, leave_it, focal, At(WHAT, WHEN), Chose("leave"))
    say(router, leave_it, focal, Open(WHAT, WHEN), Asked("huy"))
    say(router, choose_what, focal, At(WHAT), Chose())
    say(router, choose_when, focal, At(WHEN), Chose())
    say(router, read_when, focal, At(WHEN))
    return router
