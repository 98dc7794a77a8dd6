"""`/duyet`: what waits for approval, oldest first; one report with all that speaks for and against.

The agency's own leader agrees, the standing agency approves; nobody approves their own.
"""

from aiogram import Router

from handlers import menu
from handlers.approval import codes, notices, proofs, sheets, waiting, wording
from handlers.approval.rights import official, rights_of
from handlers.approval.sheets import Sheet
from handlers.commands import ADMIN, OFFICIAL, Command, split_year
from handlers.language import Markup, Words, join, paged
from handlers.lookup import step_of
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, May, Open, Replies, Reply, say
from handlers.talk import Link, Option
from plan.approval import Refusal
from storage.agencies import NamedAgency
from storage.approvals import Approvals, Stale
from storage.figures import LOCKED
from storage.tables import Decision, Report
from storage.years import Year

CARD = "duyet.card"


def begin(command: Command | None, errand: Errand) -> Replies:
    """`/duyet`, `/duyet quan 1`, `/duyet quan 1 2024`, `/duyet 2024`, `/duyet trang 2`."""
    command = errand.lookup.meant(command)
    rights = rights_of(errand)
    if not (rights.office or rights.led):
        return menu.answer_unknown_command(errand.talk, errand.words)
    first, _, rest = command.argument.partition(" ")
    if not command.argument or (first == waiting.PAGE and rest.strip().isdecimal()):
        return waiting.listed(errand, int(rest) if rest else 1)
    said, year = split_year(command.argument, 0)
    return _open(command, errand, said, year) if said else waiting.listed(errand, 1, year)


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


def show(errand: Errand, report: Report) -> list[Reply]:
    """All that is known of it; a question only to whoever may decide on it now."""
    words, agency = errand.words, sheets.agency_of(errand, report)
    sheet = sheets.sheet_of(errand, report)
    parts = [
        sheets.head(errand, report, agency),
        *sheet.lines(),
        *sheets.texts(errand, report),
        _ways(errand, report, sheet) if rights_of(errand).office else Markup(),
    ]
    options, told = _choices(errand, report)
    if options and sheet.files:
        options.insert(-1, Option("files", words("See the evidence"), words("evidence|files")))
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


def _ways(errand: Errand, report: Report, sheet: Sheet) -> Markup:
    """What else can be done about it, ready to be typed."""
    words, place = errand.words, f"{report.agency_id} {report.year}"
    ways = words(
        "To ask about a figure: /giaitrinh {place} {code}. All versions: /lichsu {place}.",
        place=place,
        code=sheet.codes[0] if sheet.codes else "TV1.3",
    )
    files = words("Evidence files: /minhchung {place}.", place=place) if sheet.files else ""
    return join([ways, files], " ")


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
            return [back, later], own(words)
        yes = Option("approve", words("Approve all"), words("approve|yes|ok"))
        held = approvals.held(report)
        if held.approved:
            yes = Option("approve", words("Approve the rest"), words("approve|yes|ok"))
        some = [Option("some", words("Approve some"), words("some|pick"))]
        return [yes, *(some if len(held.waiting) > 1 else []), back, later], words(
            "Do you approve this report? For single figures, type their codes, for example {code}.",
            code=", ".join(codes.waiting(errand, report)[:2]),
        )
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
        return errand.finish(own(words))
    return decided(errand, how, report, outcome)


def decided(errand: Errand, how: str, report: Report, outcome: Decision) -> Replies:
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


def own(words: Words) -> Markup:
    return words("You have a part in this report yourself: another official approves it.")


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


def open_files(errand: Errand) -> Replies:
    report = errand.session.get_one(Report, errand.talk.data["report"])
    place = f"{report.agency_id} {report.year}"
    return proofs.begin(Command("minhchung", place), errand)


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was decided; the report waits. /duyet lists it."))


def build_router() -> Router:
    router = Router(name="deciding")
    reader = May(ADMIN, OFFICIAL)
    say(router, begin, reader, Asked("duyet"))
    say(router, begin, reader, At(step_of("duyet")))
    say(router, approve, reader, At(CARD), Chose("approve"))
    say(router, endorse, reader, At(CARD), Chose("endorse"))
    say(router, open_files, reader, At(CARD), Chose("files"))
    say(router, leave, reader, At(CARD), Chose("leave"))
    say(router, leave, reader, Open(CARD), Asked("huy"))
    return router
