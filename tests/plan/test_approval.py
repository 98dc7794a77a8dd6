from datetime import UTC, date, datetime

import pytest

from plan.approval import (
    Filing,
    Held,
    Refusal,
    filing,
    names_document,
    weigh_reason,
    weigh_return,
)
from plan.calendars import WorkingCalendar
from plan.deadlines import Deadline, yearly_deadline
from plan.loading import load

TODAY = date(2024, 11, 5)
GOOD = "Mẫu số là số thư viện cấp xã, không phải số điểm đọc sách."


@pytest.mark.parametrize(
    ("reason", "fits"),
    [
        pytest.param("Sai số liệu", True, id="eleven"),
        pytest.param("Sai mẫu số", True, id="ten"),
        pytest.param("Sai tử số", False, id="nine"),
        pytest.param("   sai số    ", False, id="spaces-are-no-words"),
        pytest.param("..........", False, id="nor-are-dots"),
        pytest.param("a" * 500, True, id="most"),
        pytest.param("a" * 501, False, id="too-long"),
    ],
)
def test_a_reason_has_ten_signs_and_words_in_it(reason: str, fits: bool) -> None:  # noqa: FBT001 - a column of the table
    assert weigh_reason(reason) is (None if fits else Refusal.REASON)


@pytest.mark.parametrize(
    ("reason", "picked", "until_on", "refusal"),
    [
        pytest.param(GOOD, ["TV1.3"], TODAY, None, id="today-is-a-day"),
        pytest.param("sai", ["TV1.3"], TODAY, Refusal.REASON, id="reason"),
        pytest.param(GOOD, ["TV1.3"], date(2024, 11, 4), Refusal.DUE_DAY, id="past"),
        pytest.param(GOOD, [], TODAY, Refusal.NOTHING_PICKED, id="nothing"),
        pytest.param(GOOD, ["TV1.3", "VH2"], TODAY, Refusal.UNKNOWN_CODE, id="not-in-it"),
        pytest.param(GOOD, ["TV1.3", "TV1.2"], TODAY, Refusal.APPROVED, id="approved"),
    ],
)
def test_a_return_says_what_why_and_by_when(
    reason: str, picked: list[str], until_on: date, refusal: Refusal | None
) -> None:
    held = Held(["TV1.2", "TV1.3", "TV2.3"], ["TV1.2"])
    assert weigh_return(reason, picked, held, until_on, TODAY) is refusal


@pytest.mark.parametrize(
    ("number", "named"),
    [
        ("123/BC-UBND", True),
        (" 45 ", True),
        ("BC-UBND", False),
        ("", False),
        ("1" * 61, False),
        ("12/BC\n13/BC", False),
    ],
)
def test_a_document_has_a_number(number: str, named: bool) -> None:  # noqa: FBT001 - a column of the table
    assert names_document(number) is named


@pytest.fixture
def deadline() -> Deadline:
    plan = load()
    calendar = WorkingCalendar(plan.calendar_days_off, plan.calendar_make_up_days)
    return yearly_deadline(2024, calendar, plan.reporting)


@pytest.mark.parametrize(
    ("sent_at", "extended_until", "expected"),
    [
        pytest.param(datetime(2024, 11, 4, 16, 59, 59, tzinfo=UTC), None, Filing.ON_TIME, id="eve"),
        pytest.param(datetime(2024, 11, 4, 17, 0, tzinfo=UTC), None, Filing.LATE, id="midnight"),
        pytest.param(
            datetime(2024, 11, 8, 16, 59, 59, tzinfo=UTC),
            date(2024, 11, 8),
            Filing.EXTENDED,
            id="last-day-of-the-extension",
        ),
        pytest.param(
            datetime(2024, 11, 8, 17, 0, tzinfo=UTC), date(2024, 11, 8), Filing.LATE, id="after-it"
        ),
        pytest.param(
            datetime(2024, 11, 1, tzinfo=UTC), date(2024, 11, 8), Filing.ON_TIME, id="not-needed"
        ),
    ],
)
def test_on_time_extended_or_late(
    deadline: Deadline, sent_at: datetime, extended_until: date | None, expected: Filing
) -> None:
    assert filing(sent_at, deadline, extended_until) is expected
