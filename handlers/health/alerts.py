"""What administrators are told of trouble without having asked."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from aiogram.methods import SendMessage

from handlers.broadcast import telling
from handlers.commands import ADMIN
from handlers.language import DEFAULT, Markup, Words, join, plain, words_for
from handlers.talk import COMMAND, keyboard
from handlers.turns import CHANNEL
from storage.health import Troubles
from storage.people import People
from storage.tables import Broadcast

LISTED = 10


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


def restored(
    as_of: datetime | None,
    found: Troubles,
    drafts: Sequence[Broadcast],
    waiting: Sequence[Broadcast],
    people: People,
) -> Iterator[SendMessage]:
    """From a backup of that moment: what awaits a decision, and what became of notices."""
    for address, words in _admins(people):
        parts = [
            _brought_back(words, as_of),
            join(_lines(words, found)),
            _drafts(words, drafts),
            _waiting(words, waiting),
            words(
                "Before any draft is sent or agreed to, please make sure that it was not sent "
                "after the backup."
            ),
        ]
        yield _message(address, join(parts, "\n\n"), words("System health"), "suckhoe")


def _brought_back(words: Words, as_of: datetime | None) -> Markup:
    title = words("<b>The data was restored from a backup</b>")
    if as_of is not None:
        time = words.moment(as_of)
        title = words("<b>The data was restored from the backup of {time}</b>", time=time)
    lost = words(
        "What was typed after the backup is not there any more: answers, invitations, notices. "
        "Please ask everybody to look with /tiendo or /baocao, and to type again what is missing."
    )
    return join([title, lost])


def _drafts(words: Words, drafts: Sequence[Broadcast]) -> Markup:
    if not drafts:
        return Markup()
    title = words("Drafts again, because they may have been sent already:")
    lines = [
        words("• /thongbao {n}: {head}", n=notice.id, head=telling.head(notice))
        for notice in drafts[:LISTED]
    ]
    return _cut(title, lines, drafts)


def _waiting(words: Words, waiting: Sequence[Broadcast]) -> Markup:
    if not waiting:
        return Markup()
    title = words("Still to be sent, unless they are taken back (again):")
    lines = [
        words(
            "• /thongbao {n}, {time}: {head}",
            n=notice.id,
            time=words.moment(notice.leaves_at) if notice.leaves_at else "",
            head=telling.head(notice),
        )
        for notice in waiting[:LISTED]
    ]
    return _cut(title, lines, waiting)


def _cut(title: Markup, lines: Sequence[Markup], of: Sequence[Broadcast]) -> Markup:
    return join([title, *lines, *([plain("…")] if len(of) > len(lines) else [])])


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
