"""What administrators are told of trouble without having asked."""

from collections.abc import Iterator
from datetime import datetime

from aiogram.methods import SendMessage

from handlers.commands import ADMIN
from handlers.language import DEFAULT, Markup, Words, join, words_for
from handlers.talk import COMMAND, keyboard
from handlers.turns import CHANNEL
from storage.health import Troubles
from storage.people import People


def digest(found: Troubles, since: datetime, people: People) -> Iterator[SendMessage]:
    """What has come up since the last digest; how much of it is still there is in the lists."""
    for address, words in _admins(people):
        heading = words("<b>New since {time}</b>", time=words.moment(since))
        text = join([heading, join(_lines(words, found))], "\n\n")
        yield _message(address, text, words("System health"), "suckhoe")


def _lines(words: Words, found: Troubles) -> list[Markup]:
    lines = [
        (
            found.unknown,
            words("Not known whether sent: {count}. Decide: /khongro.", count=found.unknown),
        ),
        (found.failed, words("Not sent: {count}. Decide: /tindi.", count=found.failed)),
        (
            found.dead,
            words("Received, but not handled: {count}. Decide: /tinden.", count=found.dead),
        ),
        (
            found.expired,
            words(
                "Reminders too late to be sent: {count}. Tell those concerned by /thongbao where "
                "it is still of use.",
                count=found.expired,
            ),
        ),
    ]
    return [line for count, line in lines if count]


def jump(count: int, people: People) -> Iterator[SendMessage]:
    for address, words in _admins(people):
        text = words.plural(
            "Within an hour it became unknown of {count} letter whether it arrived. Perhaps the "
            "line to Telegram is disturbed.",
            "Within an hour it became unknown of {count} letters whether they arrived. Perhaps "
            "the line to Telegram is disturbed.",
            count,
        )
        yield _message(address, text, words("Letters in doubt"), "khongro")


def dead(people: People) -> Iterator[SendMessage]:
    for address, words in _admins(people):
        text = words(
            "A message could not be handled after three tries. Its sender was told; it is kept. "
            "Further ones within this hour are not told one by one."
        )
        yield _message(address, text, words("Messages not handled"), "tinden")


def _admins(people: People) -> Iterator[tuple[str, Words]]:
    """Each once, also who is one in two agencies."""
    for address in dict.fromkeys(admin.address for admin in people.holding(ADMIN)):
        person = people.at(CHANNEL, address)
        yield address, words_for(person.language if person else DEFAULT)


def _message(address: str, text: Markup, label: Markup, command: str) -> SendMessage:
    return SendMessage(
        chat_id=address,
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard([(label, f"{COMMAND}:{command}")]),
    )
