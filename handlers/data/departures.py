"""What is said when somebody's data go: to them, to the administrators, and in their place."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.methods import SendMessage, SetMyCommands
from aiogram.types import BotCommandScopeChat

from handlers import commandmenu
from handlers.commands import ADMIN, FOCAL
from handlers.joining import role_name
from handlers.language import DEFAULT, Markup, Words, join, words_for
from plan.calendars import local_date
from storage.agencies import Agencies
from storage.outbox import Lane, Outbox
from storage.people import Member, People, Recipient
from storage.tables import DataRequest


def done(words: Words) -> Markup:
    return words(
        "Your personal data have been deleted; you have no role here any more. The last messages "
        "of this chat go within three days. To come back, a new invitation is needed."
    )


def done_with_stranger(words: Words) -> Markup:
    return words("Deleted. Your last message and this one go within three days.")


def alone_in(member: Member, people: People) -> list[tuple[str, str]]:
    """The (role, agency) of this person that nobody else holds, where it must not be vacant."""
    return [
        (role, agency_id)
        for role, agency_id in sorted(member.held)
        if role in {FOCAL, ADMIN} and not _others(member, people, role, agency_id)
    ]


def _others(member: Member, people: People, role: str, agency_id: str) -> bool:
    # Administrators serve the whole City: any other will do.
    agencies = None if role == ADMIN else [agency_id]
    held = people.holding(role, agencies=agencies)
    return any(other.person_id != member.person_id for other in held)


def admins_but(member: Member, people: People) -> dict[str, Recipient]:
    """The other administrators, by address: one may hold the role in two agencies."""
    found = {admin.address: admin for admin in people.holding(ADMIN)}
    return {
        address: admin for address, admin in found.items() if admin.person_id != member.person_id
    }


def tell_admins(
    what: str,
    request: DataRequest,
    text: Markup,
    member: Member,
    people: People,
    outbox: Outbox,
    now: datetime,
) -> None:
    """In office hours, each once. The person's name is not told."""
    for address, admin in admins_but(member, people).items():
        message = SendMessage(chat_id=address, text=text, parse_mode="HTML")
        outbox.add(
            f"data:{request.id}:{what}:{address}",
            lane=Lane.REMINDER,
            channel=admin.channel,
            address=address,
            kind="reply",
            payload=message.model_dump_json(exclude_unset=True, exclude_none=True),
            now=now,
        )


def asked(
    request: DataRequest, member: Member, people: People, agencies: Agencies, now: datetime
) -> Markup:
    """For the administrators: who goes, when, and what is vacant then."""
    words = words_for(DEFAULT)
    alone = alone_in(member, people)
    return join(
        [
            words("<b>Request to delete personal data, no. {n}</b>", n=request.id),
            words(
                "From: {who}. It is carried out at {time}; the figures of the agency stay.",
                who=named(words, sorted(member.roles), agencies, now),
                time=words.moment(request.due_at),
            ),
            words(
                "After that nobody is left as: {roles}. Please invite somebody else in time.",
                roles=named(words, alone, agencies, now),
            )
            if alone
            else Markup(),
        ]
    )


def left_alone(
    alone: Sequence[tuple[str, str]], agencies: Agencies, now: datetime
) -> Markup | None:
    """For the administrators, at the moment at which it has happened: None where all is held."""
    focal = [each for each in alone if each[0] == FOCAL]
    if not focal:
        return None
    words = words_for(DEFAULT)
    return words(
        "<b>No focal point any more</b>: {roles}. Reminders of theirs reach nobody. Please invite "
        "somebody.",
        roles=named(words, focal, agencies, now),
    )


def withdrawn(request: DataRequest) -> Markup:
    words = words_for(DEFAULT)
    return words(
        "The request no. {n} to delete personal data has been withdrawn. Nothing changes.",
        n=request.id,
    )


def no_commands(address: str) -> SetMyCommands:
    """The menu of the chat, as strangers have it."""
    menu = commandmenu.default_menu(words_for(DEFAULT))
    return menu.model_copy(update={"scope": BotCommandScopeChat(chat_id=address)})


def named(words: Words, held: Sequence[tuple[str, str]], agencies: Agencies, now: datetime) -> str:
    today = local_date(now)
    return ", ".join(
        words(
            "{role} of {agency}",
            role=role_name(words, role),
            agency=agencies.named(agency_id, today).name,
        )
        for role, agency_id in held
    )
