"""`/tralai`: single figures go back with a reason and a day; all others stay as they were sent.

Typed at once, `/tralai quan 1 TV1.3 mẫu số là số thư viện cấp xã`, or picked on the report's card.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from aiogram import Router

from handlers import menu
from handlers.approval import deciding, notices, sheets, wording
from handlers.approval.deciding import CARD
from handlers.approval.rights import official, rights_of
from handlers.commands import ADMIN, OFFICIAL, YEAR_DIGITS, Command
from handlers.language import Markup, Words, join
from handlers.lookup import step_of
from handlers.reminding import days
from handlers.reminding.errand import Errand
from handlers.report.drafts import code_meant
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import FREE, Option
from plan.approval import REASON_LEAST, REASON_MOST, Refusal, weigh_reason
from storage.agencies import NamedAgency
from storage.approvals import Approvals, Stale
from storage.tables import Decision, Report
from storage.versions import Versions
from storage.years import Year

PICK, REASON, UNTIL, CONFIRM = "duyet.pick", "duyet.reason", "duyet.until", "duyet.confirm"
HERE = (PICK, REASON, UNTIL, CONFIRM)
WORKING_DAYS = (2, 3, 5)
"""Offered to correct it in."""
FURTHEST = 60
"""Days that it may be away at most: what takes longer is no correction."""
Kept: TypeAlias = dict[str, Any]
"""What goes along from step to step: report, seen, picked, reason, until."""


def begin(command: Command | None, errand: Errand) -> Replies:
    """What the command names already is not asked for."""
    command = errand.lookup.meant(command)
    words = errand.words
    if not rights_of(errand).office:
        return menu.answer_unknown_command(errand.talk, words)
    said, year, rest = split(command.argument, errand)
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
        return errand.say(_not_there(errand, agency, year, report))
    codes = _codes(errand, report)
    picked, reason = read_codes(rest, codes)
    kept = {"report": report.id, "seen": report.version, "picked": picked}
    if not picked:
        return ask_codes(errand, kept)
    return take_reason(errand, kept, reason) if reason else ask_reason(errand, kept)


def _not_there(errand: Errand, agency: NamedAgency, year: int, report: Report | None) -> Markup:
    words, name = errand.words, agency.name
    if report is None or not report.version:
        return words("{agency} has not sent its report of {year}.", agency=name, year=year)
    told = words(
        "The report of {year} of {agency} cannot be sent back: {state}.",
        year=year,
        agency=name,
        state=wording.state(words, report.state),
    )
    locked = report.state in {"approved", "frozen"}
    hint = words("/molai opens it again, with a reason.") if locked else ""
    return join([told, hint], " ")


def split(argument: str, errand: Errand) -> tuple[str, int, str]:
    """`quan 1 2024 TV1.3 mẫu số…` → the agency, the year, and what follows from the first code."""
    typed, codes = argument.split(), errand.lookup.catalogue.codes()
    place = next((n for n in range(len(typed)) if n and _code_at(typed, n, codes)), len(typed))
    before, rest = typed[:place], " ".join(typed[place:])
    year = errand.today.year
    if before and before[-1].isdecimal() and len(before[-1]) == YEAR_DIGITS:
        year = int(before.pop())
    return " ".join(before), year, rest


def _code_at(typed: Sequence[str], place: int, codes: Sequence[str]) -> tuple[str, int] | None:
    """The code that stands there, and of how many words: `TV1.3,` or `TV 1.3`."""
    for length in (2, 1):
        said = " ".join(typed[place : place + length]).rstrip(",;:")
        # "Quận 1 tv" is no code, nor is a bare number.
        if len(typed) >= place + length and not said.isdecimal():
            code = code_meant(said, codes)
            if code is not None:
                return code, length
    return None


def read_codes(said: str, codes: Sequence[str]) -> tuple[list[str], str]:
    """The codes at its head, and the words after them."""
    typed, picked, place = said.split(), list[str](), 0
    while place < len(typed) and (found := _code_at(typed, place, codes)):
        picked.append(found[0])
        place += found[1]
    return list(dict.fromkeys(picked)), " ".join(typed[place:]).lstrip("-–: ")


def _codes(errand: Errand, report: Report) -> list[str]:
    """Everything it answers, in the plan's order."""
    held = Versions(errand.session).codes(report.id or 0)
    return [code for code in errand.lookup.catalogue.codes() if code in held]


def pick(errand: Errand) -> Replies:
    data = errand.talk.data
    return ask_codes(errand, {"report": data["report"], "seen": data["seen"], "picked": []})


def ask_codes(errand: Errand, kept: Kept, told: Markup | None = None) -> Replies:
    words = errand.words
    report = errand.session.get_one(Report, kept["report"])
    picked = list(kept["picked"])
    codes = [code for code in _codes(errand, report) if code not in picked]
    if picked:
        question = words(
            "To be sent back: {codes}. Press further ones, or go on.", codes=", ".join(picked)
        )
    else:
        question = words(
            "Which figures are to be corrected? Press or type their codes, for example {code}.",
            code=" ".join(codes[:2]),
        )
    options = [Option(code, code) for code in codes]
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
    words, kept, said = errand.words, _kept(errand), errand.talk.turn.text
    report = errand.session.get_one(Report, kept["report"])
    picked, rest = read_codes(said, _codes(errand, report))
    if not picked:
        told = words("There is no answer “{code}” in this report.", code=said[:20])
        return ask_codes(errand, kept, told)
    kept["picked"] = list(dict.fromkeys([*kept["picked"], *picked]))
    return take_reason(errand, kept, rest) if rest else ask_reason(errand, kept)


