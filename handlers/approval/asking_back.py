"""`/hoilai TV1.3`: of a figure that was sent back, the agency asks the official what is meant.

The answer is given by `/giaitrinh` and its number. By when the figure is to be corrected stays.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from aiogram import Router

from handlers.approval import backletters, codes, sheets, wording
from handlers.commands import FOCAL, Command
from handlers.language import Markup, Words, join
from handlers.reminding.errand import Errand
from handlers.report.topics import TOPICS
from handlers.routing import Asked, At, Chose, May, Open, Replies, Reply, say
from handlers.talk import FREE, Link, Option
from plan.approval import REASON_LEAST, REASON_MOST, weigh_reason
from storage.approvals import Approvals
from storage.inquiries import OFFICE, Inquiries
from storage.tables import Decision, Report
from storage.versions import Versions

WHICH, QUESTION = "hoilai.which", "hoilai.question"
HERE = (WHICH, QUESTION)
WITHDRAWS = "rut"
PLACE = re.compile(r"(?P<agency>[a-z]+(?:-[a-z0-9]+)+) (?P<year>\d{4})(?: (?P<rest>.+))?")


def begin(command: Command, errand: Errand) -> Replies:
    """`/hoilai`, `/hoilai TV1.3`, `/hoilai TV1.3 mẫu số tính cả điểm đọc sách không?`

    A letter's button names agency and year first.
    """
    words, own = errand.words, errand.member.agencies_as(FOCAL)
    first, _, rest = command.argument.partition(" ")
    if first == WITHDRAWS and rest.strip().isdecimal():
        return _withdraw(errand, int(rest))
    found = Approvals(errand.session).returned_to(own)
    named = PLACE.fullmatch(command.argument)
    if named and named["agency"] in own:
        found = [e for e in found if (e.agency_id, e.year) == (named["agency"], int(named["year"]))]
    if not found:
        return errand.say(words("Nothing of your agency is sent back to be corrected."))
    if len(found) > 1:
        return errand.say(words("About which report?"), *(_link(errand, each) for each in found))
    said = (named["rest"] or "") if named else command.argument
    return _of(errand, found[0], said)


def _link(errand: Errand, report: Report) -> Link:
    short = sheets.agency_of(errand, report).short
    return Link(f"{short} {report.year}", f"hoilai {report.agency_id} {report.year}")


def _of(errand: Errand, report: Report, said: str) -> Replies:
    picked = _picked(errand, report)
    if said in picked:
        return _ask(errand, report, said)
    named, question = codes.read_codes(said, picked)
    if said and len(named) != 1:
        return _ask_which(errand, report, picked, _not_sent_back(errand, said, picked))
    if not named and len(picked) > 1:
        return _ask_which(errand, report, picked)
    code = (named or picked)[0]
    return _take(errand, report, code, question) if question else _ask(errand, report, code)


def _picked(errand: Errand, report: Report) -> list[str]:
    back = _back(errand, report)
    held = Approvals(errand.session).picked(back.id or 0) if back else set()
    return [code for code in (*errand.lookup.catalogue.codes(), *TOPICS) if code in held]


def _back(errand: Errand, report: Report) -> Decision | None:
    return Approvals(errand.session).last(report.id or 0, "returned")


def _not_sent_back(errand: Errand, said: str, picked: Sequence[str]) -> Markup:
    words = errand.words
    return words(
        "“{said}” names nothing that was sent back: {codes}.",
        said=said[:20],
        codes=wording.listed(words, picked),
    )


def _ask_which(
    errand: Errand, report: Report, picked: Sequence[str], told: Markup | None = None
) -> Replies:
    words = errand.words
    question = words("About which answer? Press one or type its code.")
    options = [Option(code, wording.named(words, code)) for code in picked]
    return _put(
        errand, WHICH, question, options, {"report": report.id, "agency": report.agency_id}, told
    )


def take_code(errand: Errand, chosen: str) -> Replies:
    return _ask(errand, errand.session.get_one(Report, errand.talk.data["report"]), chosen)


def read_code(errand: Errand) -> Replies:
    report = errand.session.get_one(Report, errand.talk.data["report"])
    return _of(errand, report, errand.talk.turn.text.strip())


def _ask(errand: Errand, report: Report, code: str, told: Markup | None = None) -> Replies:
    words, back = errand.words, _back(errand, report)
    said = Versions(errand.session).answers(report.id or 0).get(code, "")
    lines = [
        wording.reported(words, code, said) if code not in TOPICS else Markup(),
        words("Sent back because: “{reason}”", reason=back.reason) if back else Markup(),
        words(
            "What do you want to ask the standing agency about {code}? Please type it, at least "
            "{least} characters. {unmoved}",
            code=wording.named(words, code),
            least=REASON_LEAST,
            unmoved=backletters.unmoved(words, report),
        ),
    ]
    kept = {"report": report.id, "agency": report.agency_id, "code": code, FREE: True}
    return _put(errand, QUESTION, join(lines), (), kept, told)


def read_question(errand: Errand) -> Replies:
    report = errand.session.get_one(Report, errand.talk.data["report"])
    return _take(errand, report, errand.talk.data["code"], errand.talk.turn.text.strip())


def _take(errand: Errand, report: Report, code: str, question: str) -> Replies:
    """The right to ask, and that it still is with the agency, are those of this moment."""
    words = errand.words
    own = report.agency_id in errand.member.agencies_as(FOCAL)
    if not own or report.state != "returned" or report.return_until_on is None:
        return errand.finish(words("Nothing of your agency is sent back to be corrected."))
    if weigh_reason(question):
        return _ask(errand, report, code, _bad_question(words, question))
    inquiry = Inquiries(errand.session).ask(
        report,
        code,
        question,
        report.return_until_on,
        person_id=errand.member.person_id,
        channel=errand.talk.turn.channel,
        now=errand.now,
        asked_of=OFFICE,
    )
    heard = backletters.tell_question(errand, inquiry, report)
    told = words(
        "Question no. {n} about {code} is sent to the standing agency; the answer comes here. "
        "{unmoved}",
        n=inquiry.id,
        code=wording.named(words, code),
        unmoved=backletters.unmoved(words, report),
    )
    nobody = words("Nobody there can be reached here now; they see it with the report.")
    take_back = Link(
        words("Take back question no. {n}", n=inquiry.id), f"hoilai {WITHDRAWS} {inquiry.id}"
    )
    return errand.finish(join([told, Markup() if heard else nobody]), take_back)


def _bad_question(words: Words, said: str) -> Markup:
    return words(
        "This has {length} characters; {least} to {most}, in words, can be sent. For example: does "
        "the total include reading points?",
        length=words.number(len(said)),
        least=REASON_LEAST,
        most=words.number(REASON_MOST),
    )


def _withdraw(errand: Errand, number: int) -> Replies:
    words, inquiries = errand.words, Inquiries(errand.session)
    inquiry = inquiries.get(number)
    mine = inquiry is not None and inquiry.person_id == errand.member.person_id
    if inquiry is None or not mine or inquiry.asked_of != OFFICE:
        return errand.say(words("Question no. {n} does not wait for an answer.", n=number))
    if not inquiries.withdraw(inquiry, by=errand.member.person_id, now=errand.now):
        return errand.say(words("Question no. {n} does not wait for an answer.", n=number))
    return errand.say(words("Question no. {n} is withdrawn.", n=number))


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("No question was sent."))


def _put(
    errand: Errand,
    step: str,
    question: Markup,
    options: Sequence[Option],
    kept: Mapping[str, Any],
    told: Markup | None = None,
) -> list[Reply]:
    words = errand.words
    out = Option("leave", words("Do not ask"), words("no|drop it"))
    return errand.ask(step, question, [*options, out], kept, told=told)


def build_router() -> Router:
    router = Router(name="asking back")
    focal = May(FOCAL)
    say(router, begin, focal, Asked("hoilai"))
    say(router, leave, focal, At(*HERE), Chose("leave"))
    say(router, leave, focal, Open(*HERE), Asked("huy"))
    say(router, take_code, focal, At(WHICH), Chose())
    say(router, read_code, focal, At(WHICH))
    say(router, read_question, focal, At(QUESTION))
    return router
