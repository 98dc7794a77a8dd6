"""`/giaitrinh`: what an agency is asked to explain, and its answers; officials see all of it."""

from typing import Any

from aiogram import Router

from handlers.approval import backletters, inquiring, sheets, wording
from handlers.approval.rights import rights_of
from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command
from handlers.language import Markup, Words, join
from handlers.lookup import step_of
from handlers.reminding import telling
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import FREE, Link, Option
from storage.inquiries import OFFICE, OPEN, Inquiries
from storage.tables import Inquiry, Report

ANSWER = "giaitrinh.answer"
LEAST, MOST = 10, 1500
LINKS_MOST = 8


def begin(command: Command | None, errand: Errand) -> Replies:
    """`/giaitrinh`, `/giaitrinh 12`; officials also `/giaitrinh quan 1 TV1.3` and a question."""
    command = errand.lookup.meant(command)
    if not command.argument:
        return _list(errand)
    if command.argument.isdecimal():
        return _open(errand, int(command.argument))
    if rights_of(errand).office:
        return inquiring.begin(command, errand)
    return errand.say(errand.words("Type /giaitrinh to see what is to be explained."))


def _list(errand: Errand) -> Replies:
    words, rights = errand.words, rights_of(errand)
    own = errand.member.agencies_as(FOCAL)
    agencies = None if rights.office else [*own, *rights.led]
    inquiries = Inquiries(errand.session)
    found, back = inquiries.waiting(agencies), inquiries.waiting(agencies, OFFICE)
    if not (found or back):
        return errand.say(words("No question about a figure waits for an answer."))
    title = words("<b>Questions about figures that wait for an answer</b>")
    lines = [
        *(_line(errand, *each) for each in found),
        *([words("<b>Asked of the standing agency</b>")] if back else []),
        *(_line_back(errand, *each) for each in back),
    ]
    links = [
        Link(words("Explain (no. {n})", n=inquiry.id), f"giaitrinh {inquiry.id}")
        for inquiry, report in found
        if report.agency_id in own
    ]
    if rights.office:
        links = [
            Link(words("Answer (no. {n})", n=inquiry.id), f"giaitrinh {inquiry.id}")
            for inquiry, _ in back
        ] + links
    pages = errand.talk.pages([title, *lines], links[:LINKS_MOST])
    return [*pages, *errand.talk.ask_again()]


def _line(errand: Errand, inquiry: Inquiry, report: Report) -> Markup:
    words = errand.words
    late = words("; overdue") if inquiry.until_on < errand.today else Markup()
    return words(
        "No. {n} – {agency}, {year}, {code}: “{question}”, by {day}{late}",
        n=inquiry.id,
        agency=sheets.agency_of(errand, report).short,
        year=report.year,
        code=inquiry.code,
        question=inquiry.question,
        day=words.weekday(inquiry.until_on),
        late=late,
    )


def _line_back(errand: Errand, inquiry: Inquiry, report: Report) -> Markup:
    words = errand.words
    return words(
        "No. {n} – {agency}, {year}, {code}: “{question}”",
        n=inquiry.id,
        agency=sheets.agency_of(errand, report).short,
        year=report.year,
        code=wording.named(words, inquiry.code),
        question=inquiry.question,
    )


def _may_answer(errand: Errand, inquiry: Inquiry, report: Report) -> bool:
    if inquiry.asked_of == OFFICE:
        return rights_of(errand).office
    return report.agency_id in errand.member.agencies_as(FOCAL)


def _open(errand: Errand, number: int) -> Replies:
    inquiries, words = Inquiries(errand.session), errand.words
    inquiry = inquiries.get(number)
    report = inquiries.report_of(inquiry) if inquiry else None
    if inquiry is None or report is None or not _may_answer(errand, inquiry, report):
        return errand.say(words("There is no question no. {n} to your agency.", n=number))
    if inquiry.state != OPEN:
        return errand.say(_settled(words, inquiry))
    return _ask(errand, inquiry, report)


