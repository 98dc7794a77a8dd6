"""`/tralai`: single figures go back with a reason and a day; all others stay as they were sent.

Typed at once, `/tralai quan 1 TV1.3 mẫu số là số thư viện cấp xã`, or picked on the report's card.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from aiogram import Router

from handlers import menu
from handlers.approval import asked, codes, deciding, notices, sentback, sheets, wording
from handlers.approval.deciding import CARD
from handlers.approval.rights import official, rights_of
from handlers.commands import ADMIN, OFFICIAL, Command
from handlers.language import Markup, join
from handlers.lookup import step_of
from handlers.reminding.errand import Errand
from handlers.report import topics
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import FREE, Option
from plan.approval import REASON_LEAST, Refusal, weigh_reason
from storage.agencies import NamedAgency
from storage.approvals import Approvals, Stale
from storage.tables import Report
from storage.years import Year

PICK, REASON, UNTIL, CONFIRM = "duyet.pick", "duyet.reason", "duyet.until", "duyet.confirm"
HERE = (PICK, REASON, UNTIL, CONFIRM)
Kept: TypeAlias = dict[str, Any]
"""What goes along from step to step: report, seen, picked, reason, until."""


def begin(command: Command | None, errand: Errand) -> Replies:
    """What the command names already is not asked for."""
    command = errand.lookup.meant(command)
    words = errand.words
    if not rights_of(errand).office:
        return menu.answer_unknown_command(errand.talk, words)
    said, year, rest = codes.split(command.argument, errand)
    if not said:
        return errand.say(
            words(
                "Type for example /tralai quan 1 TV1.3 and the reason, or open a report by /duyet."
            )
        )
    agency = errand.lookup.asked(command, said, on=Year(year, errand.today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    report = errand.reports.of(agency.id, year)
    if report is None or report.state != "submitted":
        return errand.say(sentback.not_there(errand, agency, year, report))
    picked, reason = codes.read_codes(rest, codes.waiting(errand, report))
    kept = {"report": report.id, "seen": report.version, "picked": picked}
    if not picked:
        return ask_codes(errand, kept)
    return take_reason(errand, kept, reason) if reason else ask_reason(errand, kept)


def pick(errand: Errand) -> Replies:
    data = errand.talk.data
    return ask_codes(errand, {"report": data["report"], "seen": data["seen"], "picked": []})


def ask_codes(errand: Errand, kept: Kept, told: Markup | None = None) -> Replies:
    words = errand.words
    report = errand.session.get_one(Report, kept["report"])
    picked = list(kept["picked"])
    left = [code for code in codes.waiting(errand, report) if code not in picked]
    if picked:
        question = words(
            "To be sent back: {codes}. Press further ones, or go on.",
            codes=wording.listed(words, picked),
        )
    else:
        question = words(
            "Which figures are to be corrected? Press or type their codes, for example {code}.",
            code=" ".join(left[:2]),
        )
    options = [Option(code, code) for code in left]
    options += [each for each in topics.options(words) if each.key not in picked]
    if picked:
        done = Option("done", words("Go on"), words("done|finished|next"))
        options = [done, *options]
    return _ask(errand, PICK, question, kept, options, told)


def take_code(errand: Errand, chosen: str) -> Replies:
    kept = _kept(errand)
    if chosen == "done":
        return ask_reason(errand, kept)
    return ask_codes(errand, {**kept, "picked": [*kept["picked"], chosen]})


def read_typed(errand: Errand) -> Replies:
    kept, said = _kept(errand), errand.talk.turn.text
    report = errand.session.get_one(Report, kept["report"])
    picked, rest = codes.read_codes(said, codes.waiting(errand, report))
    if not picked:
        return ask_codes(errand, kept, codes.unknown(errand, report, said))
    kept["picked"] = list(dict.fromkeys([*kept["picked"], *picked]))
    return take_reason(errand, kept, rest) if rest else ask_reason(errand, kept)


def ask_reason(errand: Errand, kept: Kept, told: Markup | None = None) -> Replies:
    words = errand.words
    question = words(
        "{codes}: for what reason? Press one or type your own, at least {least} characters. The "
        "agency reads it first.",
        codes=wording.listed(words, kept["picked"]),
        least=REASON_LEAST,
    )
    return _ask(errand, REASON, question, {**kept, FREE: True}, asked.reasons(words), told)


def take_quick(errand: Errand, chosen: str) -> Replies:
    reason = next(each.label for each in asked.reasons(errand.words) if each.key == chosen)
    return take_reason(errand, _kept(errand), reason)


def read_reason(errand: Errand) -> Replies:
    return take_reason(errand, _kept(errand), errand.talk.turn.text.strip())


def take_reason(errand: Errand, kept: Kept, reason: str) -> Replies:
    if weigh_reason(reason):
        return ask_reason(errand, kept, asked.bad_reason(errand.words, reason))
    return ask_until(errand, {**kept, "reason": reason.strip()})


def ask_until(errand: Errand, kept: Kept, told: Markup | None = None) -> Replies:
    words = errand.words
    question = words("By the end of which working day is it to be corrected? Press one or type it.")
    return _ask(errand, UNTIL, question, kept, asked.days_offered(errand), told)


def take_until(errand: Errand, chosen: str) -> Replies:
    return _confirm(errand, _kept(errand), date.fromisoformat(chosen))


def read_until(errand: Errand) -> Replies:
    kept = _kept(errand)
    on = asked.day_meant(errand, errand.talk.turn.text)
    return _confirm(errand, kept, on) if isinstance(on, date) else ask_until(errand, kept, on)


def _confirm(errand: Errand, kept: Kept, on: date) -> Replies:
    words = errand.words
    report = errand.session.get_one(Report, kept["report"])
    yes = Option("send", words("Send back"), words("yes|ok|send"))
    text = sentback.card(errand, report, kept, on)
    return _ask(errand, CONFIRM, text, {**kept, "until": on.isoformat()}, [yes])


def send(errand: Errand) -> Replies:
    """Weighed once more by the store: the button may be pressed days later."""
    words, data, until_on = errand.words, _kept(errand), date.fromisoformat(_kept(errand)["until"])
    if not rights_of(errand).office:
        return errand.finish(words("You may not decide on this report any more."))
    report = errand.session.get_one(Report, data["report"])
    answers = sentback.said_of(errand, report)
    outcome = Approvals(errand.session).send_back(
        data["report"],
        data["seen"],
        data["picked"],
        reason=data["reason"],
        until_on=until_on,
        by=official(errand),
    )
    if isinstance(outcome, Stale):
        return deciding.stale(errand, report, outcome)
    if isinstance(outcome, Refusal):
        return _refused(errand, data, outcome)
    said = {code: answers.get(code, "") for code in data["picked"]}
    agency = sheets.agency_of(errand, report)
    heard = notices.sent_back(errand, report, agency, outcome, said)
    told = sentback.told(errand, report, outcome, said)
    return errand.finish(join([told, deciding.heard_of(errand, heard)]))


def _refused(errand: Errand, kept: Kept, refusal: Refusal) -> Replies:
    words = errand.words
    if refusal is Refusal.DUE_DAY:
        return ask_until(errand, kept, words("The day that was chosen has passed."))
    if refusal is Refusal.REASON:
        return ask_reason(errand, kept)
    report = errand.session.get_one(Report, kept["report"])
    told = codes.decided_already(errand, report, kept["picked"])
    return ask_codes(errand, {**kept, "picked": []}, told)


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was sent back; the report waits. /duyet lists it."))


def _kept(errand: Errand) -> Kept:
    return errand.kept("report", "seen", "picked", "reason", "until")


def _ask(
    errand: Errand,
    step: str,
    question: Markup,
    kept: Kept,
    options: Sequence[Option],
    told: Markup | None = None,
) -> Replies:
    """With what was wrong before it, if anything was."""
    words = errand.words
    out = Option("leave", words("Do not send back"), words("no|drop it"))
    return errand.ask(step, question, [*options, out], kept, told=told)


def build_router() -> Router:
    router = Router(name="returning")
    office = May(ADMIN, OFFICIAL)
    say(router, begin, office, Asked("tralai"))
    say(router, begin, office, At(step_of("tralai")))
    say(router, pick, office, At(CARD), Chose("back"))
    say(router, leave, office, At(*HERE), Chose("leave"))
    say(router, leave, office, Open(*HERE), Asked("huy"))
    say(router, take_code, office, At(PICK), Chose())
    say(router, read_typed, office, At(PICK))
    say(router, take_quick, office, At(REASON), Chose())
    say(router, read_reason, office, At(REASON))
    say(router, take_until, office, At(UNTIL), Chose())
    say(router, read_until, office, At(UNTIL))
    say(router, send, office, At(CONFIRM), Chose("send"))
    return router
