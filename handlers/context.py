"""What an update brings a handler, by name: who, what they did, and where things are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from aiogram.types import CallbackQuery, Message, Update
from sqlmodel import Session

from handlers import commands
from handlers.broadcast.bureau import Bureau, Policy
from handlers.files.attachments import Attachment, attached_to
from handlers.health import docket
from handlers.health.matters import Matters
from handlers.joining import Joining
from handlers.language import DEFAULT, Words, words_for
from handlers.lookup import Lookup
from handlers.progress.viewing import Viewing
from handlers.reminding.errand import Errand
from handlers.reminding.settling import Rulebook, Settling
from handlers.report import colleagues
from handlers.report.interview import Interview
from handlers.switchboard import Scene
from handlers.talk import COMMAND, FREE, Talk, Turn
from plan.calendars import WorkingCalendar, local_date
from plan.catalogue import Catalogue
from plan.reminding.rules import Rules
from storage.agencies import Agencies
from storage.audiences import Audiences
from storage.audit import Audit
from storage.broadcasts import Broadcasts
from storage.conversations import Conversations
from storage.deadupdates import DeadUpdates
from storage.erasure import Erasure
from storage.evidence import Exhibits
from storage.files import Files
from storage.health import Health
from storage.holdings import Holdings
from storage.invites import Invites
from storage.knocks import Knocks
from storage.narratives import Narratives
from storage.outbox import Outbox
from storage.people import Member, People
from storage.recipients import Recipients
from storage.reports import Reports
from storage.requests import Requests
from storage.templates import Templates
from storage.threads import Threads
from storage.unsettled import UnsettledLetters
from storage.withheld import MARK

CHANNEL = "telegram"
ASKED_OF = {
    "report": commands.FOCAL,
    "evidence": commands.FOCAL,
    "notice": commands.ADMIN,
    "settle": commands.ADMIN,
    **dict.fromkeys(docket.TOPICS, commands.ADMIN),
    **dict.fromkeys(("tamhoan", "xingiahan", "uyquyen", "bangiao", "hoilai"), commands.FOCAL),
    "giaitrinh": f"{commands.FOCAL} {commands.OFFICIAL} {commands.ADMIN}",
    **dict.fromkeys(("tatnhac", "chotnam"), commands.ADMIN),
    **dict.fromkeys(
        ("duyet", "tralai", "molai", "nhapthay"), f"{commands.OFFICIAL} {commands.ADMIN}"
    ),
}
"""The roles a question is asked of, by the first part of its step."""
ASKED_OF_ANYBODY = {"start", "data"}
"""Questions that need no role: to join, and about one's own data."""
INTERRUPTED = {"aside", "behind", "interrupted"}
"""Where a question keeps the one that it was put in between of."""


@dataclass(frozen=True, slots=True)
class Services:
    """What stays the same from one update to the next."""

    catalogue: Catalogue
    rulebook: Rulebook
    """The rules in force now: one snapshot for a whole turn."""
    admins: frozenset[str]
    new_token: Callable[[], str]
    controller: str
    """Who answers for personal data, as named in the privacy notice."""
    files: Files
    policy: Policy
    username: str = ""
    """The bot's own, for links; empty where the operator has not said it."""

    @property
    def rules(self) -> Rules:
        return self.rulebook()

    @property
    def calendar(self) -> WorkingCalendar:
        return self.rules.calendar


def turn_of(update: Update) -> Turn | None:
    """The turn a private chat's update is, or None for what the bot does not talk about."""
    message = update.message or update.edited_message
    if message is not None and message.chat.type == "private":
        if fetched := (update.model_extra or {}).get("fetched"):
            return Turn(CHANNEL, str(message.chat.id), kind="fetched", file=fetched)
        return _typed(message, edited=update.edited_message is not None)
    press = update.callback_query
    if press is not None and press.message and press.message.chat.type == "private":
        return _pressed(press)
    return None


