"""What is noted in the audit log of which change: figures, lengths and codes, never the words."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from plan.answers import Share
from plan.catalogue import Catalogue
from storage.evidence import KEPT, Exhibits
from storage.narratives import Narratives
from storage.people import People
from storage.reports import Reports
from storage.seeding import take_over
from tests.storage.entries import told


def test_a_compound_figure_is_told_with_its_parts(
    session: Session, lan: int, now: datetime
) -> None:
    reports = Reports(session)
    report = reports.open("quan-1", 2024, now)
    kept: dict[str, Any] = {"as_of_on": date(2024, 9, 16), "person_id": lan, "channel": "telegram"}
    parts = {"kindergarten": Share(1, 2), "primary": Share(3, 4)}
    said: dict[str, Any] = {"words": "", "now": now, "reason": "chữ của người gửi"}
    figure = reports.record(report, "TV3", Share(4, 6), parts=parts, **kept, **said)
    told_of_it = "4/6, kindergarten 1/2, primary 3/4, reason of 17 characters"
    assert told(session)[-1][-1] == told_of_it
    reports.explain(report, figure.id, "chữ khác", now)
    assert told(session)[-1] == ("figure.explained", "quan-1 2024 TV3", "", "8 characters")


def test_of_a_narrative_only_its_length_is_told(session: Session, lan: int, now: datetime) -> None:
    report, narratives = Reports(session).open("quan-1", 2024, now), Narratives(session)
    kept: dict[str, Any] = {"person_id": lan, "channel": "telegram", "now": now}
    narratives.clear(report, "results", now)
    for text_of_it in ("Đã mở ba lớp", "Đã mở"):
        narratives.write(report, "results", text_of_it, **kept)
    narratives.clear(report, "results", now)
    about = "quan-1 2024 results"
    assert told(session) == [
        ("narrative.written", about, "", "12 characters"),
        ("narrative.written", about, "12 characters", "5 characters"),
        ("narrative.cleared", about, "5 characters", ""),
    ]


def test_consent_name_and_language_are_told_without_the_name(
    session: Session, lan: int, now: datetime
) -> None:
    people = People(session)
    for version in ("2024-01", "2026-11"):
        people.consent(lan, version, now)
    for name in ("Nguyễn Thị Lan", "Trần Lan"):
        people.rename(lan, name, now)
    people.speak(lan, "en", now)
    subject = f"person {lan}"
    assert told(session) == [
        ("person.consented", subject, "", "2024-01"),
        ("person.consented", subject, "2024-01", "2026-11"),
        ("person.renamed", subject, "", ""),
        ("person.spoken", subject, "vi", "en"),
    ]


def test_agencies_that_come_later_are_told(
    session: Session, catalogue: Catalogue, now: datetime
) -> None:
    assert take_over(session, catalogue, now) == 0
    assert told(session) == []
    gone = {"id": "quan-1"}
    for table, column in (("agency_name", "agency_id"), ("responsibility", "agency_id")):
        session.connection().execute(text(f"DELETE FROM {table} WHERE {column} = :id"), gone)  # noqa: S608 - names of ours
    session.connection().execute(text("DELETE FROM agency WHERE id = :id"), gone)
    assert take_over(session, catalogue, now) == 1
    [(action, _, _, after)] = told(session)
    assert (action, after) == ("agencies.added", "1 quan-1")


def test_a_file_is_told_from_its_coming_to_its_going(
    session: Session, lan: int, now: datetime
) -> None:
    sent: dict[str, Any] = {
        "channel": "telegram",
        "address": "101",
        "remote_id": "f",
        "not_before_at": now,
    }
    exhibits = Exhibits(session)
    row = exhibits.want(None, "TV1.2", person_id=lan, received_at=now, **sent)
    for _ in range(2):
        exhibits.settle(row.id or 0, KEPT, now)
    session.refresh(row)
    exhibits.remove(row, now)
    subject = f"file {row.id}"
    assert told(session) == [
        ("file.sent", subject, "", "wanted TV1.2"),
        ("file.fetched", subject, "wanted", "kept"),
        ("file.removed", subject, "kept", "removed"),
    ]
