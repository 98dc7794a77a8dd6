"""`/nhactoi`: one's own reminders: `/nhactoi TV1.3 25/10`, `/nhactoi` to see them, `bo` to drop."""

from aiogram import Router

from handlers.commands import FOCAL, Command
from handlers.language import Markup, Words, join
from handlers.lookup import Lookup, step_of
from handlers.report import postponing, promises
from handlers.report.drafts import asked_of, code_meant
from handlers.report.interview import Interview
from handlers.report.promises import Promise
from handlers.routing import Asked, At, May, Replies, say
from handlers.talk import Link, Talk
from plan.answers import Kind, fold, read
from plan.calendars import MORNING
from storage.agencies import NamedAgency
from storage.outbox import Outbox
from storage.years import Year

DROPS = {"bo", "xoa", "huy", "drop"}
MOST_LINKS = 6


def begin(
    command: Command | None,
    interview: Interview,
    talk: Talk,
    words: Words,
    lookup: Lookup,
    outbox: Outbox,
) -> Replies:
    """Of the report that is being filled in, else of this year's. An open question waits."""
    command = lookup.meant(command)
    first, _, rest = command.argument.partition(" ")
    if not command.argument:
        return show(interview, talk, words, outbox)
    if fold(first) in DROPS:
        return drop(interview, talk, words, outbox, rest)
    own = interview.member.agencies_as(FOCAL)
    if first in own:
        return ask(interview, first, interview.today.year, rest)
    data = talk.data
    if {"agency", "year"} <= data.keys():
        return ask(interview, data["agency"], data["year"], command.argument)
    agency = lookup.asked(command, "", on=interview.today)
    if not isinstance(agency, NamedAgency):
        return agency
    return ask(interview, agency.id, interview.today.year, command.argument)


def ask(interview: Interview, agency_id: str, year: int, said: str) -> Replies:
    """Which day, where none was typed; of which question, where it cannot be anything else."""
    talk, words, today = interview.talk, interview.words, interview.today
    codes = asked_of(agency_id, interview.agencies, Year(year, today).on)
    if not codes:
        told = words("Nothing is assigned to your agency yet, so there is no report.")
        return [talk.say(told), *interview.ask_still()]
    draft = interview.draft_for(agency_id, year)
    if not draft.is_open:
        return interview.sent(draft)
    named, rest = _split(said, codes)
    code = named or talk.data.get("code", "")
    on = postponing.named_day(read(Kind.DATE, rest, today=today, year=today.year))
    if not code and on is None:
        told = words(
            "Please type the code of a question, a day, or both: /nhactoi {code} {day}.",
            code=codes[0],
            day=f"{interview.calendar.shift(today, 1):%d/%m}",
        )
        return [talk.say(told), *interview.ask_still()]
    return postponing.begin(interview, {"agency": agency_id, "year": year, "code": code}, on)


def _split(said: str, codes: list[str]) -> tuple[str | None, str]:
    """`tv 1.3 25/10` → TV1.3 and the day."""
    parts = said.split()
    for length in (2, 1):
        code = code_meant(" ".join(parts[:length]), codes)
        if code is not None:
            return code, " ".join(parts[length:])
    return None, said


def show(interview: Interview, talk: Talk, words: Words, outbox: Outbox) -> Replies:
    found = promises.pending(interview, outbox)
    if not found:
        told = words(
            "You have asked for no reminder. To be reminded of a question, type its code and a "
            "day: /nhactoi TV1.3 25/10."
        )
        return [talk.say(told), *interview.ask_still()]
    lines = [_line(words, promise) for promise in found]
    codes = sorted({code for promise in found for code in promise.codes if code})
    hint = words("To drop them, type /nhactoi bo, or /nhactoi bo and a code.")
    text = join([words("<b>Your reminders</b>"), *lines, hint])
    links = [
        Link(words("Drop the reminder {code}", code=code), f"nhactoi bo {code}")
        for code in codes[:MOST_LINKS]
    ]
    return [talk.say(text, links), *interview.ask_still()]


def drop(interview: Interview, talk: Talk, words: Words, outbox: Outbox, said: str) -> Replies:
    """Of one question, or, where none is named, all of them."""
    wanted = [
        (promise, code)
        for promise in promises.pending(interview, outbox)
        for code in sorted(promise.codes)
        if not said or code_meant(said, [code])
    ]
    for promise, code in wanted:
        promises.settle(interview, outbox, promise.agency, promise.year, code, None)
    what = ", ".join(promises.about(words, code, promise.year) for promise, code in wanted)
    told = words("Dropped: the reminder of {what}.", what=what)
    if not wanted:
        told = words("There is no such reminder. Type /nhactoi to see yours.")
    return [talk.say(told), *interview.ask_still()]


def _line(words: Words, promise: Promise) -> Markup:
    return words(
        "• {time} on {day}: {what}",
        time=f"{MORNING:%H:%M}",
        day=words.weekday(promise.on),
        what=_codes(words, promise),
    )


def _codes(words: Words, promise: Promise) -> str:
    return ", ".join(promises.about(words, code, promise.year) for code in sorted(promise.codes))


def build_router() -> Router:
    router = Router(name="remindme")
    say(router, begin, May(FOCAL), Asked("nhactoi"))
    say(router, begin, May(FOCAL), At(step_of("nhactoi")))
    return router