def _typed(message: Message, *, edited: bool) -> Turn:
    name = message.from_user.full_name if message.from_user else ""
    if (message.model_extra or {}).get(MARK):
        parts = Attachment(MARK, album=message.media_group_id or "")
        return Turn(CHANNEL, str(message.chat.id), kind=MARK, full_name=name, attachment=parts)
    turn = Turn(
        CHANNEL,
        str(message.chat.id),
        message.text or message.caption or "",
        written_id=message.message_id,
        full_name=name,
        entities=message.entities or message.caption_entities or (),
        replies_to=message.reply_to_message.message_id if message.reply_to_message else None,
    )
    attachment = attached_to(message)
    if edited:
        return replace(turn, kind="edited")
    if attachment is None:
        return turn
    if not attachment.remote_id:
        return replace(turn, kind="other", text="", attachment=attachment)
    # The words under a photo are an answer like any other.
    return replace(turn, kind="text" if turn.text else "file", attachment=attachment)


def _pressed(press: CallbackQuery) -> Turn:
    data = press.data or ""
    shown = press.message
    turn = Turn(
        CHANNEL,
        str(shown.chat.id) if shown else "",
        press_id=press.id,
        full_name=press.from_user.full_name,
    )
    kind, _, command = data.partition(":")
    number = kind.removeprefix(COMMAND)
    if kind.startswith(COMMAND) and (not number or number.isdecimal()):
        # The same as typing it, and harmless twice: the button may stay where it is.
        return replace(turn, text=f"/{command}", proves=int(number) if number else None)
    return replace(turn, pressed=data, message_id=shown.message_id if shown else None)


def resources(turn: Turn, session: Session, services: Services, now: datetime) -> Mapping[str, Any]:
    """Everything a handler may ask for, fresh for one transaction."""
    people, conversations = People(session), Conversations(session)
    today = local_date(now)
    member = people.at(turn.channel, turn.address, today)
    Audit(session).act_as(turn.channel, member.person_id if member else None)
    row = conversations.open_at(turn.channel, turn.address)
    talk = Talk(turn, conversations, now, services.new_token, row)
    _drop_what_is_asked_no_more(talk, member)
    words = words_for(member.language if member else DEFAULT)
    chosen = talk.chosen()
    invites = Invites(session)
    agencies = Agencies(session)
    command = _command(turn, talk, chosen, words)
    replied = _replied(member, turn, session)
    return {
        "scene": Scene(talk, turn, talk.step, chosen, command, member, services.catalogue, replied),
        "replied": replied,
        "turn": turn,
        "talk": talk,
        "chosen": chosen,
        "command": command,
        "member": member,
        "words": words,
        "now": now,
        "today": today,
        "people": people,
        "invites": invites,
        "joining": _joining(talk, words, people, invites, agencies, services),
        "agencies": agencies,
        "reports": Reports(session),
        **_of_a_member(talk, words, member, command, session, services),
        **_lasting(session, services),
    }


def _replied(member: Member | None, turn: Turn, session: Session) -> int | None:
    """The notice that the message replies to, if it is one."""
    if member is None or turn.replies_to is None:
        return None
    return Recipients(session).behind(member.person_id, turn.replies_to)


OF_A_MEMBER = ("interview", "lookup", "errand", "settling", "matters", "viewing", "bureau")


