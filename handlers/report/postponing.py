"""Not now: which day is the person to be reminded of the question that stays open?"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join, sentence
from handlers.report import promises
from handlers.report.interview import STATUS, Interview
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import Option, Talk, Turn
from plan.answers import Ask, Day, Kind, Postpone, Reading, Refuse, Value, read
from plan.calendars import MORNING
from plan.deadlines import Deadline
from plan.postponement import Agreed, Moved, agree, offered
from storage.outbox import Outbox

DAY, AGREE = "report.postpone", "report.postpone_agree"
KEPT = ("agency", "year", "code", "interrupted", "onward")


def postpone(interview: Interview, on: date | None) -> Replies:
    """At a question of the report. Once a day is agreed the next question comes."""
    data = interview.talk.data
    place = {key: data[key] for key in ("agency", "year", "code")}
    return begin(interview, place | {"onward": True}, on)


def postpone_status(interview: Interview, turn: Turn) -> Replies:
    """How far a task has come is chosen, not read: only "mai gửi" and its like are read here."""
    match read(Kind.TEXT, turn.text, today=interview.today):
        case Postpone(on):
            return postpone(interview, on)
        case _:
            raise SkipHandler


def begin(interview: Interview, place: Mapping[str, Any], on: date | None) -> Replies:
    """The question that is open waits, and comes back whatever is said."""
    talk = interview.talk
    if talk.step in {DAY, AGREE}:
        waiting = {key: talk.data.get(key) for key in ("interrupted", "onward")}
    else:
        waiting = {"interrupted": talk.set_aside()}
    data = {**place, **waiting}
    return ask_day(interview, data) if on is None else propose(interview, data, on)


def ask_day(interview: Interview, data: Mapping[str, Any]) -> Reply:
    words = interview.words
    days = offered(interview.now, _deadline(interview, data), interview.calendar)
    question = words(
        "On which day do you want to be reminded of {about}? Choose, or type a day, for "
        "example {example}.",
        about=promises.about(words, data["code"], data["year"]),
        example=f"{days[-1]:%d/%m}",
    )
    options = [*(Option(str(day), words.weekday(day)) for day in days), _none(words)]
    return interview.talk.ask(DAY, question, options, numbered=True, data=data)


def propose(interview: Interview, data: Mapping[str, Any], on: date) -> Reply:
    """The day as the system can keep it, and why it is another one than was named."""
    words, deadline = interview.words, _deadline(interview, data)
    agreed = agree(on, interview.now, deadline, interview.calendar)
    question = words(
        "The system will remind you of {about} at {time} on {day}. Is that right?",
        about=promises.about(words, data["code"], data["year"]),
        time=f"{MORNING:%H:%M}",
        day=words.weekday(agreed.on),
    )
    options = [
        Option("yes", words("Right"), words("yes|ok|correct")),
        Option("other", words("Another day"), words("no|wrong")),
        _none(words),
    ]
    text = join([_why(words, agreed, on, deadline), question])
    return interview.talk.ask(AGREE, text, options, data={**data, "on": agreed.on.isoformat()})


def _why(words: Words, agreed: Agreed, named: date, deadline: Deadline) -> Markup:
    day, before = words.weekday(named), words.day(deadline.before)
    told = {
        Moved.NOT: Markup(),
        Moved.PAST: words("It is too late for a reminder on the morning of {day}.", day=day),
        Moved.DAY_OFF: words("{day} is not a working day.", day=day),
        Moved.DEADLINE: words(
            "The report is due before {before}, so the reminder comes in time for it.",
            before=before,
        ),
        Moved.LATE: words(
            "The deadline (before {before}) has passed, so the reminder comes within the next "
            "working days.",
            before=before,
        ),
    }
    return sentence(told[agreed.moved])


def read_answer(interview: Interview, talk: Talk, turn: Turn, words: Words) -> Replies:
    """A typed day, at either of the two questions."""
    today = interview.today
    reading = read(Kind.DATE, turn.text, today=today, year=today.year)
    if on := named_day(reading):
        return propose(interview, _kept(talk), on)
    told = words("“{said}” could not be read as a day.", said=turn.text[:40])
    if isinstance(reading, Refuse):
        told = words("There is no such day as “{said}”.", said=turn.text[:40])
    return [talk.say(told), ask_day(interview, _kept(talk))]


def choose(interview: Interview, talk: Talk, outbox: Outbox, chosen: str) -> Replies:
    return _promise(interview, talk, outbox, date.fromisoformat(chosen))


def agree_to(interview: Interview, talk: Talk, outbox: Outbox) -> Replies:
    return _promise(interview, talk, outbox, date.fromisoformat(talk.data["on"]))


def _promise(interview: Interview, talk: Talk, outbox: Outbox, on: date) -> Replies:
    """Asked once more whether the day still fits: the button may be pressed days later."""
    words, data, draft = interview.words, _kept(talk), interview.draft()
    if not draft.is_open:
        return interview.sent(draft)
    agreed = agree(on, interview.now, _deadline(interview, data), interview.calendar)
    if agreed.on != on:
        return propose(interview, data, on)
    promises.settle(interview, outbox, data["agency"], data["year"], data["code"], on)
    told = words(
        "Agreed: the system will remind you of {about} at {time} on {day}. Type /nhactoi to see "
        "or drop your reminders.",
        about=promises.about(words, data["code"], data["year"]),
        time=f"{MORNING:%H:%M}",
        day=words.weekday(on),
    )
    return [talk.say(told), *_go_on(interview, talk)]


def drop(interview: Interview, talk: Talk, words: Words) -> Replies:
    talk.note(onward=False)
    return [talk.say(words("No reminder then.")), *_go_on(interview, talk)]


def ask_other(interview: Interview, talk: Talk) -> Replies:
    return ask_day(interview, _kept(talk))


def _go_on(interview: Interview, talk: Talk) -> list[Reply]:
    """After a postponed question the next one; else the one that was interrupted, if any."""
    data = talk.data
    talk.take_up(data["interrupted"])
    if data.get("onward"):
        return interview.go_on(interview.draft(), talk.data["code"])
    return interview.ask_still()


def named_day(reading: Reading) -> date | None:
    match reading:
        case Value(Day(on)) | Ask((Day(on), *_)) | Postpone(date() as on):
            return on
        case _:
            return None


def _deadline(interview: Interview, data: Mapping[str, Any]) -> Deadline:
    return interview.deadline(data["agency"], int(data["year"]))


def _none(words: Words) -> Option:
    return Option("back", words("No reminder"), words("none|drop it|go back"))


def _kept(talk: Talk) -> dict[str, Any]:
    data = talk.data
    return {key: data[key] for key in KEPT if key in data}


def build_router() -> Router:
    router = Router(name="postponing")
    focal = May(FOCAL)
    say(router, postpone_status, focal, At(STATUS))
    say(router, drop, focal, At(DAY, AGREE), Chose("back"))
    say(router, ask_other, focal, At(AGREE), Chose("other"))
    say(router, agree_to, focal, At(AGREE), Chose("yes"))
    say(router, choose, focal, At(DAY), Chose())
    say(router, read_answer, focal, At(DAY, AGREE))
    return router
