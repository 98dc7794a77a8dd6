from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from storage.narratives import Narratives
from storage.reports import Reports
from storage.tables import Narrative, Report


@pytest.fixture
def report(session: Session, now: datetime) -> Report:
    return Reports(session).open("quan-1", 2024, now)


def write(session: Session, report: Report, text: str, by: int, now: datetime) -> None:
    narratives = Narratives(session)
    narratives.write(report, "results", text, person_id=by, channel="telegram", now=now)


def test_newer_words_take_the_place_of_older_ones(
    session: Session, report: Report, lan: int, now: datetime
) -> None:
    write(session, report, "Mở 2 lớp", lan, now)
    write(session, report, "Mở 3 lớp", lan, now + timedelta(minutes=1))
    kept = Narratives(session).of(report)
    assert {topic: row.text for topic, row in kept.items()} == {"results": "Mở 3 lớp"}
    assert len(session.exec(select(Narrative)).all()) == 2


def test_cleared_words_stay_on_record(
    session: Session, report: Report, lan: int, now: datetime
) -> None:
    write(session, report, "Mở 2 lớp", lan, now)
    Narratives(session).clear(report, "results", now)
    assert Narratives(session).of(report) == {}
    assert [row.text for row in session.exec(select(Narrative))] == ["Mở 2 lớp"]


def test_each_report_has_words_of_its_own(
    session: Session, report: Report, lan: int, now: datetime
) -> None:
    write(session, report, "Mở 2 lớp", lan, now)
    assert Narratives(session).of(Reports(session).open("quan-3", 2024, now)) == {}
