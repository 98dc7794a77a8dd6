"""What an update brings a handler, by name: who, what they did, and where things are kept."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from handlers import commands, reading
from handlers.broadcast.bureau import Bureau
from handlers.health.matters import Matters
from handlers.joining import Joining
from handlers.language import DEFAULT, Words, words_for
from handlers.lookup import Lookup
from handlers.progress.viewing import Viewing
from handlers.register.registry import Registry
from handlers.reminding.errand import Errand
from handlers.reminding.settling import Settling
from handlers.report import colleagues
from handlers.report.interview import Interview
from handlers.services import Services
from handlers.stillasked import drop_what_is_asked_no_more
from handlers.switchboard import Scene
from handlers.talk import FREE, Talk, Turn
from plan.calendars import WorkingCalendar, local_date
from storage.agencies import Agencies
from storage.audiences import Audiences
from storage.audit import Audit
from storage.broadcasts import Broadcasts
from storage.conversations import Conversations
from storage.deadupdates import DeadUpdates
from storage.erasure import Erasure
from storage.evidence import Exhibits
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


def resources(turn: Turn, session: Session, services: Services, now: datetime) -> Mapping[str, Any]:
    """Everything a handler may ask for, fresh for one transaction."""
    people, conversations = People(session), Conversations(session)
    today = local_date(now)
    member = people.at(turn.channel, turn.address, today)
    Audit(session).act_as(turn.channel, member.person_id if member else None)
    row = conversations.open_at(turn.channel, turn.address)
    talk = Talk(turn, conversations, now, services.new_token, row)
    drop_what_is_asked_no_more(talk, member)
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


OF_A_MEMBER = (
    *("interview", "lookup", "errand", "settling", "matters", "viewing", "bureau", "registry"),
)


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
        "registry": Registry(talk, words, member, lookup, agencies, services.catalogue, now, today),
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


def _command(turn: Turn, talk: Talk, chosen: str | None, words: Words) -> commands.Command | None:
    """A command, unless the words are an answer to the open question."""
    if chosen is not None or turn.pressed is not None or turn.kind != "text":
        return None
    command = reading.read(turn.text, words)
    if command is not None and not command.slashed and turn.attachment:
        return None  # "Báo cáo năm" under a photo says what the photo shows.
    if command is None or command.slashed or not talk.data.get(FREE):
        return command
    # "Hủy lịch họp ngày mai" may be the notice itself; "hủy" alone is not.
    return command if command.name == "huy" and not command.argument else None
