"""Requests for more time: one waits at a time, and each is decided once."""

from datetime import date, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage.easings import Easings
from storage.extensions import Extensions
from storage.people import People
from storage.tables import ExtensionRequest

UNTIL, LATER = date(2024, 11, 15), date(2024, 11, 20)


@pytest.fixture
def extensions(session: Session) -> Extensions:
    return Extensions(session)


@pytest.fixture
def thu(session: Session, now: datetime) -> int:
    return People(session).welcome("telegram", "104", "Trần Minh Thu", now)


@pytest.fixture
def asked(extensions: Extensions, lan: int, now: datetime) -> ExtensionRequest:
    return extensions.ask("quan-1", 2024, UNTIL, reason="Bão", person_id=lan, now=now)


def test_what_is_asked_waits(extensions: Extensions, asked: ExtensionRequest) -> None:
    assert extensions.open_of("quan-1", 2024) == asked
    assert extensions.open_of("quan-1", 2025) is None
    assert [row.id for row in extensions.waiting()] == [asked.id]


@pytest.mark.usefixtures("asked")
def test_a_second_one_is_refused_while_it_waits(
    extensions: Extensions, lan: int, now: datetime
) -> None:
    with pytest.raises(IntegrityError):
        extensions.ask("quan-1", 2024, LATER, reason="Lũ", person_id=lan, now=now)


def test_granted_it_is_an_extension(
    extensions: Extensions, session: Session, asked: ExtensionRequest, thu: int, now: datetime
) -> None:
    row = extensions.grant(asked, LATER, by=thu, now=now)
    assert row
    assert (row.until_on, row.reason, row.person_id) == (LATER, "Bão", thu)
    assert (asked.state, asked.granted_until_on, asked.decided_by) == ("granted", LATER, thu)
    assert Easings(session).extended_until("quan-1", 2024) == LATER


def test_only_the_first_decision_counts(
    extensions: Extensions, session: Session, asked: ExtensionRequest, thu: int, now: datetime
) -> None:
    assert extensions.refuse(asked, "Đủ thời gian", by=thu, now=now)
    assert extensions.grant(asked, UNTIL, by=thu, now=now) is None
    assert not extensions.withdraw(asked, by=thu, now=now)
    assert (asked.state, asked.answer) == ("refused", "Đủ thời gian")
    assert Easings(session).extended_until("quan-1", 2024) is None


def test_withdrawn_it_makes_room_for_another(
    extensions: Extensions, asked: ExtensionRequest, lan: int, now: datetime
) -> None:
    assert extensions.withdraw(asked, by=lan, now=now)
    again = extensions.ask("quan-1", 2024, LATER, reason="Lũ", person_id=lan, now=now)
    assert extensions.waiting() == [again]


def test_what_is_revoked_can_be_restored_once(session: Session, now: datetime) -> None:
    easings = Easings(session)
    row = easings.grant("quan-1", 2024, "extension", UNTIL, reason="Bão", now=now)
    assert not easings.restore(row.id or 0, now)
    assert easings.revoke(row.id or 0, now)
    assert easings.granted(2024, "extension") == []
    assert easings.restore(row.id or 0, now)
    assert [each.id for each in easings.granted(2024, "extension")] == [row.id]


def test_a_mute_is_listed_until_its_last_day(session: Session, now: datetime) -> None:
    easings = Easings(session)
    row = easings.grant("quan-1", 2024, "mute", UNTIL, reason="Sáp nhập", now=now)
    assert [each.id for each in easings.muted(UNTIL)] == [row.id]
    assert easings.muted(date(2024, 11, 16)) == []
