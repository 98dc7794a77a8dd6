"""The register of requests about personal data."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from storage.requests import CORRECT, ERASE, VIEW, Requests
from storage.tables import AuditRow, DataRequest

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def requests(session: Session) -> Requests:
    return Requests(session)


@pytest.fixture
def asked(requests: Requests, lan: int, now: datetime) -> DataRequest:
    return requests.file(ERASE, lan, "telegram", now, now + DAY)


@pytest.mark.parametrize(("late", "found"), [(-SECOND, 0), (timedelta(), 1), (SECOND, 1)])
def test_it_is_due_when_its_time_has_come(
    requests: Requests, asked: DataRequest, late: timedelta, found: int
) -> None:
    assert len(requests.due(asked.due_at + late)) == found


def test_what_is_withdrawn_is_not_due_and_cannot_be_done(
    requests: Requests, asked: DataRequest, now: datetime
) -> None:
    assert requests.withdraw(asked, now)
    assert requests.due(asked.due_at) == []
    assert not requests.done(asked, now)
    assert (asked.state, asked.closed_at) == ("withdrawn", now)


def test_it_is_done_once(requests: Requests, asked: DataRequest, now: datetime) -> None:
    assert [requests.done(asked, now) for _ in range(2)] == [True, False]


def test_an_open_request_is_found_until_it_is_closed(
    requests: Requests, asked: DataRequest, lan: int, now: datetime
) -> None:
    assert requests.open_erasure(lan) is asked
    requests.done(asked, now)
    assert requests.open_erasure(lan) is None


def test_looking_twice_on_a_day_is_one_request(requests: Requests, lan: int, now: datetime) -> None:
    for at in (now, now + DAY - SECOND, now + DAY):
        requests.answered(VIEW, lan, "telegram", at)
    requests.answered(CORRECT, lan, "telegram", now)
    assert [row.kind for row in requests.of(lan)] == [VIEW, VIEW, CORRECT]


def test_each_is_in_the_log_of_changes(
    requests: Requests, asked: DataRequest, session: Session, now: datetime
) -> None:
    requests.withdraw(asked, now)
    noted = session.exec(select(AuditRow.action, AuditRow.before, AuditRow.after)).all()
    assert list(noted) == [("data.erase", "", "open"), ("data.erase", "open", "withdrawn")]
