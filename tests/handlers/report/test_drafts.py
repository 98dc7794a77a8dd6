"""What comes before and after a question, also where the duty has moved."""

from datetime import UTC, datetime

import pytest

from handlers.report.drafts import Draft
from storage.agencies import NamedAgency
from storage.figures import Figure
from storage.tables import Report


@pytest.fixture
def draft() -> Draft:
    agency = NamedAgency("quan-1", "Quận 1", "Quận 1", "district", "required", standing=False)
    now = datetime(2024, 9, 16, tzinfo=UTC)
    report = Report(agency_id="quan-1", year=2024, opened_at=now)
    skipped = Figure(
        id=1,
        report_id=1,
        indicator="TV1.2",
        state="skipped",
        numerator=None,
        denominator=None,
        count=None,
        count_before=None,
        basis="",
        estimate=False,
        words="bỏ qua",
        reason="",
        document="",
        as_of_on=now.date(),
        person_id=1,
        channel="telegram",
        message_id=None,
        recorded_at=now,
        superseded_at=None,
    )
    return Draft(agency, report, ["TV1.2", "TV1.3", "VH1"], {"TV1.2": skipped}, {})


def test_questions_follow_each_other(draft: Draft) -> None:
    assert draft.after("TV1.3") == "VH1"
    assert draft.before("TV1.3") == "TV1.2"
    assert draft.before("TV1.2") is None
    assert draft.position("VH1") == (3, 3)


def test_after_a_question_that_has_moved_comes_the_first_open_one(draft: Draft) -> None:
    assert draft.after("TV9") == draft.first_open() == "TV1.3"
    assert draft.before("TV9") is None
    assert draft.position("TV9") == (0, 3)


def test_what_is_skipped_is_missing(draft: Draft) -> None:
    assert draft.missing == ["TV1.2", "TV1.3", "VH1"]
