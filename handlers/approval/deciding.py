"""`/duyet`: what waits for approval, oldest first; one report with all that speaks for and against.

The agency's own leader agrees, the standing agency approves; nobody approves their own.
"""

from collections.abc import Sequence

from aiogram import Router

from handlers import menu
from handlers.approval import notices, sheets, wording
from handlers.approval.rights import official, rights_of
from handlers.commands import ADMIN, OFFICIAL, Command, split_year
from handlers.language import Markup, join, paged
from handlers.lookup import step_of
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, May, Open, Replies, Reply, say
from handlers.talk import Link, Option
from plan.approval import Filing, Refusal, filing
from storage.agencies import NamedAgency
from storage.approvals import Approvals, Stale
from storage.awaiting import Waiting
from storage.figures import LOCKED
from storage.tables import Decision, Report
from storage.years import Year

CARD = "duyet.card"
PER_PAGE = 8
PAGE = "trang"


def begin(command: Command | None, errand: Errand) -> Replies:
    """`/duyet`, `/duyet quan 1`, `/duyet quan 1 2024`, `/duyet 2024`, `/duyet trang 2`."""
    command = errand.lookup.meant(command)
    rights = rights_of(errand)
    if not (rights.office or rights.led):
        return menu.answer_unknown_command(errand.talk, errand.words)
    first, _, rest = command.argument.partition(" ")
    if not command.argument or (first == PAGE and rest.strip().isdecimal()):
        return _list(errand, int(rest) if rest else 1)
    said, year = split_year(command.argument, 0)
    return _open(command, errand, said, year) if said else _list(errand, 1, year)


def _open(command: Command, errand: Errand, said: str, year: int) -> Replies:
    agency = errand.lookup.asked(command, said, on=Year(year or errand.today.year, errand.today).on)
    if not isinstance(agency, NamedAgency):
        return agency
    report = _meant(errand, agency.id, year)
    if not rights_of(errand).see(agency.id):
        return errand.say(errand.words("You can see your own agency only."))
    if report is None or not report.version:
        year = year or errand.today.year
        told = errand.words(
            "{agency} has not sent its report of {year}.", agency=agency.name, year=year
        )
        return errand.say(told)
    return show(errand, report)


def _meant(errand: Errand, agency_id: str, year: int) -> Report | None:
    """Without a year this year's, or, where that does not wait, one that does."""
    if not year:
        found = Approvals(errand.session).waiting()
        years = [each.year for each in found if each.agency_id == agency_id]
        year = years[0] if years and errand.today.year not in years else errand.today.year
    return errand.reports.of(agency_id, year)


