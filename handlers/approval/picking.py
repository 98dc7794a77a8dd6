"""Some figures of a report are approved, `TV1.3, VH2` or "tất cả trừ TV2.3"; the others wait on."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from handlers.approval import codes, deciding, notices, sentback, sheets, wording
from handlers.approval.deciding import CARD
from handlers.approval.rights import official, rights_of
from handlers.commands import ADMIN, OFFICIAL
from handlers.language import Markup, join
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import Option
from plan.approval import Refusal
from storage.approvals import Approvals, Stale
from storage.tables import Decision, Report

PICK, CONFIRM = "duyet.some", "duyet.some_confirm"
HERE = (PICK, CONFIRM)


def begin(errand: Errand) -> Replies:
    return _ask(errand, [])


def begin_typed(errand: Errand) -> Replies:
    """Codes instead of a button, on the report's card."""
    report = errand.session.get_one(Report, errand.talk.data["report"])
    picked, rest = codes.read_picked(errand.talk.turn.text, codes.waiting(errand, report))
    if not picked or rest or not rights_of(errand).office:
        raise SkipHandler
    return _confirm(errand, report, picked)


def _ask(errand: Errand, picked: Sequence[str], told: Markup | None = None) -> Replies:
    words = errand.words
    report = errand.session.get_one(Report, errand.talk.data["report"])
    waiting = codes.waiting(errand, report)
    left = [code for code in waiting if code not in picked]
    if picked:
        question = words(
            "To be approved: {codes}. Press further ones, or go on.", codes=", ".join(picked)
        )
    else:
        question = words(
            "Which figures do you approve? Press or type their codes, for example {codes}, or “all "
            "but {code}”. The others wait on.",
            codes=", ".join(waiting[:2]),
            code=waiting[-1] if waiting else "",
        )
    done = [Option("done", words("Go on"), words("done|finished|next"))] if picked else []
    options = [*done, *(Option(code, code) for code in left)]
    return _put(errand, PICK, question, options, picked, told)


def take_code(errand: Errand, chosen: str) -> Replies:
    report = errand.session.get_one(Report, errand.talk.data["report"])
    picked = list(errand.talk.data["picked"])
    if chosen == "done":
        return _confirm(errand, report, picked)
    return _ask(errand, [*picked, chosen])


def read_typed(errand: Errand) -> Replies:
    """What is typed joins what was pressed before."""
    said = errand.talk.turn.text
    report = errand.session.get_one(Report, errand.talk.data["report"])
    before = errand.talk.data["picked"]
    picked, rest = codes.read_picked(said, codes.waiting(errand, report))
    if not picked or rest:
        return _ask(errand, before, codes.unknown(errand, report, rest or said))
    return _confirm(errand, report, list(dict.fromkeys([*before, *picked])))


def _confirm(errand: Errand, report: Report, picked: Sequence[str]) -> Replies:
    words, answers = errand.words, sentback.said_of(errand, report)
    left = [code for code in codes.waiting(errand, report) if code not in picked]
    text = join(
        [
            words(
                "<b>To be approved – {agency}, report {receipt}</b>",
                agency=sheets.agency_of(errand, report).name,
                receipt=wording.receipt(report),
            ),
            *(wording.reported(words, code, answers.get(code, "")) for code in picked),
            words("They become official and are locked."),
            words("Waiting on: {codes}.", codes=", ".join(left))
            if left
            else words("With them the whole report is approved."),
        ]
    )
    yes = Option("approve", words("Approve"), words("approve|yes|ok"))
    return _put(errand, CONFIRM, text, [yes], picked)


def approve(errand: Errand) -> Replies:
    """Weighed once more by the store: somebody may have decided meanwhile."""
    words, data = errand.words, errand.talk.data
    if not rights_of(errand).office:
        return errand.finish(words("You may not decide on this report any more."))
    report = errand.session.get_one(Report, data["report"])
    outcome = Approvals(errand.session).approve_some(
        data["report"], data["seen"], data["picked"], official(errand)
    )
    if isinstance(outcome, Stale):
        return deciding.stale(errand, report, outcome)
    if outcome is Refusal.OWN:
        return errand.finish(deciding.own(words))
    if isinstance(outcome, Refusal):
        return _ask(errand, [], codes.decided_already(errand, report, data["picked"]))
    if outcome.kind == "approved":
        return deciding.decided(errand, "approve", report, outcome)
    return _told(errand, report, outcome, data["picked"])


def _told(errand: Errand, report: Report, decision: Decision, picked: Sequence[str]) -> Replies:
    words, agency = errand.words, sheets.agency_of(errand, report)
    heard = notices.partly_approved(errand, report, agency, decision, picked)
    told = words(
        "Approved: {codes} of {agency}, report {receipt}. Waiting on: {rest}.",
        codes=", ".join(picked),
        agency=agency.name,
        receipt=wording.receipt(report),
        rest=", ".join(codes.waiting(errand, report)),
    )
    errand.end()
    said = errand.talk.say(join([told, deciding.heard_of(errand, heard)]))
    return [said, *deciding.show(errand, report)]


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was approved; the report waits. /duyet lists it."))


def _put(
    errand: Errand,
    step: str,
    question: Markup,
    options: Sequence[Option],
    picked: Sequence[str],
    told: Markup | None = None,
) -> Replies:
    words = errand.words
    out = Option("leave", words("Approve nothing"), words("no|drop it"))
    kept = {**errand.kept("report", "seen"), "picked": list(picked)}
    return errand.ask(step, question, [*options, out], kept, told=told)


def build_router() -> Router:
    router = Router(name="picking")
    office = May(ADMIN, OFFICIAL)
    say(router, begin, office, At(CARD), Chose("some"))
    say(router, leave, office, At(*HERE), Chose("leave"))
    say(router, leave, office, Open(*HERE), Asked("huy"))
    say(router, take_code, office, At(PICK), Chose())
    say(router, approve, office, At(CONFIRM), Chose("approve"))
    say(router, read_typed, office, At(*HERE))
    say(router, begin_typed, office, At(CARD))
    return router