def _of_a_member(
    talk: Talk,
    words: Words,
    member: Member | None,
    command: commands.Command | None,
    session: Session,
    services: Services,
) -> dict[str, Any]:
    """What nobody else has to do with."""
    if member is None:
        return dict.fromkeys(OF_A_MEMBER)
    now, today, rules = talk.now, local_date(talk.now), services.rules
    people, agencies, reports = People(session), Agencies(session), Reports(session)
    kept = agencies, reports, services.catalogue
    narratives = Narratives(session)
    interview = Interview(talk, words, member, *kept, now, today, people, narratives, rules)
    talk.news = partial(colleagues.news, interview)
    lookup = Lookup(talk, words, member, agencies, services.catalogue, today)
    book = people, agencies, reports, rules
    return {
        "interview": interview,
        "lookup": lookup,
        "viewing": Viewing(talk, words, member, lookup, *kept, rules, now, today),
        "errand": Errand(talk, words, member, lookup, *book, now, today, command),
        "settling": Settling(
            talk,
            words,
            member,
            session,
            services.catalogue,
            services.rulebook,
            now=now,
            today=today,
        ),
        "matters": _matters(talk, words, member, session, services.calendar),
        "bureau": _bureau(talk, words, member, session, services),
    }


def _joining(
    talk: Talk,
    words: Words,
    people: People,
    invites: Invites,
    agencies: Agencies,
    services: Services,
) -> Joining:
    settled = services.admins, services.calendar
    return Joining(talk, words, people, invites, agencies, *settled, talk.now)


def _matters(
    talk: Talk, words: Words, member: Member, session: Session, calendar: WorkingCalendar
) -> Matters:
    letters, updates = UnsettledLetters(session), DeadUpdates(session, member.channel)
    kept = letters, updates, People(session), Agencies(session), Audit(session)
    return Matters(talk, words, member, *kept, calendar, talk.now, local_date(talk.now))


def _bureau(
    talk: Talk, words: Words, member: Member, session: Session, services: Services
) -> Bureau:
    today = local_date(talk.now)
    return Bureau(
        talk,
        words,
        member,
        Broadcasts(session),
        Recipients(session),
        Audiences(session, today),
        Threads(session),
        Templates(session),
        People(session),
        Agencies(session),
        Outbox(session),
        services.catalogue,
        services.rules,
        services.policy,
        talk.now,
        today,
    )


def _lasting(session: Session, services: Services) -> dict[str, Any]:
    """What does not depend on whose turn it is."""
    return {
        "audit": Audit(session),
        "knocks": Knocks(session),
        "outbox": Outbox(session),
        "health": Health(session),
        "exhibits": Exhibits(session),
        "requests": Requests(session),
        "holdings": Holdings(session),
        "erasure": Erasure(session),
        "files": services.files,
        "services": services,
        "catalogue": services.catalogue,
        "rules": services.rules,
        "calendar": services.calendar,
    }


def _drop_what_is_asked_no_more(talk: Talk, member: Member | None) -> None:
    """The open question, or one set aside behind it, of somebody whose role has gone."""
    if talk.row and not _still_asked(talk.row.step, talk.data, member):
        talk.close()
    for key in INTERRUPTED & talk.data.keys():
        waiting = talk.data[key]
        if waiting and not _still_asked(waiting["step"], waiting["data"], member):
            talk.note(**{key: None})


def _still_asked(step: str, data: Mapping[str, Any], member: Member | None) -> bool:
    """Who lost the role, or moved to another agency, is not shown the old question again."""
    topic = step.partition(".")[0]
    role = ASKED_OF.get(topic)
    if role is None:
        return topic in ASKED_OF_ANYBODY or (member is not None and member.may(*commands.ROLES))
    roles = role.split()
    if member is None or not member.may(*roles):
        return False
    agency_id = data.get("agency")
    return agency_id is None or agency_id in member.agencies_as(*roles)


def _command(turn: Turn, talk: Talk, chosen: str | None, words: Words) -> commands.Command | None:
    """A command, unless the words are an answer to the open question."""
    if chosen is not None or turn.pressed is not None or turn.kind != "text":
        return None
    command = commands.read(turn.text, words)
    if command is not None and not command.slashed and turn.attachment:
        return None  # "Báo cáo năm" under a photo says what the photo shows.
    if command is None or command.slashed or not talk.data.get(FREE):
        return command
    # "Hủy lịch họp ngày mai" may be the notice itself; "hủy" alone is not.
    return command if command.name == "huy" and not command.argument else None
