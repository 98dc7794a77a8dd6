"""`/minhchung quan 1 TV1.3` of those who review: the files themselves, beside what they show."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import BufferedInputFile
from sqlmodel import Session

from handlers.approval import codes, wording
from handlers.approval.rights import rights_of, rights_of_member
from handlers.commands import ADMIN, OFFICIAL, Command
from handlers.files.exhibits import REMOVES
from handlers.files.fetched import described, place_of
from handlers.files.parcels import Parcel
from handlers.language import Markup, Words, join
from handlers.reminding.errand import Errand
from handlers.report.drafts import code_meant
from handlers.routing import Asked, May, Replies, Reply, say
from handlers.talk import Link
from plan.calendars import local_date
from plan.words import fold
from storage.agencies import NamedAgency
from storage.evidence import JPEG, KEPT, PNG, Exhibits
from storage.files import Files
from storage.people import Member, People
from storage.tables import Evidence, Report
from storage.years import Year

PARCEL = "evidence"
WHOLE = "chung"
"""Stands for the files that are evidence of the report as a whole."""
AT_ONCE = 10
"""Files that come for one command; the others by a button."""
ENDS = {JPEG: ".jpg", PNG: ".png"}


def begin(command: Command, errand: Errand) -> Replies:
    """One's own files, by whoever reports for an agency as well, are for that conversation."""
    words, argument = errand.words, command.argument
    own = fold(argument.partition(" ")[0]) in REMOVES
    if not argument or own or code_meant(argument, errand.lookup.catalogue.codes()):
        raise SkipHandler
    of_whole = argument.endswith(f" {WHOLE}")
    said, year, rest = codes.split(argument.removesuffix(f" {WHOLE}"), errand)
    agency = errand.lookup.asked(command, said, on=Year(year, errand.today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    if not rights_of(errand).see(agency.id):
        raise SkipHandler
    report = errand.reports.of(agency.id, year)
    kept = list(Exhibits(errand.session).kept(report)) if report and report.version else []
    named, page = codes.read_codes(rest, errand.lookup.catalogue.codes())
    if report is None or not kept:
        told = words("{agency} has sent no evidence for {year}.", agency=agency.name, year=year)
        return errand.say(told)
    if not (named or of_whole):
        return _list(errand, agency, report, kept)
    found = [each for each in kept if each.code in (named or [""])]
    if not found:
        told = words("There is no evidence for {code}.", code=", ".join(named))
        return _list(errand, agency, report, kept, told)
    return _send(errand, report, found, int(page) if page.isdecimal() else 1)


def _list(
    errand: Errand,
    agency: NamedAgency,
    report: Report,
    kept: Sequence[Evidence],
    told: Markup | None = None,
) -> Replies:
    words, counts = errand.words, Counter(each.code for each in kept)
    lines = [
        told or Markup(),
        words("<b>Evidence – {agency}, report of {year}</b>", agency=agency.name, year=report.year),
        *(
            words("• {place}: {file}", place=place_of(words, each), file=described(words, each))
            for each in kept
        ),
    ]
    links = [
        Link(
            words("Open {code} ({count})", code=code or words("the report"), count=count),
            f"minhchung {agency.id} {report.year} {code or WHOLE}",
        )
        for code, count in counts.items()
    ]
    return [*errand.talk.pages(lines, links), *errand.talk.ask_again()]


def _send(errand: Errand, report: Report, found: Sequence[Evidence], page: int) -> Replies:
    first = (page - 1) * AT_ONCE
    here = found[first : first + AT_ONCE] or found[:AT_ONCE]
    address = errand.talk.turn.address
    parcels: list[Reply] = [Parcel(address, PARCEL, {"evidence": each.id}) for each in here]
    more = len(found) - first - len(here)
    if more <= 0:
        return [*parcels, *errand.talk.ask_again()]
    place = f"{report.agency_id} {report.year} {here[0].code or WHOLE} {page + 1}"
    told = errand.words.plural("{count} file more.", "{count} files more.", more)
    return [
        *parcels,
        *errand.say(told, Link(errand.words("Further files"), f"minhchung {place}")),
    ]


def render(
    words: Words, member: Member, payload: dict[str, Any], session: Session, files: Files
) -> SendDocument | SendPhoto | SendMessage | str:
    """The file as it is kept here: it does not depend on how long the channel holds it."""
    exhibits = Exhibits(session)
    row = exhibits.get(payload["evidence"])
    report = exhibits.report_of(row) if row else None
    if row is None or report is None:
        return "forgotten meanwhile"
    if not rights_of_member(member, People(session)).see(report.agency_id):
        return "not for this person any more"
    try:
        data = files.read(row.name) if row.state == KEPT and row.name else None
    except OSError:
        data = None
    about = _about(words, row, report)
    if data is None:
        return SendMessage(chat_id=member.address, text=_gone(words, about), parse_mode="HTML")
    return _file(member.address, row, about, data)


def _about(words: Words, row: Evidence, report: Report) -> Markup:
    return words(
        "Evidence no. {n} for {place}, receipt {receipt}, sent on {day}",
        n=row.id,
        place=place_of(words, row),
        receipt=wording.receipt(report),
        day=words.day(local_date(row.received_at)),
    )


def _gone(words: Words, about: Markup) -> Markup:
    told = words(
        "The file is not kept here any more: it was removed, or its copy is lost. Please ask the "
        "agency for it, for example by /giaitrinh."
    )
    return join([words("<b>{title}</b>", title=about), told])


def _file(address: str, row: Evidence, caption: str, data: bytes) -> SendDocument | SendPhoto:
    """What came as a photo is shown as one."""
    common: dict[str, Any] = {"chat_id": address, "caption": caption, "parse_mode": "HTML"}
    title = PurePath(row.title).name
    file = BufferedInputFile(data, title or f"{row.id}{ENDS.get(row.media_type, '')}")
    if not title and row.media_type in ENDS:
        return SendPhoto(photo=file, **common)
    return SendDocument(document=file, **common)


def build_router() -> Router:
    router = Router(name="proofs")
    say(router, begin, May(ADMIN, OFFICIAL), Asked("minhchung"))
    return router
