"""Where one agency stands in one year: its figures, its tasks, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.language import Markup, Words
from handlers.progress import blocks, states
from handlers.progress.blocks import Block
from handlers.progress.viewing import Viewing
from handlers.report import cards
from handlers.report.drafts import missing
from plan.answers import Share
from plan.attainment import Assessment
from plan.catalogue import Duty, Unit
from storage.agencies import NamedAgency
from storage.figures import Figure
from storage.freezing import Frozen
from storage.reports import REPORTED
from storage.tables import Report
from storage.years import Year


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is shown of a year; `codes` are the indicators in the order shown."""

    parts: list[Markup]
    codes: list[str]
    open: bool = False


def of_agency(viewing: Viewing, agency: NamedAgency, year: Year) -> Sheet:
    if viewing.closed(year.number):
        return _closed(viewing, agency, year)
    words, reports = viewing.words, viewing.reports
    report = reports.of(agency.id, year.number)
    figures = reports.figures(report) if report else {}
    statuses = reports.statuses(report) if report else {}
    parts = reports.parts(report) if report else {}
    duties = viewing.agencies.duties(agency.id, year.on)
    due = viewing.due(year.number, agency.id)
    standings = viewing.standings.of_agency(agency.id, year, due=due, draft=True)
    found = [
        _block(viewing, assessment, figures.get(code), parts.get(code, {}), report)
        for code, assessment in standings.items()
    ]
    lacking = ", ".join(missing(duties.reports + duties.leads, figures, statuses))
    shown = [
        _state(words, agency, report),
        *blocks.arrange(words, found),
        *_tasks(words, duties.leads, {c: (s.status, s.note) for c, s in statuses.items()}),
        words("Still missing: {codes}.", codes=lacking) if lacking else Markup(),
    ]
    return Sheet(
        parts=[part for part in shown if part],
        codes=[each.code for each in blocks.worst_first(found)],
        open=is_draft(report),
    )


def _closed(viewing: Viewing, agency: NamedAgency, year: Year) -> Sheet:
    """As it was then, whatever has been written since."""
    words, frozen = viewing.words, Frozen(viewing.agencies.session)
    edition = frozen.latest(year.number)
    statuses = dict(frozen.contents(edition).statuses.get(agency.id, {})) if edition else {}
    standings = viewing.standings.of_agency(agency.id, year, due=True)
    found = [_as_it_was(viewing, each) for each in standings.values()]
    leads = viewing.agencies.duties(agency.id, year.on).leads
    shown = [
        viewing.closed(year.number),
        *blocks.arrange(words, found),
        *_tasks(words, leads, statuses),
    ]
    return Sheet([part for part in shown if part], [e.code for e in blocks.worst_first(found)])


def _as_it_was(viewing: Viewing, found: Assessment) -> Block:
    words, judgement = viewing.words, states.shown(found)
    facts = [
        blocks.on_the_year_before(words, found),
        blocks.as_of(words, [source.as_of_on for source in judgement.why.sources]),
        blocks.approval(words, judgement),
    ]
    indicator = viewing.catalogue.indicator(found.code)
    return blocks.block(words, indicator, found, blocks.of_its_year(words, found), facts)


def _block(
    viewing: Viewing,
    found: Assessment,
    figure: Figure | None,
    parts: Mapping[str, Share],
    report: Report | None,
) -> Block:
    words, indicator = viewing.words, viewing.catalogue.indicator(found.code)
    if figure is None or figure.state == "skipped":
        return blocks.block(words, indicator, found, blocks.of_its_year(words, found), [])
    if figure.state != "value":
        reason = words("reason: {reason}", reason=figure.reason) if figure.reason else Markup()
        return blocks.block(words, indicator, found, blocks.of_its_year(words, found), [reason])
    facts = [
        blocks.measured(words, blocks.best(found)) if indicator.unit is Unit.GROWTH else Markup(),
        blocks.on_the_year_before(words, found),
        blocks.as_of(words, [figure.as_of_on]),
        cards.details(words, indicator, figure, parts),
        standing_of(words, report, figure),
        blocks.guide(words, found),
    ]
    shown = Markup(cards.figure(words, figure))
    draft = is_draft(report) and figure.approval_id is None
    return blocks.block(words, indicator, found, shown, facts, draft=draft)


def is_draft(report: Report | None) -> bool:
    return report is None or report.state not in REPORTED


def standing_of(words: Words, report: Report | None, figure: Figure) -> Markup:
    """Of a single figure: what is it, or its report, worth?"""
    if figure.approval_id is not None:
        return words("approved")
    if report is None or is_draft(report):
        return words("draft, not sent")
    if report.state == "submitted":
        return words("provisional, not approved")
    return words("approved")


def _tasks(words: Words, led: list[str], statuses: Mapping[str, tuple[str, str]]) -> list[Markup]:
    """`statuses`: code → how it stands, and the agency's note.

    How many are completed; then a part for each difficulty, which may be long.
    """
    if not led:
        return []
    held = {code: statuses[code] for code in led if code in statuses}
    counts = {
        name: sum(status == name for status, _ in held.values())
        for name in ("done", "ongoing", "blocked")
    }
    told = words(
        "<b>Tasks in the lead</b>: {done} of {total} completed, {ongoing} going on, "
        "{blocked} with difficulties.",
        total=len(led),
        **counts,
    )
    blocked = {code: note for code, (status, note) in held.items() if status == "blocked"}
    return [told, *(_difficulty(words, code, note) for code, note in blocked.items())]


def _difficulty(words: Words, code: str, note: str) -> Markup:
    """What stands in the way, as the agency put it: the plan wants it recorded (V)."""
    if not note:
        return words("• {code}: difficulties", code=code)
    return words("• {code}: difficulties – {note}", code=code, note=note)


def _state(words: Words, agency: NamedAgency, report: Report | None) -> Markup:
    if report is None and agency.duty == Duty.ON_REQUEST:
        return words("This agency sends figures when it is asked for them.")
    if report is None:
        return words("The report has not been started.")
    states = {
        "draft": words("The report is a draft and has not been sent."),
        "returned": words("The report was returned for correction."),
        "submitted": words("The report was sent; its figures are provisional until approved."),
        "approved": words("The report is approved."),
        "frozen": words("The report is approved and the year is closed."),
    }
    return states[report.state]
