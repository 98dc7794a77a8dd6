"""Letters to those whom something concerns without their having asked."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from aiogram.methods import SendMessage

from handlers.commands import ADMIN, FOCAL, OFFICIAL
from handlers.language import DEFAULT, Markup, Words, plain, words_for
from handlers.talk import COMMAND, Link, keyboard
from storage.outbox import Lane, Outbox
from storage.people import Member, People, Recipient
from storage.situations import Situations


def tell(
    people: People, key: str, to: Recipient, text: str, now: datetime, links: Iterable[Link] = ()
) -> None:
    """In office hours, once for each key and address; a button types its command."""
    buttons = [(link.label, f"{COMMAND}:{link.command}") for link in links]
    message = SendMessage(
        chat_id=to.address,
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard(buttons) if buttons else None,
    )
    Outbox(people.session).add(
        f"{key}:{to.address}",
        lane=Lane.REMINDER,
        channel=to.channel,
        address=to.address,
        kind="reply",
        payload=message.model_dump_json(exclude_unset=True, exclude_none=True),
        now=now,
    )


def deciders(people: People) -> Iterator[tuple[Recipient, Words]]:
    """Administrators, and officials of the standing agency: each once, in their language."""
    offices = Situations(people.session).offices()
    found = [*people.holding(ADMIN), *people.holding(OFFICIAL, agencies=offices)]
    yield from each_once(people, found)


def focal_points(people: People, agency_id: str, but: int = 0) -> Iterator[tuple[Recipient, Words]]:
    found = people.holding(FOCAL, agencies=[agency_id])
    yield from each_once(people, [each for each in found if each.person_id != but])


def administrators(people: People, but: int = 0) -> Iterator[tuple[Recipient, Words]]:
    found = [each for each in people.holding(ADMIN) if each.person_id != but]
    yield from each_once(people, found)


def person(people: People, person_id: int) -> Iterator[tuple[Recipient, Words]]:
    """Nobody, where they cannot be reached."""
    if box := people.reached_at(person_id):
        yield from each_once(people, [Recipient(person_id, "", *box)])


def each_once(people: People, found: Iterable[Recipient]) -> Iterator[tuple[Recipient, Words]]:
    for to in {each.address: each for each in found}.values():
        member = people.at(to.channel, to.address)
        yield to, words_for(member.language if member else DEFAULT)


def may_decide(member: Member, people: People) -> bool:
    """An official does so at the standing agency only: others review for their own."""
    offices = set(Situations(people.session).offices())
    return member.may(ADMIN) or bool(offices & set(member.agencies_as(OFFICIAL)))


def named(words: Words, name: str) -> Markup:
    """Of somebody who has been erased meanwhile, nothing."""
    return plain(name) if name else words("somebody who is no longer here")
