"""Where one agency stands in one year."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers import verdicts
from handlers.language import Markup, Words
from handlers.report import cards
from handlers.report.drafts import missing
from handlers.verdicts import Block
from plan import territory
from plan.answers import Share
from plan.attainment import growth, share
from plan.catalogue import Catalogue, Duty, Indicator, Unit
from storage.agencies import Agencies, NamedAgency
from storage.figures import Figure
from storage.reports import REPORTED, Reports
from storage.tables import Report, TaskStatus
from storage.years import Year


@dataclass(frozen=True, slots=True)
class Sheet:
    """What `/tiendo` shows: the state, a block for each indicator, what is missing."""

    state: Markup
    blocks: list[Markup]
    missing: Markup
    open: bool = False

    @property
    def parts(self) -> list[Markup]:
        return [part for part in (self.state, *self.blocks, self.missing) if part]


def of_agency(
    words: Words,
    catalogue: Catalogue,
    agencies: Agencies,
    reports: Reports,
    agency: NamedAgency,
    year: Year,
) -> Sheet:
    report = reports.of(agency.id, year.number)
    before = reports.of(agency.id, year.number - 1)
    figures = reports.figures(report) if report else {}
    statuses = reports.statuses(report) if report else {}
    earlier = reports.figures(before) if before and before.state in REPORTED else {}
    parts = reports.parts(report) if report else {}
    duties = agencies.duties(agency.id, year.on)
    blocks = [
        _block(
            words,
            catalogue.indicator(code),
            figures.get(code),
            earlier.get(code),
            parts.get(code, {}),
            year,
        )
        for code in duties.reports
    ]
    lacking = ", ".join(missing(duties.reports + duties.leads, figures, statuses))
    return Sheet(
        state=_state(words, agency, report),
        blocks=[*verdicts.arrange(words, blocks), *_tasks(words, duties.leads, statuses)],
        missing=words("Still missing: {codes}.", codes=lacking) if lacking else Markup(),
        open=report is None or report.state not in REPORTED,
    )


def _block(
    words: Words,
    indicator: Indicator,
    figure: Figure | None,
    earlier: Figure | None,
    parts: Mapping[str, Share],
    year: Year,
) -> Block:
    if figure is None or figure.state == "skipped":
        return verdicts.without_value(words, indicator, "not_reported", [])
    if figure.state in {"no_data", "no_object", "not_applicable"}:
        return verdicts.without_value(words, indicator, figure.state, [])
    as_of = words("figures as of {day}", day=words.day(figure.as_of_on))
    shown = [cards.figure(words, figure), as_of, cards.details(words, indicator, figure, parts)]
    if indicator.unit is Unit.SHARE:
        value = share(figure.numerator or 0, figure.denominator or 0)
        return verdicts.judged(words, indicator, value, shown)
    before, after = territory.base(figure, earlier), figure.count or 0
    moved = territory.moved(figure, earlier)
    shown.insert(1, cards.change(words, before, after, year.number - 1, moved=moved))
    return verdicts.judged(words, indicator, growth(before, after), shown)


def _tasks(words: Words, led: list[str], statuses: dict[str, TaskStatus]) -> list[Markup]:
    """How many are completed; then a part for each difficulty, which may be long."""
    if not led:
        return []
    held = [statuses[code] for code in led if code in statuses]
    done = sum(status.status == "done" for status in held)
    blocked = [status for status in held if status.status == "blocked"]
    told = words(
        "<b>Tasks in the lead</b>: {done} of {total} completed.", done=done, total=len(led)
    )
    return [told, *(_difficulty(words, status) for status in blocked)]


def _difficulty(words: Words, status: TaskStatus) -> Markup:
    """What stands in the way, as the agency put it: the plan wants it recorded (V)."""
    if not status.note:
        return words("• {code}: difficulties", code=status.code)
    return words("• {code}: difficulties – {note}", code=status.code, note=status.note)


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
