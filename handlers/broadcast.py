"""`/thongbao`: compose, choose who, preview with the exact count, confirm once, watch."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from aiogram import Router
from aiogram.methods import SendMessage

from handlers.commands import ADMIN, FOCAL, OFFICIAL
from handlers.language import Markup, Words, first_of, join, plain
from handlers.routing import Asked, At, Chose, May, Replies, say
from handlers.talk import FREE, Option, Talk, Turn
from plan.calendars import WorkingCalendar
from plan.catalogue import Duty
from storage.agencies import Agencies
from storage.broadcasts import Broadcasts
from storage.outbox import Lane, Outbox, queued
from storage.people import Member, People, Recipient
from storage.reports import Reports
from storage.tables import Broadcast

TEXT, AUDIENCE, PREVIEW = "notice.text", "notice.audience", "notice.preview"
TEXT_MOST = 1500
AUDIENCES = ("everyone", "focal", "not_reported", "department", "district")


def ask_text(talk: Talk, words: Words) -> Replies:
    question = words(
        "Please type the notice, at most {most} characters. It is sent as you type it, "
        "as plain text. To leave, type /huy.",
        most=words.number(TEXT_MOST),
    )
    return talk.ask(TEXT, question, [], data={FREE: True})


def ask_audience(talk: Talk, turn: Turn, words: Words) -> Replies:
    notice = turn.text.strip()
    if len(notice) > TEXT_MOST:
        told = words(
            "The notice has {length} characters, {most} is the most. Please shorten it.",
            length=words.number(len(notice)),
            most=words.number(TEXT_MOST),
        )
        return [talk.say(told), *talk.ask_again()]
    options = [Option(key, audience_name(words, key)) for key in AUDIENCES]
    return talk.ask(
        AUDIENCE, words("Who is it for?"), options, numbered=True, data={"notice": notice}
    )


def preview(
    talk: Talk,
    words: Words,
    chosen: str,
    agencies: Agencies,
    people: People,
    reports: Reports,
    today: date,
) -> Replies:
    """What will be read, by exactly how many, and whom it cannot reach."""
    notice = talk.data["notice"]
    wanted, found = audience(chosen, agencies, people, reports, today)
    if not found:
        told = words("Nobody in this group can be reached. Please choose another group.")
        return [talk.say(told), *talk.ask_again()]
    text = join(
        [
            words("<b>Preview</b>"),
            wording(words, notice),
            _count(words, wanted, found),
        ],
        "\n\n",
    )
    options = [
        Option("send", words("Send"), words("send it")),
        Option("edit", words("Change the text"), words("change")),
        Option("drop", words("Discard"), words("no|drop")),
    ]
    return talk.ask(
        PREVIEW, text, options, numbered=True, data={"notice": notice, "audience": chosen}
    )


def _count(words: Words, wanted: Sequence[str], found: Sequence[Recipient]) -> Markup:
    reached = {recipient.agency_id for recipient in found}
    count = words.plural(
        "The notice will go to <b>{count} person</b> in {agencies} agencies.",
        "The notice will go to <b>{count} people</b> in {agencies} agencies.",
        len(_people(found)),
        agencies=len(reached),
    )
    without = [agency_id for agency_id in wanted if agency_id not in reached]
    if not without:
        return count
    nobody = words.plural(
        "{count} agency has nobody who can be reached.",
        "{count} agencies have nobody who can be reached.",
        len(without),
    )
    return join([count, nobody])


def send(
    talk: Talk,
    words: Words,
    member: Member,
    agencies: Agencies,
    people: People,
    reports: Reports,
    outbox: Outbox,
    broadcasts: Broadcasts,
    calendar: WorkingCalendar,
    now: datetime,
    today: date,
) -> Replies:
    """Confirmed once: the recipients are frozen now, whatever changes while it is sent."""
    data = talk.data
    talk.close()
    _, found = audience(data["audience"], agencies, people, reports, today)
    recipients = _people(found)
    notice = broadcasts.confirm(data["notice"], data["audience"], len(recipients), member, now)
    not_before = calendar.next_office_moment(now)
    outbox.add_all([_letter(notice, person, now, not_before) for person in recipients])
    told = [
        words(
            "Notice {n} is on its way to {count} people.", n=notice.id or 0, count=len(recipients)
        )
    ]
    if not_before > now:
        told.append(words("It leaves in office hours, from {time}.", time=words.moment(not_before)))
    return talk.say(join(told))


def _letter(
    notice: Broadcast, to: Recipient, now: datetime, not_before: datetime
) -> dict[str, Any]:
    return queued(
        f"bc:{notice.id}:{to.person_id}",
        lane=Lane.BROADCAST,
        channel=to.channel,
        address=to.address,
        kind="broadcast",
        payload=json.dumps({"broadcast": notice.id}),
        now=now,
        not_before_at=not_before,
        broadcast_id=notice.id,
    )


def _people(found: Sequence[Recipient]) -> list[Recipient]:
    """One message each, also to those who stand for two agencies."""
    return list({person.person_id: person for person in found}.values())


def drop(talk: Talk, words: Words) -> Replies:
    talk.close()
    return talk.say(words("The notice is discarded. Nothing was sent."))


def audience(
    key: str, agencies: Agencies, people: People, reports: Reports, today: date
) -> tuple[list[str], list[Recipient]]:
    """The agencies meant, and the people of theirs who can be reached."""
    known = agencies.on(today)
    if key == "not_reported":
        reported = reports.reported(today.year)
        known = [a for a in known if a.duty == Duty.REQUIRED and a.id not in reported]
    elif key in {"department", "district"}:
        known = [agency for agency in known if agency.kind == key]
    wanted = [agency.id for agency in known]
    roles = (FOCAL, OFFICIAL, ADMIN) if key == "everyone" else (FOCAL,)
    return wanted, people.holding(*roles, agencies=set(wanted))


def audience_name(words: Words, key: str) -> str:
    names = {
        "everyone": words("Everyone"),
        "focal": words("All focal points"),
        "not_reported": words("Focal points of agencies that have not reported"),
        "department": words("Focal points of departments"),
        "district": words("Focal points of districts"),
    }
    return names[key]


def wording(words: Words, notice: str) -> Markup:
    return join([words("<b>Notice from the standing agency</b>"), plain(notice)], "\n\n")


def render(words: Words, notice: str, address: str) -> SendMessage:
    return SendMessage(chat_id=address, text=wording(words, notice), parse_mode="HTML")


def progress(words: Words, number: int, total: int, counts: dict[str, int]) -> Markup:
    """How far a notice has come, in the one message that is edited while it runs."""
    waiting = counts.get("queued", 0) + counts.get("sending", 0)
    state = words("under way") if waiting else words("finished")
    lines = [
        words("<b>Notice {n}: {state}</b>", n=number, state=state),
        words("Sent: {count}/{total}", count=counts.get("sent", 0), total=total),
    ]
    if waiting:
        lines.append(words("Waiting: {count}", count=waiting))
    return join(lines)


def result(
    words: Words, number: int, total: int, counts: dict[str, int], missed: Sequence[str]
) -> Markup:
    """What became of a notice, with the names of those it did not reach."""
    lines = [
        words("<b>Result of notice {n}</b>", n=number),
        words("Sent: {count}/{total}", count=counts.get("sent", 0), total=total),
    ]
    if failed := counts.get("failed"):
        lines.append(words("Not delivered: {count}", count=failed))
    if unknown := counts.get("unknown"):
        lines.append(words("Not known whether delivered: {count}", count=unknown))
    if missed:
        lines.append(words("Please contact in another way: {names}.", names=named(words, missed)))
    return join(lines)


def named(words: Words, names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    shown, rest = first_of(names)
    return words("{names} and {rest} more", names=shown, rest=rest) if rest else shown


def build_router() -> Router:
    router = Router(name="broadcast")
    admin = May(ADMIN)
    say(router, ask_audience, admin, At(TEXT))
    say(router, preview, admin, At(AUDIENCE), Chose(*AUDIENCES))
    say(router, send, admin, At(PREVIEW), Chose("send"))
    say(router, ask_text, admin, At(PREVIEW), Chose("edit"))
    say(router, drop, admin, At(PREVIEW), Chose("drop"))
    say(router, ask_text, admin, Asked("thongbao"))
    return router
