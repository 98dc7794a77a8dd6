"""`/giaitrinh quan 1 TV1.3`: an official asks an agency to explain one figure by a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers.approval import asked, codes, deciding, notices, sheets, wording
from handlers.approval.rights import rights_of
from handlers.commands import Command
from handlers.language import Markup, Words, join
from handlers.reminding.errand import Errand
from handlers.routing import Replies, Reply
from handlers.talk import FREE, Link, Option
from plan.approval import REASON_LEAST, weigh_reason
from storage.agencies import NamedAgency
from storage.inquiries import AGENCY, Inquiries
from storage.people import People
from storage.tables import Inquiry, Report
from storage.versions import Versions
from storage.years import Year

QUESTION, UNTIL, CONFIRM = "duyet.question", "duyet.question_until", "duyet.question_confirm"
HERE = (QUESTION, UNTIL, CONFIRM)
WITHDRAWS = "rut"


def begin(command: Command, errand: Errand) -> Replies:
    words = errand.words
    first, _, rest = command.argument.partition(" ")
    if first == WITHDRAWS and rest.strip().isdecimal():
        return _withdraw(errand, int(rest))
    said, year, rest = codes.split(command.argument, errand)
    agency = errand.lookup.asked(command, said, on=Year(year, errand.today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    report = errand.reports.of(agency.id, year)
    if report is None or not report.version:
        told = words("{agency} has not sent its report of {year}.", agency=agency.name, year=year)
        return errand.say(told)
    held = Versions(errand.session).codes(report.id or 0)
    named, question = codes.read_codes(rest, sorted(held))
    if len(named) != 1:
        told = words(
            "Please name one figure of the report, for example /giaitrinh quan 1 {code}.",
            code=min(held, default="TV1.3"),
        )
        return errand.say(told)
    kept = {"report": report.id, "code": named[0]}
    return _take(errand, kept, question) if question else _ask_question(errand, kept)


def _ask_question(
    errand: Errand, kept: Mapping[str, Any], told: Markup | None = None
) -> list[Reply]:
    words, report = errand.words, errand.session.get_one(Report, kept["report"])
    said = Versions(errand.session).answers(report.id or 0).get(kept["code"], "")
    question = words(
        "{agency}, {code}: {answer}. What is to be explained? At least {least} characters.",
        agency=sheets.agency_of(errand, report).name,
        code=kept["code"],
        answer=wording.answer(words, said),
        least=REASON_LEAST,
    )
    return _ask(errand, QUESTION, question, {**kept, FREE: True}, (), told)


def read_question(errand: Errand) -> Replies:
    return _take(errand, _kept(errand), errand.talk.turn.text.strip())


def _take(errand: Errand, kept: Mapping[str, Any], question: str) -> list[Reply]:
    if weigh_reason(question):
        return _ask_question(errand, kept, asked.bad_reason(errand.words, question))
    return _ask_until(errand, {**kept, "question": question})


def _ask_until(errand: Errand, kept: Mapping[str, Any], told: Markup | None = None) -> list[Reply]:
    words = errand.words
    question = words("By the end of which working day is it to be explained? Press one or type it.")
    return _ask(errand, UNTIL, question, kept, asked.days_offered(errand), told)


def read_until(errand: Errand, chosen: str | None) -> Replies:
    kept = _kept(errand)
    if chosen:
        return _confirm(errand, kept, date.fromisoformat(chosen))
    on = asked.day_meant(errand, errand.talk.turn.text)
    return _confirm(errand, kept, on) if isinstance(on, date) else _ask_until(errand, kept, on)


def _confirm(errand: Errand, kept: Mapping[str, Any], on: date) -> list[Reply]:
    words, report = errand.words, errand.session.get_one(Report, kept["report"])
    text = join(
        [
            words(
                "<b>To be explained – {agency}, {code}</b>",
                agency=sheets.agency_of(errand, report).name,
                code=kept["code"],
            ),
            words("“{note}”", note=kept["question"]),
            words("To be explained by the end of {day}.", day=words.weekday(on)),
        ]
    )
    yes = Option("ask", words("Send the question"), words("send|yes|ok"))
    return _ask(errand, CONFIRM, text, {**kept, "until": on.isoformat()}, [yes])


def send(errand: Errand) -> Replies:
    words, kept = errand.words, _kept(errand)
    if not rights_of(errand).office:
        return errand.finish(words("You may not decide on this report any more."))
    until_on = date.fromisoformat(kept["until"])
    if told := asked.unfit_day(errand, until_on):
        return _ask_until(errand, kept, told)
    report = errand.session.get_one(Report, kept["report"])
    inquiry = Inquiries(errand.session).ask(
        report,
        kept["code"],
        kept["question"],
        until_on,
        person_id=errand.member.person_id,
        channel=errand.talk.turn.channel,
        now=errand.now,
    )
    agency = sheets.agency_of(errand, report)
    heard = _tell(errand, inquiry, report, agency)
    told = words(
        "Question no. {n} is sent to {agency}, to be answered by the end of {day}. You will be "
        "told of the answer.",
        n=inquiry.id,
        agency=agency.name,
        day=words.weekday(until_on),
    )
    take_back = Link(words("Withdraw question no. {n}", n=inquiry.id), _withdrawing(inquiry))
    return errand.finish(join([told, deciding.heard_of(errand, heard)]), take_back)


def letter(
    words: Words, people: People, inquiry: Inquiry, report: Report, agency: NamedAgency
) -> Markup:
    return join(
        [
            words(
                "<b>Please explain – {agency}, report of {year}</b>",
                agency=agency.name,
                year=report.year,
            ),
            words(
                "{code} ({who}): “{question}”",
                code=inquiry.code,
                who=wording.by(words, people, inquiry.person_id, inquiry.at),
                question=inquiry.question,
            ),
            words("To be explained by the end of {day}.", day=words.weekday(inquiry.until_on)),
        ]
    )


def _tell(errand: Errand, inquiry: Inquiry, report: Report, agency: NamedAgency) -> int:
    def tell(words: Words) -> tuple[Markup, Sequence[Link]]:
        text = letter(words, errand.people, inquiry, report, agency)
        return text, [Link(words("Explain (no. {n})", n=inquiry.id), f"giaitrinh {inquiry.id}")]

    return notices.to_agency(errand, f"inquiry:{inquiry.id}", report, tell)


def _withdraw(errand: Errand, number: int) -> Replies:
    words, inquiries = errand.words, Inquiries(errand.session)
    inquiry = inquiries.get(number)
    by, now = errand.member.person_id, errand.now
    if (
        inquiry is None
        or inquiry.asked_of != AGENCY
        or not inquiries.withdraw(inquiry, by=by, now=now)
    ):
        return errand.say(words("Question no. {n} does not wait for an answer.", n=number))
    report = inquiries.report_of(inquiry)

    def tell(words: Words) -> tuple[Markup, Sequence[Link]]:
        told = words(
            "Question no. {n} about {code} is withdrawn: there is nothing to explain.",
            n=number,
            code=inquiry.code,
        )
        return told, ()

    notices.to_agency(errand, f"inquiry:{number}:withdrawn", report, tell)
    return errand.say(words("Question no. {n} is withdrawn.", n=number))


def _withdrawing(inquiry: Inquiry) -> str:
    return f"giaitrinh {WITHDRAWS} {inquiry.id}"


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("No question was sent."))


def _kept(errand: Errand) -> dict[str, Any]:
    return errand.kept("report", "code", "question", "until")


def _ask(
    errand: Errand,
    step: str,
    question: Markup,
    kept: Mapping[str, Any],
    options: Sequence[Option],
    told: Markup | None = None,
) -> list[Reply]:
    words = errand.words
    out = Option("leave", words("Do not ask"), words("no|drop it"))
    return errand.ask(step, question, [*options, out], kept, told=told)