def _list(errand: Errand, page: int, year: int | None = None) -> Replies:
    words, rights = errand.words, rights_of(errand)
    found = [each for each in Approvals(errand.session).waiting(year) if rights.see(each.agency_id)]
    if not found:
        return errand.say(words("No report waits for approval."))
    pages = -(-len(found) // PER_PAGE)
    page = min(max(page, 1), pages)
    start = (page - 1) * PER_PAGE
    shown = found[start : start + PER_PAGE]
    title = words.plural(
        "<b>{count} report waits for approval</b>",
        "<b>{count} reports wait for approval</b>",
        len(found),
    )
    lines = [_line(errand, n, each) for n, each in enumerate(shown, start + 1)]
    hint = words("Press one, or type /duyet and the name of an agency.")
    links = [_link(errand, each) for each in shown]
    if page < pages:
        links.append(Link(words("Further reports"), f"duyet {PAGE} {page + 1}"))
    return errand.say(join([title, *lines, hint]), *links)


def _line(errand: Errand, number: int, each: Waiting) -> Markup:
    words = errand.words
    report = errand.reports.of(each.agency_id, each.year)
    filed = filing(each.first_submitted_at, errand.rules.deadline(each.year), each.extended_until)
    marks = [
        wording.filed(words, filed) if filed is not Filing.ON_TIME else Markup(),
        words("sent again") if each.version > 1 else Markup(),
        words("its leader has agreed") if each.endorsed else Markup(),
    ]
    name = sheets.agency_of(errand, report).name if report else each.agency_id
    return words(
        "{n}. {agency}, {year}: sent {time}{marks}",
        n=number,
        agency=name,
        year=each.year,
        time=words.moment(each.submitted_at),
        marks=Markup("".join(f"; {mark}" for mark in marks if mark)),
    )


def _link(errand: Errand, each: Waiting) -> Link:
    report = errand.reports.of(each.agency_id, each.year)
    short = sheets.agency_of(errand, report).short if report else each.agency_id
    label = short if each.year == errand.today.year else f"{short} {each.year}"
    return Link(label, f"duyet {each.agency_id} {each.year}")


def show(errand: Errand, report: Report) -> list[Reply]:
    """All that is known of it; a question only to whoever may decide on it now."""
    agency, sheet = sheets.agency_of(errand, report), sheets.sheet_of(errand, report)
    parts = [
        sheets.head(errand, report, agency),
        *sheet.lines(),
        *sheets.texts(errand, report),
        _ways(errand, report, sheet.codes) if rights_of(errand).office else Markup(),
    ]
    options, told = _choices(errand, report)
    *pages, text = paged([*parts, told])
    said: list[Reply] = [errand.talk.say(page) for page in pages]
    if not options:
        return [*said, *errand.say(text, *_opening(errand, report))]
    kept = {"report": report.id, "seen": report.version}
    return [*said, *errand.ask(CARD, text, options, kept, numbered=True)]


def _opening(errand: Errand, report: Report) -> list[Link]:
    """The way back from an approval."""
    if report.state not in LOCKED or not rights_of(errand).office:
        return []
    return [Link(errand.words("Open again"), f"molai {report.agency_id} {report.year}")]


def _ways(errand: Errand, report: Report, codes: Sequence[str]) -> Markup:
    """What else can be done about it, ready to be typed."""
    place = f"{report.agency_id} {report.year}"
    return errand.words(
        "To ask about a figure: /giaitrinh {place} {code}. All versions: /lichsu {place}.",
        place=place,
        code=codes[0] if codes else "TV1.3",
    )


def _choices(errand: Errand, report: Report) -> tuple[list[Option], Markup]:
    words, rights = errand.words, rights_of(errand)
    approvals = Approvals(errand.session)
    later = Option("leave", words("Decide later"), words("later|no|leave it"))
    if report.state != "submitted":
        return [], words(
            "Nothing is to be decided: {state}.", state=wording.state(words, report.state)
        )
    if rights.office:
        back = Option("back", words("Send back figures"), words("send back|return"))
        if errand.member.person_id in approvals.authors(report):
            told = words("You have a part in this report yourself: another official approves it.")
            return [back, later], told
        yes = Option("approve", words("Approve all"), words("approve|yes|ok"))
        return [yes, back, later], words("Do you approve this report?")
    agreed = approvals.last(report.id or 0, "endorsed")
    if agreed is not None and agreed.version == report.version:
        return [], words("It waits for the standing agency.")
    yes = Option("endorse", words("Agree"), words("agree|yes|ok"))
    return [yes, later], words("Do you agree to this report of your agency?")


def approve(errand: Errand) -> Replies:
    return _decide(errand, "approve")


def endorse(errand: Errand) -> Replies:
    return _decide(errand, "endorse")


def _decide(errand: Errand, how: str) -> Replies:
    """Of the version that the card showed; rights are those of this very moment."""
    words, data, approvals = errand.words, errand.talk.data, Approvals(errand.session)
    report = errand.session.get_one(Report, data["report"])
    rights = rights_of(errand)
    if not (rights.office if how == "approve" else report.agency_id in rights.led):
        return errand.finish(words("You may not decide on this report any more."))
    act = approvals.approve if how == "approve" else approvals.endorse
    outcome = act(data["report"], data["seen"], official(errand))
    if isinstance(outcome, Stale):
        return stale(errand, report, outcome)
    if isinstance(outcome, Refusal):  # Only one's own: nothing else is asked of it.
        told = words("You have a part in this report yourself: another official approves it.")
        return errand.finish(told)
    return _decided(errand, how, report, outcome)


def _decided(errand: Errand, how: str, report: Report, outcome: Decision) -> Replies:
    words, agency = errand.words, sheets.agency_of(errand, report)
    if how == "approve":
        heard = notices.approved(errand, report, agency, outcome)
        told = words(
            "Approved: {agency}, report {receipt}. Its figures are official and locked.",
            agency=agency.name,
            receipt=wording.receipt(report),
        )
    else:
        heard = notices.endorsed(errand, report, agency, outcome)
        told = words(
            "Recorded: you agree to the report {receipt} of {agency}. It waits for the standing "
            "agency.",
            agency=agency.name,
            receipt=wording.receipt(report),
        )
    return errand.finish(join([told, heard_of(errand, heard)]), *_next(errand))


def stale(errand: Errand, report: Report, found: Stale) -> list[Reply]:
    """Nothing was decided: what differs from what was looked at, and, if it waits, all of it."""
    words, seen = errand.words, errand.talk.data["seen"]
    lines = [words("Nothing was decided, for this is no longer the report that you looked at.")]
    if found.version != seen:
        lines.append(
            words("You saw version {seen}, now it is version {now}.", seen=seen, now=found.version)
        )
    if found.state != "submitted":
        lines.append(words("Now: {state}.", state=wording.state(words, found.state)))
    lines += wording.changes(words, found.changes)
    errand.end()
    if found.state != "submitted":
        return errand.say(join(lines))
    return [errand.talk.say(join(lines)), *show(errand, report)]


def heard_of(errand: Errand, count: int) -> Markup:
    words = errand.words
    if not count:
        return words("Nobody of the agency can be reached here: please let it know.")
    return words.plural(
        "{count} person of the agency is told.", "{count} people of the agency are told.", count
    )


def _next(errand: Errand) -> list[Link]:
    rights = rights_of(errand)
    waiting = [each for each in Approvals(errand.session).waiting() if rights.see(each.agency_id)]
    return [Link(errand.words("Reports that wait"), "duyet")] if waiting else []


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was decided; the report waits. /duyet lists it."))


def build_router() -> Router:
    router = Router(name="deciding")
    reader = May(ADMIN, OFFICIAL)
    say(router, begin, reader, Asked("duyet"))
    say(router, begin, reader, At(step_of("duyet")))
    say(router, approve, reader, At(CARD), Chose("approve"))
    say(router, endorse, reader, At(CARD), Chose("endorse"))
    say(router, leave, reader, At(CARD), Chose("leave"))
    say(router, leave, reader, Open(CARD), Asked("huy"))
    return router
