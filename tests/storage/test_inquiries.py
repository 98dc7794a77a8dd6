"""A question about a figure is answered once, and all that waits is known by its day."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from storage.inquiries import OFFICE, Inquiries
from storage.people import People
from storage.reports import Reports
from storage.situations import Situations
from storage.tables import AuditRow, Inquiry, Report

TODAY = date(2024, 9, 16)


@pytest.fixture
def hoa(session: Session, now: datetime) -> int:
    return People(session).welcome("telegram", "103", "Phạm Thị Hoa", now)


@pytest.fixture
def report(session: Session, now: datetime) -> Report:
    return Reports(session).open("quan-1", 2024, now)


def ask(session: Session, report: Report, hoa: int, now: datetime, days: int = 2) -> Inquiry:
    until_on, by = TODAY + timedelta(days=days), {"person_id": hoa, "channel": "telegram"}
    return Inquiries(session).ask(report, "TV1.3", "Vì sao tăng nhiều?", until_on, **by, now=now)  # type: ignore[arg-type]  # a plain dict of keywords


def test_the_first_answer_stands(
    session: Session, report: Report, hoa: int, lan: int, now: datetime
) -> None:
    inquiries, inquiry = Inquiries(session), ask(session, report, hoa, now)
    assert inquiries.answer(inquiry, "Mở thêm hai thư viện", by=lan, now=now)
    assert not inquiries.answer(inquiry, "Nhập nhầm", by=lan, now=now)
    assert not inquiries.withdraw(inquiry, by=hoa, now=now)
    (kept,) = inquiries.of(report.id or 0)
    assert (kept.answer, kept.answered_by) == ("Mở thêm hai thư viện", lan)


def test_what_is_withdrawn_is_neither_shown_nor_answered(
    session: Session, report: Report, hoa: int, lan: int, now: datetime
) -> None:
    inquiries, inquiry = Inquiries(session), ask(session, report, hoa, now)
    assert inquiries.withdraw(inquiry, by=hoa, now=now)
    assert not inquiries.answer(inquiry, "Mở thêm hai thư viện", by=lan, now=now)
    assert inquiries.of(report.id or 0) == []
    assert inquiries.waiting() == []


def test_what_is_due_first_comes_first_and_each_agency_has_its_own(
    session: Session, report: Report, hoa: int, now: datetime
) -> None:
    other = Reports(session).open("quan-3", 2024, now)
    late, soon = ask(session, report, hoa, now, days=4), ask(session, other, hoa, now)
    found = Inquiries(session).waiting()
    assert [inquiry.id for inquiry, _ in found] == [soon.id, late.id]
    (only,) = Inquiries(session).waiting(["quan-1"])
    assert only == (late, report)


def test_reminders_know_what_waits_and_no_more_once_it_is_answered(
    session: Session, report: Report, hoa: int, lan: int, now: datetime
) -> None:
    inquiry = ask(session, report, hoa, now)
    (situation,) = Situations(session).on(TODAY, ["quan-1"])
    (asked,) = situation.inquiries
    assert (asked.number, asked.code, asked.year) == (inquiry.id, "TV1.3", 2024)
    Inquiries(session).answer(inquiry, "Mở thêm hai thư viện", by=lan, now=now)
    (situation,) = Situations(session).on(TODAY, ["quan-1"])
    assert situation.inquiries == ()


def test_the_log_has_no_words(
    session: Session, report: Report, hoa: int, lan: int, now: datetime
) -> None:
    inquiry = ask(session, report, hoa, now)
    Inquiries(session).answer(inquiry, "Mở thêm hai thư viện", by=lan, now=now)
    rows = session.exec(select(AuditRow).where(AuditRow.action.startswith("inquiry"))).all()
    assert [(row.action, row.after) for row in rows] == [
        ("inquiry.asked", "open"),
        ("inquiry.answered", "answered"),
    ]
    assert all("thư viện" not in f"{row.subject}{row.before}{row.after}" for row in rows)


def test_what_an_agency_asks_back_waits_for_the_office_alone(
    session: Session, report: Report, lan: int, now: datetime
) -> None:
    inquiries = Inquiries(session)
    asked = inquiries.ask(
        report,
        "TV1.3",
        "Có tính điểm đọc sách không?",
        TODAY,
        person_id=lan,
        channel="telegram",
        now=now,
        asked_of=OFFICE,
    )
    assert inquiries.waiting() == []
    assert [each for each, _ in inquiries.waiting(asked_of=OFFICE)] == [asked]
    (situation,) = Situations(session).on(TODAY, ["quan-1"])
    assert situation.inquiries == ()
