from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from plan.answers import Count, NoData, NoObject, NotApplicable, Share
from storage.figures import Figure
from storage.reports import Answer, Reports
from storage.tables import Figure as FigureRow
from storage.tables import Report, TaskStatus

LATER = timedelta(minutes=5)


@pytest.fixture
def reports(session: Session) -> Reports:
    return Reports(session)


@pytest.fixture
def report(reports: Reports, now: datetime) -> Report:
    return reports.open("quan-1", 2024, now)


@pytest.fixture
def answers(reports: Reports, report: Report, lan: int, now: datetime) -> "Answers":
    return Answers(reports, report, lan, now)


class Answers:
    """One person answering, five minutes between the answers."""

    def __init__(self, reports: Reports, report: Report, person_id: int, now: datetime) -> None:
        self.reports, self.report, self.person_id, self.now = reports, report, person_id, now

    def explain(self, figure: Figure, reason: str) -> Figure | None:
        return self.reports.explain(self.report, figure.id, reason, self.now)

    def record(
        self, answer: Answer, words: str = "", indicator: str = "1.1", **more: Any
    ) -> Figure:
        self.now += LATER
        return self.reports.record(
            self.report,
            indicator,
            answer,
            words=words,
            as_of_on=date(2024, 9, 16),
            person_id=self.person_id,
            channel="telegram",
            now=self.now,
            **more,
        )

    def mark(self, status: str, note: str = "") -> TaskStatus:
        self.now += LATER
        return self.reports.mark(
            self.report,
            "III.1.1",
            status,
            note=note,
            person_id=self.person_id,
            channel="telegram",
            now=self.now,
        )


def test_a_report_is_opened_once(reports: Reports, report: Report, now: datetime) -> None:
    assert reports.open("quan-1", 2024, now + LATER) is report
    assert reports.open("quan-1", 2025, now) is not report
    assert reports.of("quan-3", 2024) is None


@pytest.mark.parametrize(
    ("answer", "state", "kept"),
    [
        pytest.param(Share(12, 15), "value", (12, 15, None), id="share"),
        pytest.param(Count(12500), "value", (None, None, 12500), id="count"),
        pytest.param(Count(0), "value", (None, None, 0), id="zero is a value"),
        pytest.param(NoData(), "no_data", (None, None, None), id="no data yet"),
        pytest.param(NoObject(), "no_object", (None, None, None), id="no such object"),
        pytest.param(NotApplicable(), "not_applicable", (None, None, None), id="not applicable"),
        pytest.param(None, "skipped", (None, None, None), id="skipped"),
    ],
)
def test_an_answer_is_kept_as_what_it_is(
    answers: Answers, answer: Answer, state: str, kept: tuple[int | None, ...]
) -> None:
    figure = answers.record(answer, "as typed")
    assert (figure.state, figure.words) == (state, "as typed")
    assert (figure.numerator, figure.denominator, figure.count) == kept


def test_a_figure_beyond_four_bytes_is_kept(answers: Answers) -> None:
    assert answers.record(Count(10**15)).count == 10**15


def test_a_newer_answer_supersedes_and_history_stays(answers: Answers, session: Session) -> None:
    answers.record(Share(12, 15), "12/15")
    newer = answers.record(Share(13, 15), "13/15")
    session.expire_all()
    history = session.exec(select(FigureRow).order_by(FigureRow.words)).all()
    assert [figure.words for figure in history] == ["12/15", "13/15"]
    assert [figure.superseded_at for figure in history] == [newer.recorded_at, None]
    assert answers.reports.figures(answers.report) == {"1.1": newer}


def test_a_newer_status_supersedes_and_history_stays(answers: Answers, session: Session) -> None:
    answers.mark("ongoing")
    newer = answers.mark("blocked", "no budget")
    assert answers.reports.statuses(answers.report) == {"III.1.1": newer}
    assert len(session.exec(select(TaskStatus)).all()) == 2


def test_the_database_refuses_a_second_current_figure(answers: Answers, session: Session) -> None:
    first = answers.record(Count(1))
    session.add(FigureRow(**asdict(replace(first, id=first.id + 1))))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_the_database_refuses_a_second_current_status(answers: Answers, session: Session) -> None:
    first = answers.mark("ongoing")
    session.add(TaskStatus(**first.model_dump(exclude={"id"})))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_the_database_refuses_a_second_report_of_the_year(
    report: Report, session: Session, now: datetime
) -> None:
    session.add(Report(agency_id=report.agency_id, year=report.year, opened_at=now))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()


def test_a_report_is_submitted_once(
    reports: Reports, report: Report, lan: int, now: datetime
) -> None:
    assert reports.submit(report, lan, now)
    assert not reports.submit(report, lan, now + LATER)
    assert (report.state, report.version, report.submitted_at) == ("submitted", 1, now)


@pytest.mark.parametrize(
    ("state", "submitted"),
    [("draft", True), ("returned", True), ("submitted", False), ("approved", False)],
)
def test_only_a_draft_or_returned_report_is_submitted(
    reports: Reports, report: Report, lan: int, now: datetime, state: str, *, submitted: bool
) -> None:
    report.state = state
    reports.session.flush()
    assert reports.submit(report, lan, now) is submitted


def test_a_reopened_report_is_sent_again_as_the_next_version(
    reports: Reports, report: Report, lan: int, now: datetime
) -> None:
    reports.submit(report, lan, now)
    reports.reopen(report, now)
    assert reports.reported(2024) == set()
    assert reports.submit(report, lan, now + LATER)
    assert (report.version, reports.reported(2024)) == (2, {"quan-1"})


def test_an_approved_report_is_not_reopened(
    reports: Reports, report: Report, now: datetime
) -> None:
    report.state = "approved"
    reports.reopen(report, now)
    assert report.state == "approved"


def test_parts_are_kept_with_their_figure(answers: Answers) -> None:
    groups = {"a": Share(8, 10), "b": Share(0, 0)}
    answers.record(Share(8, 10), parts=groups)
    assert answers.reports.parts(answers.report) == {"1.1": groups}


def test_a_newer_figure_leaves_the_parts_of_the_older_behind(answers: Answers) -> None:
    answers.record(Share(12, 15), parts={"a": Share(8, 10), "b": Share(4, 5)})
    answers.record(Share(12, 16))
    assert answers.reports.parts(answers.report) == {}


def test_growth_is_kept_with_the_year_before_and_its_ground(answers: Answers) -> None:
    kept = answers.record(Count(12_500), before=10_000, basis="new", estimate=True)
    assert (kept.count, kept.count_before, kept.basis, kept.estimate) == (
        12_500,
        10_000,
        "new",
        True,
    )


def test_a_reason_is_added_to_the_figure_that_stands(answers: Answers) -> None:
    older, newer = answers.record(Share(1, 2)), answers.record(Share(1, 3))
    assert answers.explain(older, "Kiểm đếm lại") is None
    told = replace(newer, reason="Kiểm đếm lại")
    assert answers.explain(newer, told.reason) == told
    assert answers.reports.figures(answers.report) == {"1.1": told}
