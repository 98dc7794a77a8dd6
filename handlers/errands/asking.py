"""Asking for a file that takes a while, and the message that brings it."""

from collections.abc import Mapping
from html import unescape
from typing import Any

from aiogram.methods import SendDocument, SendPhoto
from aiogram.types import BufferedInputFile
from sqlmodel import Session

from handlers.commands import ADMIN, FOCAL, OFFICIAL
from handlers.files.parcels import Parcel
from handlers.language import Markup, Words, plain
from handlers.routing import Reply
from handlers.talk import Talk
from storage.errands import MADE, Errands
from storage.files import Files
from storage.people import Member
from storage.tables import Errand

PARCEL = "errand"
REHEARSAL, DIARY, DIFFICULTIES = "rehearsal", "diary", "difficulties"
PICTURE = "picture"
FACILITIES = "facilities"
CSV, XLSX = "csv", "xlsx"


def ask(
    talk: Talk,
    words: Words,
    session: Session,
    member: Member,
    kind: str,
    wanted: Mapping[str, Any],
) -> Reply:
    """In the transaction of the answer, so that no restart forgets it."""
    new = Errands(session).ask(
        kind,
        wanted,
        person_id=member.person_id,
        channel=talk.turn.channel,
        address=talk.turn.address,
        now=talk.now,
    )
    if not new:
        return talk.say(words("That file is being made already; it comes as soon as it is ready."))
    return talk.say(words("The file is being made; it comes as soon as it is ready."))


def parcel(row: Errand) -> Parcel:
    return Parcel(row.address, PARCEL, {"errand": row.id})


def may_have(member: Member, row: Errand) -> bool:
    """Asked before it is made and again before it leaves: roles end."""
    agency_id = row.wanted.get("agency")
    if row.kind == PICTURE and not agency_id:
        return member.may(FOCAL, OFFICIAL, ADMIN)
    if row.kind == REHEARSAL or (row.kind == DIARY and agency_id is None):
        return member.may(ADMIN)
    return member.may(OFFICIAL, ADMIN) or agency_id in member.agencies_as(FOCAL)


def render(
    words: Words, member: Member, row: Errand | None, files: Files
) -> SendDocument | SendPhoto | str:
    if row is None or row.state != MADE:
        return "forgotten meanwhile"
    if not may_have(member, row):
        return "not for this person any more"
    file = BufferedInputFile(files.read(row.name), unescape(file_name(words, row)))
    caption = words(
        "<b>{title}</b>\nAs of {time}.", title=title(words, row), time=words.moment(row.asked_at)
    )
    if row.kind == PICTURE:
        return SendPhoto(chat_id=member.address, photo=file, caption=caption, parse_mode="HTML")
    return SendDocument(chat_id=member.address, document=file, caption=caption, parse_mode="HTML")


def title(words: Words, row: Errand) -> Markup:
    wanted = row.wanted
    match row.kind:
        case "picture":
            return _of_picture(words, row)
        case "rehearsal":
            return words("Reminders to come")
        case "diary":
            return words("Reminders of {year}", year=wanted["year"])
        case "difficulties":
            return words("Difficulties of {year}", year=wanted["year"])
        case "facilities":
            return words("Facility register, to be changed and sent back here")
    return plain(row.kind)


def _of_picture(words: Words, row: Errand) -> Markup:
    """Its words are in the message before it."""
    code = row.wanted.get("code") or words("all indicators")
    return words("Progress in a picture: {code}, {year}", code=code, year=row.wanted["year"])


def file_name(words: Words, row: Errand) -> Markup:
    wanted = row.wanted
    form = wanted.get("form", XLSX)
    if row.kind == PICTURE:
        return words("progress-{year}.png", year=wanted["year"])
    if row.kind == REHEARSAL:
        first, last = wanted["first"], wanted["last"]
        return words("rehearsal-{first}-{last}.{form}", first=first, last=last, form=form)
    if row.kind == FACILITIES:
        return words("register-{agency}.{form}", agency=wanted["agency"] or words("all"), form=form)
    agency, year = wanted.get("agency") or words("all"), wanted["year"]
    if row.kind == DIARY:
        return words("reminders-{agency}-{year}.{form}", agency=agency, year=year, form=form)
    return words("difficulties-{agency}-{year}.{form}", agency=agency, year=year, form=form)
