"""The result of a notice: what each fate is called, and all of it as a workbook."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import Any

from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from sqlmodel import Session

from exports import results
from handlers.broadcast import telling
from handlers.language import Markup, Words
from plan.calendars import local_date
from storage.agencies import Agencies
from storage.broadcasts import Broadcasts
from storage.people import Member
from storage.recipients import ARRIVED, Recipients
from storage.tallies import Result

PARCEL = "notice_result"


def arrived(result: Result) -> bool:
    return result.state in ARRIVED


def fate(words: Words, result: Result) -> Markup:
    if result.left_out == "unreachable" or _refused(result):
        return words("cannot be reached")
    told = {
        "sent": words("sent"),
        "queued": words("waiting"),
        "sending": words("waiting"),
        "held": words("waiting"),
        "unknown": words("not known whether delivered"),
        "failed": words("not delivered"),
    }
    why = {
        "muted": words("not sent: has muted notices of campaigns"),
        "stopped": words("not sent: the notice was ended"),
        "recalled": words("not sent: the notice was recalled"),
        "too old": words("older than 48 hours"),
        "never arrived": words("had not got it"),
    }
    if result.left_out or result.state in {"cancelled", "expired"}:
        return why.get(result.left_out or result.error, words("not sent"))
    return told.get(result.state, words("waiting"))


def render(
    words: Words, member: Member, wanted: Mapping[str, Any], session: Session, now: datetime
) -> SendDocument:
    """As things stand when the file leaves."""
    number = wanted["broadcast"]
    notice = Broadcasts(session).get(number)
    recipients = Recipients(session)
    found = recipients.results(number)
    day = local_date(now)
    shorts = {agency.id: agency.short for agency in Agencies(session).on(day)}
    lines = [
        results.Line(
            shorts.get(each.agency_id, each.agency_id),
            each.full_name,
            unescape(fate(words, each)),
            each.sent_at if each.state == "sent" else None,
            each.acknowledged_at,
        )
        for each in found
    ]
    told = telling.fates(words, notice, recipients.tally(number)) if notice else []
    data = results.write(_texts(words, number, now, told), lines)
    caption = words("Result of notice no. {n}, as of {time}.", n=number, time=words.moment(now))
    file = BufferedInputFile(data, unescape(words("notice-{n}.xlsx", n=number)))
    return SendDocument(chat_id=member.address, document=file, caption=caption, parse_mode="HTML")


def _texts(words: Words, number: int, now: datetime, told: Sequence[str]) -> results.Texts:
    title = words("Result of notice no. {n}, as of {time}.", n=number, time=words.moment(now))
    return results.Texts(
        unescape(title),
        [unescape(line) for line in told],
        unescape(words("Result")),
        [
            unescape(heading)
            for heading in (
                words("No."),
                words("Agency"),
                words("Receiver"),
                words("Result"),
                words("Sent at"),
                words("Confirmed at"),
            )
        ],
    )


def _refused(result: Result) -> bool:
    error = result.error
    refused = error.startswith("Forbidden") or "chat not found" in error
    return result.state == "failed" and refused
