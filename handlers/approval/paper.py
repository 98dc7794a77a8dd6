"""`/nhapthay`: an official enters what an agency reported on paper, by the number of the document.

It is marked as such wherever it is shown, and another official approves it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram import Router

from handlers import menu
from handlers.approval import deciding, notices, wording
from handlers.approval.rights import rights_of
from handlers.commands import ADMIN, OFFICIAL, YEAR_DIGITS, Command
from handlers.files import bulk, lines
from handlers.files.batch import Batch, Entry, unpacked
from handlers.language import Markup, join, paged
from handlers.lookup import step_of
from handlers.reminding import telling
from handlers.reminding.errand import Errand
from handlers.report import cards
from handlers.report.drafts import Draft, asked_of
from handlers.report.interview import Interview
from handlers.routing import Asked, At, Chose, May, Open, Replies, Reply, say
from handlers.talk import FREE, Option
from plan.approval import DOCUMENT_MOST, names_document
from storage.agencies import NamedAgency
from storage.reports import OPEN
from storage.tables import Report
from storage.years import Year

DOCUMENT, LINES, CONFIRM, SEND = (
    *("nhapthay.document", "nhapthay.lines"),
    *("nhapthay.confirm", "nhapthay.send"),
)
HERE = (DOCUMENT, LINES, CONFIRM)


def begin(command: Command | None, errand: Errand) -> Replies:
    """`/nhapthay quan 1`, `/nhapthay quan 1 2024`."""
    command = errand.lookup.meant(command)
    words = errand.words
    if not rights_of(errand).office:
        return menu.answer_unknown_command(errand.talk, words)
    typed, year = command.argument.split(), errand.today.year
    if typed and typed[-1].isdecimal() and len(typed[-1]) == YEAR_DIGITS:
        year = int(typed.pop())
    if not typed or year > errand.today.year:
        return errand.say(
            words("Type for example /nhapthay quan 1 {year}.", year=errand.today.year)
        )
    agency = errand.lookup.asked(command, " ".join(typed), on=Year(year, errand.today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    if told := _unfit(errand, agency, year):
        return errand.say(told)
    return _ask_document(errand, {"target": agency.id, "of": year})


def _unfit(errand: Errand, agency: NamedAgency, year: int) -> Markup | None:
    """Why nothing can be entered for that report."""
    words, report = errand.words, errand.reports.of(agency.id, year)
    if not asked_of(agency.id, errand.agencies, Year(year, errand.today).on):
        return words("{agency} is asked for no report of {year}.", agency=agency.name, year=year)
    if report is not None and report.state not in OPEN:
        return words(
            "The report of {year} of {agency} has been sent: {state}. Figures are sent back by "
            "/tralai first.",
            year=year,
            agency=agency.name,
            state=wording.state(words, report.state),
        )
    return None


def _ask_document(
    errand: Errand, kept: Mapping[str, Any], told: Markup | None = None
) -> list[Reply]:
    words = errand.words
    question = words(
        "{agency}, report of {year}: what is the number of the document that you enter it from? "
        "For example 123/BC-UBND.",
        agency=errand.named(kept["target"]).name,
        year=kept["of"],
    )
    return _ask(errand, DOCUMENT, question, {**kept, FREE: True}, (), told)


def read_document(errand: Errand, interview: Interview) -> Replies:
    words, said, kept = errand.words, errand.talk.turn.text.strip(), _kept(errand)
    if not names_document(said):
        told = words(
            "“{said}” is no number of a document: it has a figure and at most {most} characters, "
            "for example 123/BC-UBND.",
            said=said[:DOCUMENT_MOST],
            most=DOCUMENT_MOST,
        )
        return _ask_document(errand, kept, told)
    return _ask_lines(errand, interview, {**kept, "document": said})


def _ask_lines(errand: Errand, interview: Interview, kept: Mapping[str, Any]) -> list[Reply]:
    words, draft = errand.words, _draft(interview, kept)
    codes = draft.changeable
    asked = [
        words("• {code} {short}", code=code, short=cards.short_of(interview.catalogue, code))
        for code in codes
    ]
    question = words(
        "Please type what the document says, a line each, for example: {example}",
        example=f"{codes[0]} 12/15",
    )
    return _ask(errand, LINES, join([*asked, question]), {**kept, FREE: True}, ())


def read_answers(errand: Errand, interview: Interview) -> Replies:
    """More lines may follow while the card awaits its confirmation."""
    kept = _kept(errand)
    draft = _draft(interview, kept)
    found = lines.lines_of(errand.talk.turn.text, interview.catalogue.codes())
    batch = lines.read_lines(interview, draft, found)
    known = [unpacked(each) for each in kept.get("entries", [])]
    entries = {each.code: each for each in known} | batch.entries
    return _card(errand, interview, draft, batch, list(entries.values()), kept)


def _card(
    errand: Errand,
    interview: Interview,
    draft: Draft,
    batch: Batch,
    entries: Sequence[Entry],
    kept: Mapping[str, Any],
) -> list[Reply]:
    words, talk = errand.words, errand.talk
    held = [each for each in entries if each.code in draft.changeable]
    parts = [
        words(
            "<b>From document {number} – {agency}, report of {year}</b>",
            number=kept["document"],
            agency=draft.agency.name,
            year=draft.report.year,
        ),
        *(bulk.change(interview, draft, entry) for entry in held),
        *([words("<b>Not accepted:</b>"), *batch.refused] if batch.refused else []),
        *([words("<b>Not clear, not recorded:</b>"), *batch.unsure] if batch.unsure else []),
    ]
    if not held:
        return [*(talk.say(page) for page in paged(parts)), *_ask_lines(errand, interview, kept)]
    parts.append(words("Nothing is recorded before you confirm it. Further lines may follow."))
    *pages, text = paged(parts)
    record = Option("record", words("Record ({count})", count=len(held)), words("record|yes|ok"))
    data = {**kept, "entries": [entry.packed() for entry in held]}
    return [*(talk.say(page) for page in pages), *_ask(errand, CONFIRM, text, data, [record])]


def record(errand: Errand, interview: Interview) -> Replies:
    words, kept, turn = errand.words, _kept(errand), errand.talk.turn
    if not rights_of(errand).office:
        return errand.finish(words("You may not decide on this report any more."))
    agency = errand.named(kept["target"])
    if told := _unfit(errand, agency, kept["of"]):
        return errand.finish(told)
    draft = interview.draft_for(agency.id, kept["of"])
    entries = [unpacked(each) for each in kept["entries"]]
    taken = [entry for entry in entries if entry.code in draft.changeable]
    for entry in taken:
        bulk.record(interview, draft, entry, turn, kept["document"])
    told = words(
        "Recorded from document {number}: {codes}.",
        number=kept["document"],
        codes=", ".join(entry.code for entry in taken),
    )
    draft = interview.draft_for(agency.id, kept["of"])
    question = words(
        "Send the report as it stands? Another official approves it, for you have entered it."
    )
    if draft.missing:
        missing = words("Without an answer: {codes}.", codes=", ".join(draft.missing))
        question = join([missing, question])
    yes = Option("send", words("Send the report"), words("send|submit"))
    no = Option("leave", words("Not yet"), words("no|later"))
    data = {"target": agency.id, "of": kept["of"], "document": kept["document"]}
    data["seen"] = draft.newest
    asked = errand.talk.ask(SEND, question, [yes, no], data={**data, "aside": errand.waiting()})
    return [errand.talk.say(told), asked]


def send(errand: Errand, interview: Interview) -> Replies:
    words, kept = errand.words, _kept(errand)
    if not rights_of(errand).office:
        return errand.finish(words("You may not decide on this report any more."))
    agency = errand.named(kept["target"])
    draft = interview.draft_for(agency.id, kept["of"])
    if draft.newest != errand.talk.data["seen"]:
        told = words("An answer has been changed since this was shown, so nothing was sent.")
        return errand.finish(told)
    if not errand.reports.submit(draft.report, errand.member.person_id, errand.now):
        return errand.finish(words("The report has been sent already."))
    notices.came_again(interview, draft)
    heard = _tell(errand, draft.report, agency, kept["document"])
    told = words(
        "Sent for {agency}: receipt {receipt}. Another official approves it.",
        agency=agency.name,
        receipt=wording.receipt(draft.report),
    )
    return errand.finish(join([told, deciding.heard_of(errand, heard)]))


def _tell(errand: Errand, report: Report, agency: NamedAgency, document: str) -> int:
    receivers = list(telling.focal_points(errand.people, agency.id))
    for to, words in receivers:
        text = words(
            "{agency}: the {year} report was entered from your document {number} by {name} and "
            "sent (receipt {receipt}). If something is wrong, type /sua or contact the standing "
            "agency.",
            agency=agency.name,
            year=report.year,
            number=document,
            name=errand.member.full_name,
            receipt=wording.receipt(report),
        )
        key = f"paper:{report.id}:v{report.version}"
        telling.tell(errand.people, key, to, text, errand.now)
    return len(receivers)


def keep(errand: Errand) -> Replies:
    told = errand.words("The answers are recorded; the report has not been sent.")
    return errand.finish(told)


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing of it was recorded."))


def _draft(interview: Interview, kept: Mapping[str, Any]) -> Draft:
    """Of a report that nobody has begun, nothing is written before something is recorded."""
    agency_id, year = kept["target"], kept["of"]
    if interview.reports.of(agency_id, year) is not None:
        return interview.draft_for(agency_id, year)
    on = Year(year, interview.today).on
    agency = interview.agencies.named(agency_id, on)
    report = Report(agency_id=agency_id, year=year, opened_at=interview.now)
    return Draft(agency, report, asked_of(agency_id, interview.agencies, on), {}, {})


def _kept(errand: Errand) -> dict[str, Any]:
    return errand.kept("target", "of", "document", "entries")


def _ask(
    errand: Errand,
    step: str,
    question: Markup,
    kept: Mapping[str, Any],
    options: Sequence[Option],
    told: Markup | None = None,
) -> list[Reply]:
    words = errand.words
    out = Option("leave", words("Do not enter"), words("no|drop it"))
    return errand.ask(step, question, [*options, out], kept, told=told)


def build_router() -> Router:
    router = Router(name="paper")
    office = May(ADMIN, OFFICIAL)
    say(router, begin, office, Asked("nhapthay"))
    say(router, begin, office, At(step_of("nhapthay")))
    say(router, leave, office, At(*HERE), Chose("leave"))
    say(router, leave, office, Open(*HERE), Asked("huy"))
    say(router, keep, office, At(SEND), Chose("leave"))
    say(router, keep, office, Open(SEND), Asked("huy"))
    say(router, read_document, office, At(DOCUMENT))
    say(router, record, office, At(CONFIRM), Chose("record"))
    say(router, read_answers, office, At(LINES, CONFIRM))
    say(router, send, office, At(SEND), Chose("send"))
    return router