def _ask(errand: Errand, inquiry: Inquiry, report: Report, told: Markup | None = None) -> Replies:
    words = errand.words
    agency = sheets.agency_of(errand, report)
    kept: dict[str, Any] = {"inquiry": inquiry.id, FREE: True}
    if inquiry.asked_of == OFFICE:
        text = backletters.letter(words, errand.people, inquiry, report, agency)
        hint = words(
            "Please type the answer in one message, {least} to {most} characters. Do not send "
            "classified content.",
            least=LEAST,
            most=words.number(MOST),
        )
    else:
        text = inquiring.letter(words, errand.people, inquiry, report, agency)
        hint = _hint(words)
        # Whoever leaves the agency is not asked any more.
        kept["agency"] = report.agency_id
    out = Option("leave", words("Answer later"), words("later"))
    return errand.ask(ANSWER, join([text, hint]), [out], kept, told=told)


def _hint(words: Words) -> Markup:
    return words(
        "Please type the explanation in one message, {least} to {most} characters. The figure "
        "stays as it is. Do not send classified content.",
        least=LEAST,
        most=words.number(MOST),
    )


def read_answer(errand: Errand) -> Replies:
    words, inquiries = errand.words, Inquiries(errand.session)
    inquiry = inquiries.get(errand.talk.data["inquiry"])
    said = errand.talk.turn.text.strip()
    if inquiry is None:
        return errand.finish("")
    report = inquiries.report_of(inquiry)
    if not _may_answer(errand, inquiry, report):
        return errand.finish(
            words("There is no question no. {n} to your agency.", n=errand.talk.data["inquiry"])
        )
    if not LEAST <= len(said) <= MOST:
        told = words(
            "This has {length} characters; {least} to {most} can be recorded.",
            length=words.number(len(said)),
            least=LEAST,
            most=words.number(MOST),
        )
        return _ask(errand, inquiry, report, told)
    if not inquiries.answer(inquiry, said, by=errand.member.person_id, now=errand.now):
        return errand.finish(_settled(words, inquiry))
    if inquiry.asked_of == OFFICE:
        backletters.tell_answer(errand, inquiry, report)
        name = sheets.agency_of(errand, report).name
        return errand.finish(
            words("Told to {agency}: “{answer}”", agency=name, answer=inquiry.answer)
        )
    _tell(errand, inquiry, report)
    told = words(
        "Recorded beside {code} and told to the standing agency: “{answer}”",
        code=inquiry.code,
        answer=inquiry.answer,
    )
    return errand.finish(told)


def _tell(errand: Errand, inquiry: Inquiry, report: Report) -> None:
    """To whoever asked; to all who may decide, where they may no more."""
    agency = sheets.agency_of(errand, report)
    deciders = list(telling.deciders(errand.people))
    asked = [each for each in deciders if each[0].person_id == inquiry.person_id]
    for to, words in asked or deciders:
        text = join(
            [
                words(
                    "<b>Explained – {agency}, report of {year}</b>",
                    agency=agency.name,
                    year=report.year,
                ),
                words("{code}: “{note}”", code=inquiry.code, note=inquiry.question),
                words(
                    "Answer ({who}): “{answer}”",
                    who=wording.by(words, errand.people, inquiry.answered_by, errand.now),
                    answer=inquiry.answer,
                ),
            ]
        )
        link = Link(words("Look at it"), f"duyet {report.agency_id} {report.year}")
        key = f"inquiry:{inquiry.id}:answered"
        telling.tell(errand.people, key, to, text, errand.now, [link])


def _settled(words: Words, inquiry: Inquiry) -> Markup:
    if inquiry.answer:
        return words(
            "Question no. {n} has been answered: “{answer}”", n=inquiry.id, answer=inquiry.answer
        )
    return words("Question no. {n} is withdrawn.", n=inquiry.id)


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("The question waits; /giaitrinh lists it."))


def build_router() -> Router:
    router = Router(name="explaining")
    office = May(ADMIN, OFFICIAL)
    anybody = May(FOCAL, OFFICIAL, ADMIN)
    say(router, begin, anybody, Asked("giaitrinh"))
    say(router, begin, office, At(step_of("giaitrinh")))
    say(router, leave, anybody, At(ANSWER), Chose("leave"))
    say(router, leave, anybody, Open(ANSWER), Asked("huy"))
    say(router, read_answer, anybody, At(ANSWER))
    say(router, inquiring.leave, office, At(*inquiring.HERE), Chose("leave"))
    say(router, inquiring.leave, office, Open(*inquiring.HERE), Asked("huy"))
    say(router, inquiring.read_question, office, At(inquiring.QUESTION))
    say(router, inquiring.read_until, office, At(inquiring.UNTIL))
    say(router, inquiring.send, office, At(inquiring.CONFIRM), Chose("ask"))
    return router
