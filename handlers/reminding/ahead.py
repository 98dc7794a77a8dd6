"""`/lichnhac`: what this person will hear, and when, if nothing changes until then."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL
from handlers.language import Markup, Words, join
from handlers.reminding import wording
from handlers.routing import Asked, May, Replies, say
from handlers.talk import Talk
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.addressing import Roster, planned
from plan.reminding.obligations import obligations
from plan.reminding.rules import Rules
from plan.reminding.situations import Key, Situation
from storage.agencies import Agencies
from storage.ledger import Ledger
from storage.people import Member
from storage.situations import Situations

DAYS, SHOWN = 366, 12
LOOKED_BACK = timedelta(days=45)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Coming:
    on: date
    agency: str
    obligation: str
    step: str


def show_future(
    talk: Talk,
    words: Words,
    member: Member,
    agencies: Agencies,
    rules: Rules,
    catalogue: Catalogue,
    now: datetime,
) -> Replies:
    """The same functions decide as on the day itself; each of the person's roles counts."""
    session = agencies.session
    own = set(member.agencies_as(FOCAL, OFFICIAL, ADMIN))
    mine, roster = _seen_by(own, Situations(session), local_date(now))
    kept = Ledger(session).accounted(now - LOOKED_BACK)
    lines = sorted(
        set(_coming(rules, mine, roster, kept, member.person_id, now)),
        key=lambda each: (each.on, each.obligation, each.agency),
    )
    if not lines:
        told = words("Nothing will be sent to you in the next 12 months.")
        return [talk.say(told), *talk.ask_again()]
    several = len({each.agency for each in lines}) > 1
    body = [_line(words, rules, catalogue, each, several=several) for each in lines[:SHOWN]]
    left = len(lines) - SHOWN
    more = words.plural("and {count} more item", "and {count} more items", left) if left > 0 else ""
    hint = words("Nothing comes any more about what is done before that day.")
    title = words("<b>Reminders to come</b>")
    return [*talk.pages([join([title, *body, more]), hint]), *talk.ask_again()]


def _seen_by(
    own: Collection[str], situations: Situations, today: date
) -> tuple[list[Situation], Roster]:
    """The standing agency hears of all agencies; any other asks for its own only."""
    offices = situations.offices()
    if set(own) & set(offices):
        return situations.everybody(today)
    return situations.on(today, own), situations.roster(offices, own)


def _coming(
    rules: Rules,
    agencies: list[Situation],
    roster: Roster,
    kept: Mapping[str, Collection[Key]],
    person_id: int,
    now: datetime,
) -> Iterator[Coming]:
    end = now + timedelta(days=DAYS)
    years = range(local_date(now).year - 1, local_date(end).year + 2)
    for agency in agencies:
        steps = (step for each in obligations(rules, agency, years) for step in each.steps)
        for look in sorted({step.due_at for step in steps if now < step.due_at <= end}):
            # What falls due at that very moment: what is older was said by then.
            just = planned(rules, [agency], roster, look - INSTANT, look, kept)
            for entry in just:
                if entry.why is None and entry.person_id == person_id:
                    about = entry.item.obligation, entry.item.step.key
                    yield Coming(local_date(look), agency.short, *about)


def _line(
    words: Words, rules: Rules, catalogue: Catalogue, each: Coming, *, several: bool
) -> Markup:
    what = wording.what(words, rules, catalogue, each.obligation)
    why = wording.step(words, each.step, each.obligation)
    about = join([what, words("({step})", step=why) if why else Markup()], " ")
    if several:
        return words(
            "• {day}: {agency} – {about}",
            day=words.weekday(each.on),
            agency=each.agency,
            about=about,
        )
    return words("• {day}: {about}", day=words.weekday(each.on), about=about)


def build_router() -> Router:
    router = Router(name="ahead")
    say(router, show_future, May(FOCAL, OFFICIAL, ADMIN), Asked("lichnhac"))
    return router
