"""A year that was closed is shown as it was, whatever is written afterwards."""

from datetime import date, datetime

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from plan.answers import Count, Share
from plan.attainment import Assessment, Standing
from plan.catalogue import Catalogue
from plan.freezing import Difference, fingerprint, unpacked
from storage.audit import Audit
from storage.freezing import Draft, Edition, Frozen
from storage.reports import Reports
from storage.tables import AuditRow, FrozenYear, Report
from storage.years import Year
from tests.statements import executed

TODAY = date(2026, 3, 1)


class Archive:
    """District 1 and 3 in 2024 and 2025; the years are closed by Lan."""

    def __init__(self, session: Session, catalogue: Catalogue, lan: int, now: datetime) -> None:
        self.session, self.catalogue, self.lan, self.now = session, catalogue, lan, now

    @property
    def frozen(self) -> Frozen:
        return Frozen(self.session)

    def report(
        self, agency_id: str, year: int, *, state: str = "approved", **given: Share | Count
    ) -> Report:
        reports = Reports(self.session)
        report = reports.open(agency_id, year, self.now)
        for code, answer in given.items():
            reports.record(
                report,
                code.replace("_", "."),
                answer,
                words="",
                as_of_on=date(year, 6, 30),
                person_id=self.lan,
                channel="telegram",
                now=self.now,
            )
        report.state = state
        self.session.flush()
        return report

    def draft(self, year: int) -> Draft:
        return self.frozen.draft(self.catalogue, Year(year, TODAY))

    def freeze(self, year: int, reason: str = "") -> Edition:
        kept = {"person_id": self.lan, "channel": "telegram", "now": self.now}
        return self.frozen.freeze(self.draft(year), reason=reason, **kept)  # type: ignore[arg-type]  # a plain dict of keywords

    def judged(self, code: str, year: int, agency_id: str = "") -> Assessment:
        judged = self.frozen.judged(self.catalogue, year, agency_id)
        assert judged
        return judged[code]

    def percent(self, code: str, year: int, agency_id: str = "") -> object:
        measure = self.judged(code, year, agency_id).in_2030.best
        return measure and measure.percent


@pytest.fixture
def archive(session: Session, catalogue: Catalogue, lan: int, now: datetime) -> Archive:
    return Archive(session, catalogue, lan, now)


def test_it_is_shown_as_it_was_whatever_is_reported_later(archive: Archive) -> None:
    archive.report("quan-1", 2024, TV1_3=Share(8, 10))
    archive.freeze(2024)
    archive.report("quan-1", 2024, TV1_3=Share(1, 10))
    archive.report("quan-3", 2024, TV1_3=Share(0, 10))
    assert archive.percent("TV1.3", 2024) == 80
    assert archive.percent("TV1.3", 2024, "quan-1") == 80
    assert archive.percent("TV1.3", 2024, "quan-3") is None


def test_an_open_year_is_not_shown_by_it(archive: Archive) -> None:
    archive.report("quan-1", 2024, TV1_3=Share(8, 10))
    assert archive.frozen.judged(archive.catalogue, 2024) is None
    assert archive.frozen.latest(2024) is None


def test_growth_keeps_the_year_before_it_too(archive: Archive) -> None:
    archive.report("quan-1", 2023, TV3=Count(100))
    archive.report("quan-1", 2024, TV3=Count(110))
    archive.freeze(2024)
    archive.report("quan-1", 2023, TV3=Count(50))
    yearly = archive.judged("TV3", 2024).yearly
    assert yearly
    assert yearly.growth
    assert yearly.growth.percent == 10


def test_approved_reports_are_locked_by_it_and_others_stay_provisional(archive: Archive) -> None:
    done = archive.report("quan-1", 2024, TV1_3=Share(8, 10))
    waits = archive.report("quan-3", 2024, state="submitted", TV1_3=Share(1, 10))
    archive.freeze(2024)
    assert (done.state, waits.state) == ("frozen", "submitted")
    assert archive.judged("TV1.3", 2024, "quan-3").in_2030.standing is Standing.WAITING


def test_a_correction_is_another_edition_with_its_differences(archive: Archive) -> None:
    archive.report("quan-1", 2024, TV1_3=Share(8, 10), TV2_3=Share(5, 20))
    first = archive.freeze(2024)
    archive.report("quan-1", 2024, TV1_3=Share(9, 10))
    assert archive.draft(2024).changes == (
        Difference("quan-1", 2024, "TV1.3", "8/10", "9/10", approved_before=True, approved=True),
    )
    second = archive.freeze(2024, "Đơn vị đính chính")
    assert [first.number, second.number] == ["CN-2024/1", "CN-2024/2"]
    assert archive.percent("TV1.3", 2024) == 90
    assert (
        unpacked(archive.session.get_one(FrozenYear, first.id).contents)
        .answers["TV1.3"][0]
        .numerator
        == 8
    )


