"""`/chaythu`: which reminders will go to whom in a stretch of time, as if it passed now."""

from datetime import date, timedelta

from aiogram import Router

from handlers.commands import ADMIN, Command
from handlers.errands import asking
from handlers.errands.asking import REHEARSAL
from handlers.language import Words
from handlers.report.drafts import PLAN_ENDS
from handlers.routing import Asked, May, Replies, say
from handlers.talk import Talk
from plan.typed import split_days
from storage.agencies import Agencies
from storage.people import Member

YEAR = timedelta(days=365)
LONGEST = timedelta(days=2 * 366)


def rehearse(
    command: Command,
    talk: Talk,
    words: Words,
    member: Member,
    agencies: Agencies,
    today: date,
) -> Replies:
    """The next twelve months, or `/chaythu 01/10/2026 30/11/2026`. A job goes through them."""
    span = _span(command.argument, today)
    if span is None:
        told = words(
            "Please type two days, not before today and not more than two years apart, for example "
            "/chaythu {first} {last}. Without days, the next 12 months are rehearsed.",
            first=words.day(today),
            last=words.day(today + timedelta(days=60)),
        )
        return [talk.say(told), *talk.ask_again()]
    wanted = {"first": span[0].isoformat(), "last": span[1].isoformat()}
    asked = asking.ask(talk, words, agencies.session, member, REHEARSAL, wanted)
    return [asked, *talk.ask_again()]


def _span(said: str, today: date) -> tuple[date, date] | None:
    last_of_all = date(PLAN_ENDS, 12, 31)
    if not said:
        return today, min(today + YEAR, last_of_all)
    days, rest = split_days(said.split(), today.year)
    match days:
        case [first, last] if not rest and today <= first <= last <= last_of_all:
            return (first, last) if last - first <= LONGEST else None
    return None


def build_router() -> Router:
    router = Router(name="dryrun")
    say(router, rehearse, May(ADMIN), Asked("chaythu"))
    return router