def ask_reason(errand: Errand, kept: Kept, told: Markup | None = None) -> Replies:
    words = errand.words
    question = words(
        "{codes}: for what reason? Press one or type your own, at least {least} characters. The "
        "agency reads it first.",
        codes=", ".join(kept["picked"]),
        least=REASON_LEAST,
    )
    return _ask(errand, REASON, question, {**kept, FREE: True}, quick(words), told)


def quick(words: Words) -> list[Option]:
    return [
        Option("total", words("The total is not that of the objects that are asked for")),
        Option("jump", words("It differs much from last year, and nothing explains it")),
        Option("proof", words("Evidence is missing, or shows another figure")),
        Option("other", words("It differs from documents that were sent before")),
    ]


def take_quick(errand: Errand, chosen: str) -> Replies:
    reason = next(each.label for each in quick(errand.words) if each.key == chosen)
    return take_reason(errand, _kept(errand), reason)


def read_reason(errand: Errand) -> Replies:
    return take_reason(errand, _kept(errand), errand.talk.turn.text.strip())


def take_reason(errand: Errand, kept: Kept, reason: str) -> Replies:
    if weigh_reason(reason):
        return ask_reason(errand, kept, bad_reason(errand.words, reason))
    return ask_until(errand, {**kept, "reason": reason.strip()})


def bad_reason(words: Words, reason: str) -> Markup:
    if len(reason) > REASON_MOST:
        return words(
            "The reason has {length} characters, {most} is the most. Please shorten it.",
            length=words.number(len(reason)),
            most=words.number(REASON_MOST),
        )
    return words(
        "“{said}” tells too little: please write at least {least} characters, for example: the "
        "total is the number of libraries, not of reading points.",
        said=reason,
        least=REASON_LEAST,
    )


def ask_until(errand: Errand, kept: Kept, told: Markup | None = None) -> Replies:
    words, calendar = errand.words, errand.rules.calendar
    question = words("By the end of which working day is it to be corrected? Press one or type it.")
    offered = [calendar.shift(errand.today, count) for count in WORKING_DAYS]
    options = [Option(day.isoformat(), words.weekday(day), words.day(day)) for day in offered]
    return _ask(errand, UNTIL, question, kept, options, told)


def take_until(errand: Errand, chosen: str) -> Replies:
    return _confirm(errand, _kept(errand), date.fromisoformat(chosen))


def read_until(errand: Errand) -> Replies:
    words, today, said = errand.words, errand.today, errand.talk.turn.text
    calendar, kept = errand.rules.calendar, _kept(errand)
    on, reading = days.read_day(said, today)
    if on is None:
        example = calendar.shift(today, WORKING_DAYS[0])
        return ask_until(errand, kept, days.refused(words, said, reading, example))
    if told := unfit_day(errand, on):
        return ask_until(errand, kept, told)
    return _confirm(errand, kept, on)


def unfit_day(errand: Errand, on: date) -> Markup | None:
    """Why something cannot be asked for by that day."""
    words, today, calendar = errand.words, errand.today, errand.rules.calendar
    if on < today:
        return words("{day} is past already.", day=words.weekday(on))
    if (on - today).days > FURTHEST:
        return words(
            "{day} is too far away: at most {count} days.", day=words.weekday(on), count=FURTHEST
        )
    if not calendar.is_working_day(on):
        return words(
            "Nobody works on {day}. The next working day is {next}.",
            day=words.weekday(on),
            next=words.weekday(calendar.on_or_after(on)),
        )
    return None


def _confirm(errand: Errand, kept: Kept, on: date) -> Replies:
    words = errand.words
    report = errand.session.get_one(Report, kept["report"])
    answers = Versions(errand.session).answers(report.id or 0)
    text = join(
        [
            words(
                "<b>To be sent back – {agency}, report {receipt}</b>",
                agency=sheets.agency_of(errand, report).name,
                receipt=wording.receipt(report),
            ),
            *(
                words(
                    "• {code}: reported as {answer}",
                    code=code,
                    answer=wording.answer(words, answers.get(code, "")),
                )
                for code in kept["picked"]
            ),
            words("Reason: {reason}", reason=kept["reason"]),
            words("To be corrected by the end of {day}.", day=words.weekday(on)),
        ]
    )
    yes = Option("send", words("Send back"), words("yes|ok|send"))
    return _ask(errand, CONFIRM, text, {**kept, "until": on.isoformat()}, [yes])


def send(errand: Errand) -> Replies:
    """Weighed once more by the store: the button may be pressed days later."""
    words, data, until_on = errand.words, _kept(errand), date.fromisoformat(_kept(errand)["until"])
    if not rights_of(errand).office:
        return errand.finish(words("You may not decide on this report any more."))
    report = errand.session.get_one(Report, data["report"])
    answers = Versions(errand.session).answers(report.id or 0)
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
    return _told(errand, report, outcome, {code: answers[code] for code in data["picked"]})


def _refused(errand: Errand, kept: Kept, refusal: Refusal) -> Replies:
    words = errand.words
    if refusal is Refusal.DUE_DAY:
        return ask_until(errand, kept, words("The day that was chosen has passed."))
    if refusal is Refusal.REASON:
        return ask_reason(errand, kept)
    return ask_codes(errand, {**kept, "picked": []})


def _told(errand: Errand, report: Report, decision: Decision, said: dict[str, str]) -> Replies:
    words, agency = errand.words, sheets.agency_of(errand, report)
    heard = notices.sent_back(errand, report, agency, decision, said)
    told = words(
        "Sent back to {agency}: {codes}, to be corrected by the end of {day}. You will be told "
        "when it comes again.",
        agency=agency.name,
        codes=", ".join(said),
        day=words.weekday(decision.until_on or errand.today),
    )
    return errand.finish(join([told, deciding.heard_of(errand, heard)]))


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
