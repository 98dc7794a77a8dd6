"""`/suckhoe`: is the bot well, and where not, what is to be done?"""

from collections.abc import Sequence

from aiogram import Router

from handlers.commands import ADMIN
from handlers.health.matters import Matters
from handlers.health.signs import Sign, Signs
from handlers.language import Markup, Words, join
from handlers.routing import Asked, May, Replies, say
from handlers.talk import Link
from plan.calendars import WorkingCalendar
from plan.condition import Condition, worst
from storage.health import Health


def show_condition(
    matters: Matters, words: Words, health: Health, calendar: WorkingCalendar
) -> Replies:
    days_off = sum(day.year == matters.today.year + 1 for day in calendar.days_off)
    signs = Signs(matters, health, days_off).all()
    heading = words(
        "<b>{condition}</b> – the system at {time}",
        condition=_word(words, worst(sign.condition for sign in signs)),
        time=words.moment(matters.now),
    )
    ill = [sign for sign in signs if sign.condition is not Condition.GOOD]
    ill.sort(key=lambda sign: -sign.condition)
    well = [sign.told for sign in signs if sign.condition is Condition.GOOD]
    card = join([heading, *(_told(words, sign) for sign in ill), join(well)], "\n\n")
    talk = matters.talk
    return [talk.say(card, _links(words, health, matters)), *talk.ask_again()]


def _told(words: Words, sign: Sign) -> Markup:
    return words(
        "<b>{condition}</b>: {told}. {advice}",
        condition=_word(words, sign.condition),
        told=sign.told,
        advice=sign.advice,
    )


def _word(words: Words, condition: Condition) -> Markup:
    """First and in capitals: it is what is read on a locked phone."""
    return {
        Condition.GOOD: words("WELL"),
        Condition.LOOK: words("TO BE LOOKED AT"),
        Condition.BROKEN: words("BROKEN"),
    }[condition]


def _links(words: Words, health: Health, matters: Matters) -> Sequence[Link]:
    """Only to lists that hold something."""
    found = health.troubles(matters.now)
    lists = [
        (found.unknown, Link(words("Letters in doubt"), "khongro")),
        (found.failed, Link(words("Letters not sent"), "tindi")),
        (found.dead, Link(words("Messages not handled"), "tinden")),
    ]
    return [link for count, link in lists if count]


def build_router() -> Router:
    router = Router(name="health")
    say(router, show_condition, May(ADMIN), Asked("suckhoe"))
    return router
