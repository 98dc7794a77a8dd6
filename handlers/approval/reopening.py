"""`/molai`: an approved report is opened again, with a reason; its figures are provisional then."""

from aiogram import Router

from handlers import menu
from handlers.approval import asked, deciding, notices, sheets, wording
from handlers.approval.rights import official, rights_of
from handlers.commands import ADMIN, OFFICIAL, YEAR_DIGITS, Command
from handlers.language import Markup, join
from handlers.lookup import step_of
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import FREE, Link, Option
from plan.approval import REASON_LEAST, Refusal, weigh_reason
from storage.agencies import NamedAgency
from storage.approvals import Approvals, Stale
from storage.figures import LOCKED
from storage.freezing import Frozen
from storage.tables import Decision, Report
from storage.years import Year

REASON = "duyet.reopen"


def begin(command: Command | None, errand: Errand) -> Replies:
    """`/molai quan 1`, `/molai quan 1 2024`; the reason is asked for, beside what it changes."""
    command = errand.lookup.meant(command)
    words = errand.words
    if not rights_of(errand).office:
        return menu.answer_unknown_command(errand.talk, words)
    typed, year = command.argument.split(), errand.today.year
    if typed and typed[-1].isdecimal() and len(typed[-1]) == YEAR_DIGITS:
        year = int(typed.pop())
    if not typed:
        return errand.say(words("Type for example /molai quan 1 {year}.", year=year))
    agency = errand.lookup.asked(command, " ".join(typed), on=Year(year, errand.today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    report = errand.reports.of(agency.id, year)
    if report is None or not (report.state in LOCKED or _picked(errand, report)):
        told = words(
            "The report of {year} of {agency} is not approved, so there is nothing to open again.",
            year=year,
            agency=agency.name,
        )
        return errand.say(told)
    return _ask(errand, report, agency)


def _picked(errand: Errand, report: Report) -> list[str]:
    """What is approved by itself, where the report is not approved as a whole."""
    approved = Approvals(errand.session).held(report).approved
    return sorted(approved) if report.state not in LOCKED else []


def _ask(
    errand: Errand, report: Report, agency: NamedAgency, told: Markup | None = None
) -> Replies:
    words, picked = errand.words, _picked(errand, report)
    approved = None if picked else Approvals(errand.session).last(report.id or 0, "approved")
    lines = [
        words(
            "<b>To be opened again – {agency}, report {receipt}</b>",
            agency=agency.name,
            receipt=wording.receipt(report),
        ),
        words(
            "Approved by {who}.",
            who=wording.by(words, errand.people, approved.person_id, approved.at),
        )
        if approved
        else Markup(),
        words("Approved so far: {codes}.", codes=", ".join(picked)) if picked else Markup(),
        words("Its figures will count as provisional until it is approved anew."),
        _closed(errand, report.year),
        words(
            "For what reason? Please type it, at least {least} characters; the agency reads it.",
            least=REASON_LEAST,
        ),
    ]
    kept = {"report": report.id, "seen": report.version, FREE: True}
    out = Option("leave", words("Do not open"), words("no|drop it"))
    return errand.ask(REASON, join(lines), [out], kept, told=told)


def _closed(errand: Errand, year: int) -> Markup:
    edition = Frozen(errand.session).latest(year)
    if edition is None:
        return Markup()
    return errand.words(
        "The year {year} is closed ({number}): it is shown as it was until it is closed anew.",
        year=year,
        number=edition.number,
    )


def read_reason(errand: Errand) -> Replies:
    words, data, reason = errand.words, errand.talk.data, errand.talk.turn.text.strip()
    report = errand.session.get_one(Report, data["report"])
    agency = sheets.agency_of(errand, report)
    if not rights_of(errand).office:
        return errand.finish(words("You may not decide on this report any more."))
    if weigh_reason(reason):
        return _ask(errand, report, agency, asked.bad_reason(words, reason))
    outcome = Approvals(errand.session).reopen(
        data["report"], data["seen"], reason=reason, by=official(errand)
    )
    if isinstance(outcome, Stale):
        return deciding.stale(errand, report, outcome)
    if isinstance(outcome, Refusal):
        return _ask(errand, report, agency, asked.bad_reason(words, reason))
    return _opened(errand, report, agency, outcome)


def _opened(errand: Errand, report: Report, agency: NamedAgency, decision: Decision) -> Replies:
    words = errand.words
    heard = notices.reopened(errand, report, agency, decision)
    told = words(
        "Open again: {agency}, report {receipt}. Send back what is to be corrected, or approve it "
        "anew.",
        agency=agency.name,
        receipt=wording.receipt(report),
    )
    place = f"{agency.id} {report.year}"
    links = [
        Link(words("Send back figures"), f"tralai {place}"),
        Link(words("Look at it"), f"duyet {place}"),
    ]
    return errand.finish(join([told, deciding.heard_of(errand, heard)]), *links)


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("The report stays approved."))


def build_router() -> Router:
    router = Router(name="reopening")
    office = May(ADMIN, OFFICIAL)
    say(router, begin, office, Asked("molai"))
    say(router, begin, office, At(step_of("molai")))
    say(router, leave, office, At(REASON), Chose("leave"))
    say(router, leave, office, Open(REASON), Asked("huy"))
    say(router, read_reason, office, At(REASON))
    return router
