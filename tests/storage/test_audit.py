"""The log of changes: added to, sealed, and never changed without its being seen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from plan.answers import Count, NoData, Share
from storage.audit import START, Audit, BrokenChainError, Link, follow
from storage.broadcasts import Broadcasts
from storage.database import Database
from storage.invites import Invites
from storage.people import People
from storage.reports import Answer, Reports
from tests.storage.entries import told
from tests.storage.tampering import OFF


@pytest.fixture
def audit(session: Session, now: datetime) -> Audit:
    """Three entries, sealed."""
    audit = Audit(session)
    for n in range(3):
        audit.note("figure.recorded", f"quan-1 2024 {n}", after="12/15", now=now)
    audit.seal()
    return audit


@pytest.fixture
def tamper(session: Session) -> Callable[[str], None]:
    """A statement by somebody who has the database in hand, triggers and all."""

    def run(statement: str) -> None:
        for each in OFF[session.get_bind().dialect.name]:
            session.connection().execute(text(each))
        session.connection().execute(text(statement))

    return run


def walked(audit: Audit) -> Link:
    return follow(audit.after(Link()), Link())


def test_entries_are_sealed_in_order(audit: Audit) -> None:
    rows = audit.after(Link())
    assert [row.link for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == [START, rows[0].hash, rows[1].hash]
    assert walked(audit) == audit.head()


def test_what_is_not_sealed_yet_is_counted(audit: Audit, now: datetime) -> None:
    audit.note("report.submitted", now=now)
    assert (audit.unsealed(), audit.head().number) == (1, 3)
    assert audit.seal() == 1
    assert (audit.unsealed(), audit.head().number) == (0, 4)
    assert audit.seal() == 0


def test_sealing_goes_on_where_it_was_left(audit: Audit, now: datetime) -> None:
    for _ in range(5):
        audit.note("report.submitted", now=now)
    assert [audit.seal(most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert walked(audit).number == 8


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit WHERE link = 2",
        "DELETE FROM audit WHERE link IS NULL",
        "UPDATE audit SET after = '15/15' WHERE link = 2",
        "UPDATE audit SET after = '15/15' WHERE link IS NULL",
        "UPDATE audit SET link = NULL, previous = NULL, hash = NULL WHERE link = 3",
        "UPDATE audit SET hash = previous WHERE link = 3",
        "UPDATE audit SET link = 9 WHERE link IS NULL",
        "INSERT INTO audit SELECT 9, at, '', 1, action, '', '', '', 9, previous, hash FROM audit",
    ],
)
def test_the_database_refuses_changes(
    session: Session, audit: Audit, now: datetime, statement: str
) -> None:
    audit.note("report.submitted", now=now)
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.connection().execute(text(statement))
    assert walked(audit).number == 3


def test_neither_database_has_a_way_around(session: Session, audit: Audit) -> None:
    ways = {
        "sqlite": "INSERT OR REPLACE INTO audit (id, at, channel, action, subject, before, after) "
        "SELECT id, at, channel, action, subject, before, '15/15' FROM audit WHERE link = 2",
        "postgresql": "TRUNCATE audit",
    }
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.connection().execute(text(ways[session.get_bind().dialect.name]))
    assert walked(audit).number == 3


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit SET after = '15/15' WHERE link = 2", "link 2 .* was changed"),
        ("UPDATE audit SET person_id = 7 WHERE link = 1", "link 1 .* was changed"),
        ("UPDATE audit SET previous = hash WHERE link = 3", "link 3 does not follow"),
        ("UPDATE audit SET hash = previous WHERE link = 1", "link 1 .* was changed"),
        ("DELETE FROM audit WHERE link = 2", "link 2 is missing; the next is 3"),
        ("DELETE FROM audit WHERE link = 1", "link 1 is missing; the next is 2"),
        ("UPDATE audit SET link = link + 5 WHERE link = 3", "link 3 is missing; the next is 8"),
    ],
)
def test_tampering_is_found(
    audit: Audit, tamper: Callable[[str], None], statement: str, found: str
) -> None:
    tamper(statement)
    with pytest.raises(BrokenChainError, match=found):
        walked(audit)


def test_of_two_who_seal_at_once_each_entry_is_sealed_by_one(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        for _ in range(200):
            Audit(session).note("report.submitted", now=now)
    together = Barrier(2, timeout=10)

    def seal(_: int) -> int:
        together.wait()
        with database.transaction() as session:
            return Audit(session).seal()

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(seal, range(2))) == 200
    with database.transaction() as session:
        assert walked(Audit(session)).number == 200


def test_an_entry_goes_with_its_change(database: Database, now: datetime) -> None:
    with suppress(RuntimeError), database.transaction() as session:
        Invites(session).create("tok", "quan-1", "focal", now)
        raise RuntimeError
    with database.transaction() as session:
        assert told(session) == []


def test_it_says_who_acted_and_by_which_channel(session: Session, now: datetime) -> None:
    audit = Audit(session)
    audit.act_as("telegram", 7)
    Invites(session).create("tok", "quan-1", "focal", now)
    [row] = audit.since(now - timedelta(days=1), 9)
    assert (row.channel, row.person_id, row.at) == ("telegram", 7, now)


@pytest.mark.parametrize(
    ("answers", "entries"),
    [
        ([Share(12, 15), Share(13, 15)], [("", "12/15"), ("12/15", "13/15")]),
        (
            [Count(1_200), NoData(), None],
            [("", "1200"), ("1200", "no_data"), ("no_data", "skipped")],
        ),
    ],
)
def test_a_figure_is_told_before_and_after(
    session: Session,
    lan: int,
    now: datetime,
    answers: list[Answer],
    entries: list[tuple[str, str]],
) -> None:
    reports = Reports(session)
    report = reports.open("quan-1", 2024, now)
    kept: dict[str, Any] = {"as_of_on": date(2024, 9, 16), "person_id": lan, "channel": "telegram"}
    for answer in answers:
        reports.record(report, "TV3", answer, words="chữ của người gửi", now=now, **kept)
    name = ("figure.recorded", "quan-1 2024 TV3")
    assert told(session) == [(*name, *entry) for entry in entries]


def test_growth_is_told_with_the_year_before(session: Session, lan: int, now: datetime) -> None:
    reports = Reports(session)
    report = reports.open("quan-1", 2024, now)
    kept: dict[str, Any] = {
        "as_of_on": date(2024, 9, 16),
        "person_id": lan,
        "channel": "telegram",
        "now": now,
    }
    reports.record(report, "TV3", Count(12_500), words="", before=10_000, basis="old", **kept)
    assert told(session)[-1][-1] == "10000 > 12500"


def test_a_status_is_told_without_its_note(session: Session, lan: int, now: datetime) -> None:
    reports = Reports(session)
    report = reports.open("quan-1", 2024, now)
    kept: dict[str, Any] = {"person_id": lan, "channel": "telegram", "now": now}
    reports.mark(report, "IV.10.a", "ongoing", note="điều riêng", **kept)
    reports.mark(report, "IV.10.a", "done", note="điều riêng", **kept)
    assert told(session)[-1] == ("status.recorded", "quan-1 2024 IV.10.a", "ongoing", "done")


def test_a_report_is_told_when_sent_and_when_opened_again(
    session: Session, lan: int, now: datetime
) -> None:
    reports = Reports(session)
    report = reports.open("quan-1", 2024, now)
    reports.submit(report, lan, now)
    reports.submit(report, lan, now)
    reports.reopen(report, now)
    assert told(session) == [
        ("report.submitted", "quan-1 2024 v1", "draft", "submitted"),
        ("report.reopened", "quan-1 2024 v1", "submitted", "draft"),
    ]


def test_invitations_and_roles_are_told_without_token_or_name(
    session: Session, lan: int, now: datetime
) -> None:
    invites = Invites(session)
    invite = invites.create("k3y", "quan-1", "focal", now)
    invites.use(invite.token_hash, lan, now)
    invites.use(invite.token_hash, lan, now)
    for _ in range(2):
        People(session).join(lan, "quan-1", "focal", now)
    assert told(session) == [
        ("invite.created", "quan-1 focal", "", ""),
        ("invite.used", f"person {lan}", "", ""),
        ("role.granted", f"person {lan}", "", "quan-1 focal"),
    ]


def test_a_notice_is_told_by_its_number(session: Session, lan: int, now: datetime) -> None:
    People(session).join(lan, "so-vhtt", "admin", now)
    member = People(session).at("telegram", "101")
    assert member
    notice = Broadcasts(session).draft(member, now, text="Mời họp", audience="all", recipients=9)
    Broadcasts(session).move(notice, ("draft",), "undoable", now)
    frozen = "r1, all, 9 recipients"
    assert told(session)[-1] == ("notice.undoable", f"notice {notice.id}", "draft", frozen)


def test_a_long_subject_is_cut(session: Session, now: datetime) -> None:
    Audit(session).note("x", "n" * 999, before="n" * 999, after="n" * 999, now=now)
    assert [len(part) for part in told(session)[0]] == [1, 200, 300, 300]
