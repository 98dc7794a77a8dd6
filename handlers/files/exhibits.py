"""`/minhchung`: which files a report has, a file for one indicator, and taking one back."""

from aiogram import Router

from handlers.commands import FOCAL, Command
from handlers.files.evidence import AWAITED, filled_in
from handlers.files.fetched import accepted, described, place_of, refusal
from handlers.language import Markup, Words, join
from handlers.report.drafts import Draft, code_meant
from handlers.report.interview import Interview, whose
from handlers.routing import Asked, At, Chose, May, Replies, say
from handlers.talk import Option, Talk
from plan.answers import fold
from plan.calendars import local_date
from storage.evidence import KEPT, Exhibits
from storage.reports import OPEN
from storage.tables import Evidence

REMOVAL = "evidence.remove"
DIGITS = 9
REMOVES = ("xoa", "remove")


def answer(command: Command, interview: Interview, talk: Talk, exhibits: Exhibits) -> Replies:
    head, _, rest = command.argument.partition(" ")
    if fold(head) in REMOVES:
        return _ask_removal(interview, talk, exhibits, rest.strip())
    draft = filled_in(interview)
    if command.argument and draft is not None:
        return _await_file(interview, talk, draft, command.argument)
    return _list(interview, talk, exhibits, draft)


def _list(interview: Interview, talk: Talk, exhibits: Exhibits, draft: Draft | None) -> Replies:
    """Of the report being filled in, or of this year's reports that have been sent."""
    words, year = interview.words, interview.today.year
    agencies = interview.member.agencies_as(FOCAL)
    reports = [interview.reports.of(agency_id, year) for agency_id in agencies]
    found = [draft.report] if draft else [report for report in reports if report]
    if not found:
        return [talk.say(refusal(words, "no_report")), *talk.ask_again()]
    parts: list[Markup] = []
    for report in found:
        name = interview.agencies.named(report.agency_id, interview.today).name
        parts.append(
            words("<b>Evidence – {agency}, report of {year}</b>", agency=name, year=report.year)
        )
        lines = [_line(words, row) for row in exhibits.kept(report)]
        parts.append(join(lines or [words("No file yet.")]))
    parts.append(
        words(
            "To add one: type /minhchung with the code of a question, for example "
            "/minhchung TV1.3, then send the photo or file. "
            "To remove one: /minhchung xoa and its number."
        )
    )
    return [*talk.pages(parts), *talk.ask_again()]


def _line(words: Words, row: Evidence) -> Markup:
    return words(
        "{number}. {place}: {file}, {day}",
        number=row.id,
        place=place_of(words, row),
        file=described(words, row),
        day=words.day(local_date(row.received_at)),
    )


def _await_file(interview: Interview, talk: Talk, draft: Draft, said: str) -> Replies:
    words = interview.words
    code = code_meant(said, draft.codes)
    if code is None:
        told = words("There is no question “{code}” in your report.", code=said[:20])
        return [talk.say(told), *talk.ask_again()]
    question = words(
        "Please send the photo or file for {code} now. {accepted}",
        code=code,
        accepted=accepted(words),
    )
    options = [Option("back", words("Send no file"), words("no|go back"))]
    data = whose(draft) | {"code": code, "aside": _aside(talk)}
    return talk.ask(AWAITED, question, options, data=data)


def _aside(talk: Talk) -> object:
    """Of two such questions one after the other, only the later stays."""
    ours = talk.step in {AWAITED, REMOVAL}
    return talk.data["aside"] if ours else talk.set_aside()


def go_back(talk: Talk) -> Replies:
    talk.take_up(talk.data["aside"])
    return [*talk.ask_again()]


def wait_on(talk: Talk, words: Words) -> Replies:
    told = words("A photo or a file is awaited here, no text.")
    return [talk.say(told), *talk.ask_again()]


def _removable(interview: Interview, exhibits: Exhibits, number: str) -> Evidence | None:
    """One's own agency's, while the report is still being filled in."""
    known = number.isdecimal() and len(number) <= DIGITS
    row = exhibits.get(int(number)) if known else None
    report = exhibits.report_of(row) if row else None
    if row is None or report is None or row.state != KEPT:
        return None
    mine = report.agency_id in interview.member.agencies_as(FOCAL)
    return row if mine and report.state in OPEN else None


def _ask_removal(interview: Interview, talk: Talk, exhibits: Exhibits, number: str) -> Replies:
    words = interview.words
    row = _removable(interview, exhibits, number)
    report = exhibits.report_of(row) if row else None
    if row is None or report is None:
        return [talk.say(_not_there(words, number)), *talk.ask_again()]
    question = words(
        "Remove {file} of {place}? It is deleted for good.",
        file=described(words, row),
        place=place_of(words, row),
    )
    options = [
        Option("remove", words("Remove"), words("yes|ok|correct")),
        Option("back", words("Keep"), words("no|go back")),
    ]
    data = {"agency": report.agency_id, "year": report.year, "evidence": row.id}
    return talk.ask(REMOVAL, question, options, data=data | {"aside": _aside(talk)})


def remove(interview: Interview, talk: Talk, words: Words, exhibits: Exhibits) -> Replies:
    number = str(talk.data["evidence"])
    row = _removable(interview, exhibits, number)
    told = _not_there(words, number)
    if row is not None:
        exhibits.remove(row, interview.now)
        told = words("Removed: file {number}.", number=number)
    talk.take_up(talk.data["aside"])
    return [talk.say(told), *talk.ask_again()]


def _not_there(words: Words, number: str) -> Markup:
    return words(
        "File {number} cannot be removed: it is not there, or its report has been sent. "
        "Type /minhchung for the list.",
        number=number[:DIGITS] or "?",
    )


def build_router() -> Router:
    router = Router(name="exhibits")
    focal = May(FOCAL)
    say(router, answer, focal, Asked("minhchung"))
    say(router, go_back, focal, At(AWAITED, REMOVAL), Chose("back"))
    say(router, remove, focal, At(REMOVAL), Chose("remove"))
    say(router, wait_on, focal, At(AWAITED))
    return router
