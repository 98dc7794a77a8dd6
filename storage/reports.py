"""Reports, figures and task statuses. Newer answers supersede; nothing is overwritten."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, insert, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from plan.answers import Share
from storage import figures
from storage.audit import Audit
from storage.figures import REPORTED, Answer, Figure
from storage.tables import FigurePart, Report, TaskStatus
from storage.versions import Versions

ANSWERED = ("value", "no_data", "no_object", "not_applicable")
OPEN = ("draft", "returned")


# Built once: every question of a report asks for these.
REPORT = select(Report).where(
    col(Report.agency_id) == bindparam("agency_id"), col(Report.year) == bindparam("year")
)
# Whoever waited for the row must see what was written on it meanwhile.
REPORT_HELD = REPORT.with_for_update(key_share=True).execution_options(populate_existing=True)
STATUSES = select(TaskStatus).where(
    col(TaskStatus.report_id) == bindparam("report_id"), col(TaskStatus.superseded_at).is_(None)
)
SUPERSEDED = (
    update(TaskStatus)
    .where(
        col(TaskStatus.report_id) == bindparam("of_report"),
        col(TaskStatus.code) == bindparam("of_code"),
        col(TaskStatus.superseded_at).is_(None),
    )
    .values(superseded_at=bindparam("now"))
    .returning(col(TaskStatus.status))
)


class Reports:
    def __init__(self, session: Session) -> None:
        self.session = session

    def of(self, agency_id: str, year: int) -> Report | None:
        return self.session.exec(REPORT, params={"agency_id": agency_id, "year": year}).first()

    def open(self, agency_id: str, year: int, now: datetime) -> Report:
        """To be filled in: one colleague at a time reads what stands and writes on it."""
        asked = {"agency_id": agency_id, "year": year}
        report = self.session.exec(REPORT_HELD, params=asked).first()
        if report is None:
            report = Report(agency_id=agency_id, year=year, opened_at=now)
            self.session.add(report)
            self.session.flush()
        return report

    def reported(self, year: int) -> set[str]:
        """Agencies whose report of the year has been sent in."""
        query = select(Report.agency_id).where(Report.year == year, col(Report.state).in_(REPORTED))
        return set(self.session.exec(query))

    def states(self, year: int) -> dict[str, str]:
        """Agency → how far its report of the year has come; without those that were not begun."""
        query = columns(col(Report.agency_id), col(Report.state)).where(col(Report.year) == year)
        self.session.flush()
        return {row[0]: row[1] for row in self.session.connection().execute(query)}

    def submit(self, report: Report, person_id: int, now: datetime) -> bool:
        """Draft or returned → submitted, as the next version; False if it was sent already."""
        # A connection does not know what the session still holds back.
        self.session.flush()
        sent = self.session.connection().execute(
            update(Report)
            .where(
                col(Report.id) == report.id,
                col(Report.state).in_(OPEN),
            )
            .values(
                state="submitted",
                version=report.version + 1,
                first_submitted_at=report.first_submitted_at or now,
                submitted_at=now,
                submitted_by=person_id,
            )
        )
        was = report.state
        self.session.refresh(report)
        if sent.rowcount == 1:
            self._note("report.submitted", report, f"v{report.version}", now, was, report.state)
            Versions(self.session).keep(report, person_id, now)
        return sent.rowcount == 1

    def reopen(self, report: Report, now: datetime) -> None:
        """Submitted → draft, so that it can be corrected and sent again."""
        if report.state == "submitted":
            self._note("report.reopened", report, f"v{report.version}", now, "submitted", "draft")
            report.state = "draft"

    def figures(self, report: Report) -> dict[str, Figure]:
        rows = self.session.connection().execute(figures.FIGURES, {"report_id": report.id})
        return {row.indicator: Figure(*row) for row in rows}

    def sent_figures(self, report: Report | None) -> dict[str, Figure]:
        """What counts of it: all of a report that was sent in, or what is approved by itself."""
        if report is None:
            return {}
        sent = report.state in REPORTED
        found = self.figures(report).items()
        return {code: figure for code, figure in found if sent or figure.approval_id is not None}

    def reported_figure(self, agency_id: str, year: int, indicator: str) -> Figure | None:
        """What stands in the report of a year, if that has been sent in."""
        asked = {"agency_id": agency_id, "year": year, "indicator": indicator}
        row = self.session.connection().execute(figures.REPORTED_FIGURE, asked).first()
        return Figure(*row) if row else None

    def answered_in(
        self, message_id: int, person_id: int, channel: str
    ) -> tuple[Figure, Report] | None:
        """The figure that this message of a person gave, if it still stands."""
        asked = {"message_id": message_id, "person_id": person_id, "channel": channel}
        row = self.session.connection().execute(figures.ANSWERED_IN, asked).first()
        if row is None:
            return None
        figure = Figure(*row)
        return figure, self.session.get_one(Report, figure.report_id)

    def statuses(self, report: Report) -> dict[str, TaskStatus]:
        rows = self.session.exec(STATUSES, params={"report_id": report.id})
        return {status.code: status for status in rows}

    def record(
        self,
        report: Report,
        indicator: str,
        answer: Answer,
        *,
        words: str,
        as_of_on: date,
        person_id: int,
        channel: str,
        now: datetime,
        message_id: int | None = None,
        estimate: bool = False,
        before: int | None = None,
        basis: str = "",
        reason: str = "",
        document: str = "",
        parts: Mapping[str, Share] | None = None,
    ) -> Figure:
        """Keeps an answer with the words it was given in; None is "skipped".

        `before` and `basis` belong to growth. `document` is the number of the paper that somebody
        else entered it from. The row comes back as the database holds it.
        """
        connection = self.session.connection()
        asked = {"of_report": report.id, "of_code": indicator, "now": now}
        replaced = connection.execute(figures.SUPERSEDED, asked).first()
        row = {
            "report_id": report.id,
            "indicator": indicator,
            "words": words,
            "reason": reason,
            "document": document,
            "as_of_on": as_of_on,
            "person_id": person_id,
            "channel": channel,
            "message_id": message_id,
            "recorded_at": now,
            "estimate": estimate,
            "count_before": before,
            "basis": basis,
            **figures.columns_of(answer),
        }
        figure = Figure(*connection.execute(figures.RECORDED, row).one())
        before_it, it = figures.said(replaced), figures.said(figure, parts or {})
        self._note("figure.recorded", report, indicator, now, before_it, it)
        self._divide(figure, parts or {})
        return figure

    def explain(self, report: Report, figure_id: int, reason: str, now: datetime) -> Figure | None:
        """Adds why a figure is unusual; None where it has been replaced meanwhile."""
        told = {"number": figure_id, "why": reason}
        row = self.session.connection().execute(figures.EXPLAINED, told).first()
        if row is None:
            return None
        length = f"{len(reason)} characters"
        self._note("figure.explained", report, row.indicator, now, "", length)
        return Figure(*row)

    def parts(self, report: Report) -> dict[str, dict[str, Share]]:
        """Indicator → the sub-counts of its current figure, by part, as they were given."""
        found: dict[str, dict[str, Share]] = {}
        for row in self.session.connection().execute(figures.PARTS, {"report_id": report.id}):
            found.setdefault(row.indicator, {})[row.part] = Share(row.numerator, row.denominator)
        return found

    def _divide(self, figure: Figure, parts: Mapping[str, Share]) -> None:
        given = [
            {
                "figure_id": figure.id,
                "part": part,
                "numerator": share.numerator,
                "denominator": share.denominator,
            }
            for part, share in parts.items()
        ]
        if given:
            self.session.connection().execute(insert(FigurePart), given)

    def mark(
        self,
        report: Report,
        code: str,
        status: str,
        *,
        note: str,
        person_id: int,
        channel: str,
        now: datetime,
        document: str = "",
    ) -> TaskStatus:
        asked = {"of_report": report.id, "of_code": code, "now": now}
        replaced = self.session.connection().execute(SUPERSEDED, asked).scalar()
        row = TaskStatus(
            report_id=report.id or 0,
            code=code,
            status=status,
            note=note,
            document=document,
            person_id=person_id,
            channel=channel,
            recorded_at=now,
        )
        self.session.add(row)
        self.session.flush()
        self._note("status.recorded", report, code, now, replaced or "", status)
        return row

    def _note(
        self, action: str, report: Report, what: str, now: datetime, before: str, after: str
    ) -> None:
        subject = f"{report.agency_id} {report.year} {what}"
        Audit(self.session).note(action, subject, before=before, after=after, now=now)


__all__ = ["ANSWERED", "OPEN", "REPORTED", "Answer", "Reports"]