def test_the_same_contents_have_the_same_hash(archive: Archive) -> None:
    archive.report("quan-3", 2024, TV1_3=Share(1, 10))
    archive.report("quan-1", 2024, TV1_3=Share(8, 10))
    draft = archive.draft(2024)
    edition = archive.freeze(2024)
    assert edition.sha256 == draft.sha256 == fingerprint(draft.packed)
    assert unpacked(draft.packed).packed() == draft.packed
    assert archive.draft(2024).sha256 == edition.sha256
    assert archive.draft(2024).changes == ()


def test_a_row_that_was_tampered_with_is_not_shown(archive: Archive) -> None:
    archive.report("quan-1", 2024, TV1_3=Share(8, 10))
    edition = archive.freeze(2024)
    row = archive.session.get_one(FrozenYear, edition.id)
    forged = row.contents.replace(",8,10,", ",9,10,")
    assert forged != row.contents
    written = update(FrozenYear).where(col(FrozenYear.id) == edition.id).values(contents=forged)
    archive.session.connection().execute(written)
    with pytest.raises(ValueError, match="CN-2024/1 is not what was closed"):
        archive.frozen.judged(archive.catalogue, 2024)


def test_what_was_closed_is_read_and_judged_once(archive: Archive) -> None:
    archive.report("quan-1", 2025, TV1_3=Share(3, 10))
    archive.freeze(2025)
    before = archive.frozen.reviews(archive.catalogue)
    with executed(archive.session.get_bind()) as statements:
        assert archive.frozen.reviews(archive.catalogue) == before
        assert archive.judged("TV1.3", 2025, "quan-1").in_2025.measure
    assert len(statements) == 2
    assert not any("contents" in each for each in statements)


def test_what_is_given_out_is_not_what_is_kept(archive: Archive) -> None:
    archive.report("quan-1", 2024, TV1_3=Share(3, 10))
    archive.freeze(2024)
    judged = archive.frozen.judged(archive.catalogue, 2024)
    assert judged
    judged.clear()
    assert archive.judged("TV1.3", 2024)


def test_2025_stands_as_it_was_reviewed_in_every_later_year(archive: Archive) -> None:
    archive.report("quan-1", 2025, TV1_3=Share(3, 10))
    archive.freeze(2025)
    review = archive.frozen.reviews(archive.catalogue)["TV1.3"]
    assert review.judgement.standing is Standing.NOT_MET
    archive.report("quan-1", 2025, TV1_3=Share(9, 10))
    archive.freeze(2026)
    judged = archive.judged("TV1.3", 2026).in_2025
    assert (judged.standing, judged.frozen_on) == (Standing.NOT_MET, date(2024, 9, 16))


def test_another_edition_of_2025_does_not_reach_a_year_that_is_closed(archive: Archive) -> None:
    archive.report("quan-1", 2025, TV1_3=Share(3, 10))
    archive.freeze(2025)
    archive.freeze(2026)
    archive.report("quan-1", 2025, TV1_3=Share(9, 10))
    archive.freeze(2025, "Đơn vị đính chính")
    assert archive.frozen.reviews(archive.catalogue)["TV1.3"].judgement.standing is Standing.MET
    assert archive.judged("TV1.3", 2026).in_2025.standing is Standing.NOT_MET


def test_statuses_of_tasks_are_kept_with_their_notes(archive: Archive) -> None:
    report = archive.report("quan-1", 2024, TV1_3=Share(8, 10))
    kept = {"person_id": archive.lan, "channel": "telegram", "now": archive.now}
    Reports(archive.session).mark(report, "IV.10.a", "blocked", note="thiếu sách", **kept)  # type: ignore[arg-type]  # a plain dict of keywords
    edition = archive.freeze(2024)
    Reports(archive.session).mark(report, "IV.10.a", "done", note="", **kept)  # type: ignore[arg-type]  # a plain dict of keywords
    assert archive.frozen.contents(edition).statuses == {
        "quan-1": {"IV.10.a": ("blocked", "thiếu sách")}
    }
    (change,) = archive.draft(2024).changes
    assert (change.before, change.after) == ("blocked – thiếu sách", "done")


def test_the_log_has_who_closed_what(archive: Archive) -> None:
    Audit(archive.session).act_as("telegram", archive.lan)
    archive.report("quan-1", 2024, TV1_3=Share(8, 10))
    edition = archive.freeze(2024)
    query = select(AuditRow).where(AuditRow.action == "year.frozen")
    noted = archive.session.exec(query).one()
    assert (noted.person_id, noted.subject) == (archive.lan, "2024")
    assert noted.after == f"CN-2024/1 {edition.sha256[:16]}"
