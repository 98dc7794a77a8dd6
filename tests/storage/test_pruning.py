"""What has been kept long enough goes, and nothing else: before, at and after each boundary."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from plan import retention
from plan.answers import Share
from storage import pruning
from storage.conversations import Conversations
from storage.evidence import KEPT, REFUSED, REMOVED, WANTED
from storage.inbox import PRUNED_MOST
from storage.invites import LIFETIME, Invites
from storage.knocks import GUESSED, Knocks
from storage.outbox import Lane, Outbox
from storage.people import People
from storage.reports import Reports
from storage.tables import Conversation, Evidence, Figure, Invite, Knock, OutboxRow

SECOND = timedelta(seconds=1)
EDGES = pytest.mark.parametrize(
    ("beyond", "gone"),
    [(-SECOND, 0), (timedelta(), 0), (SECOND, 1)],
    ids=["before", "at", "after"],
)


@pytest.fixture
def letter(session: Session, now: datetime) -> Callable[..., OutboxRow]:
    def write(key: str = "k", **values: Any) -> OutboxRow:
        given = {"address": "101", "kind": "reply", "state": "sent", **values}
        row = OutboxRow(
            dedupe_key=key,
            lane=int(Lane.REPLY),
            channel="telegram",
            payload="words",
            created_at=now,
            **{"not_before_at": now, **given},
        )
        session.add(row)
        session.flush()
        return row

    return write


def all_of(session: Session, table: type[SQLModel]) -> list[Any]:
    session.expire_all()
    return list(session.exec(select(table)))


@EDGES
def test_the_text_of_a_letter(
    session: Session,
    lan: int,
    now: datetime,
    letter: Callable[..., OutboxRow],
    beyond: timedelta,
    gone: int,
) -> None:
    assert lan
    letter()
    assert pruning.letters(session, now + retention.LETTERS.length + beyond) == gone
    [row] = all_of(session, OutboxRow)
    assert (row.dedupe_key, row.state, row.payload) == ("k", "sent", "" if gone else "words")


@pytest.mark.parametrize(
    "values",
    [
        *({"state": state} for state in ("queued", "sending", "unknown")),
        *({"kind": kind} for kind in ("reminder", "digest", "broadcast")),
    ],
    ids=str,
)
def test_what_is_not_decided_or_is_proof_keeps_its_text(
    session: Session, now: datetime, letter: Callable[..., OutboxRow], values: dict[str, str]
) -> None:
    letter(**values)
    assert pruning.letters(session, now + 2 * retention.LETTERS.length) == 0


def test_a_reminder_for_a_later_day_counts_from_that_day(
    session: Session, now: datetime, letter: Callable[..., OutboxRow]
) -> None:
    due_at = now + timedelta(days=20)
    letter(kind="postponed", not_before_at=due_at)
    later = now + retention.LETTERS.length + SECOND
    assert pruning.letters(session, later) == 0
    assert pruning.letters(session, due_at + retention.LETTERS.length + SECOND) == 1


@EDGES
def test_an_answer_to_a_stranger_goes_whole(
    session: Session,
    lan: int,
    now: datetime,
    letter: Callable[..., OutboxRow],
    beyond: timedelta,
    gone: int,
) -> None:
    assert lan
    letter("to nobody", address="105")
    letter("to Lan")
    at = now + retention.STRANGERS.length + beyond
    assert pruning.letters_to_strangers(session, at) == gone
    left = [row.dedupe_key for row in all_of(session, OutboxRow)]
    assert left == ["to nobody", "to Lan"][gone:]


@EDGES
def test_a_knock(session: Session, now: datetime, beyond: timedelta, gone: int) -> None:
    Knocks(session).guessed("telegram", "105", now)
    assert pruning.knocks(session, now + retention.KNOCKS.length + beyond) == gone
    assert [row.kind for row in all_of(session, Knock)] == [GUESSED][gone:]


@EDGES
@pytest.mark.parametrize(
    ("address", "period"),
    [("101", retention.QUESTIONS), ("105", retention.UNJOINED)],
    ids=["of a person", "of a stranger"],
)
def test_an_open_question(
    session: Session,
    lan: int,
    now: datetime,
    address: str,
    period: retention.Period,
    beyond: timedelta,
    gone: int,
) -> None:
    assert lan
    Conversations(session).keep(
        "telegram",
        address,
        step="report.figure",
        token="t",  # noqa: S106 - of a question
        prompt="?",
        options=[],
        data={},
        now=now,
    )
    session.flush()
    assert pruning.questions(session, now + period.length + beyond) == gone
    assert len(all_of(session, Conversation)) == 1 - gone


@EDGES
def test_an_invitation_counts_from_its_end(
    session: Session, now: datetime, beyond: timedelta, gone: int
) -> None:
    Invites(session).create("token", "quan-1", "focal", now)
    at = now + LIFETIME + retention.INVITES.length + beyond
    assert pruning.invites(session, at) == gone
    assert len(all_of(session, Invite)) == 1 - gone


def sent(session: Session, person_id: int, now: datetime, **values: str) -> None:
    """A file, with everything that leads to the chat it came from."""
    given: dict[str, Any] = {
        "address": "101",
        "remote_id": "r",
        "album": "a",
        "title": "t",
        "caption": "c",
        "person_id": person_id,
        "channel": "telegram",
        "received_at": now,
        "not_before_at": now,
        **values,
    }
    session.add(Evidence(**given))
    session.flush()


@EDGES
def test_where_a_file_came_from(
    session: Session, lan: int, now: datetime, beyond: timedelta, gone: int
) -> None:
    sent(session, lan, now, state=KEPT)
    assert pruning.traces_of_files(session, now + retention.TRACES.length + beyond) == gone
    [row] = all_of(session, Evidence)
    assert (row.address, row.remote_id, row.album) == (("", "", "") if gone else ("101", "r", "a"))
    assert (row.title, row.caption) == ("t", "c")


@pytest.mark.parametrize(
    ("state", "left"), [(REFUSED, ""), (REMOVED, ""), (KEPT, "tc"), (WANTED, "tc")]
)
def test_what_was_said_of_a_file_stays_with_the_file_only(
    session: Session, lan: int, now: datetime, state: str, left: str
) -> None:
    sent(session, lan, now, state=state)
    pruning.traces_of_files(session, now + 2 * retention.TRACES.length)
    [row] = all_of(session, Evidence)
    assert row.title + row.caption == left


@pytest.mark.parametrize(("name", "left"), [("", ""), ("Nguyễn Thị Lan", "12/15")])
def test_words_recorded_while_somebody_was_erased_go_too(
    session: Session, lan: int, now: datetime, name: str, left: str
) -> None:
    report = Reports(session).open("quan-1", 2024, now)
    said: dict[str, Any] = {"words": "12/15", "as_of_on": now.date(), "now": now}
    Reports(session).record(
        report, "TV1.2", Share(12, 15), person_id=lan, channel="telegram", **said
    )
    People(session).rename(lan, name, now)
    session.flush()
    pruning.words_of_the_erased(session, now)
    assert [row.words for row in all_of(session, Figure)] == [left]


def test_at_most_five_hundred_at_a_time(
    session: Session, lan: int, now: datetime, letter: Callable[..., OutboxRow]
) -> None:
    assert lan
    for n in range(PRUNED_MOST + 1):
        letter(f"k{n}")
    later = now + 2 * retention.LETTERS.length
    assert [pruning.letters(session, later) for _ in range(3)] == [PRUNED_MOST, 1, 0]


def test_after_a_year_everything_has_gone_that_has_an_end(session: Session, now: datetime) -> None:
    Knocks(session).turn_away("telegram", "105", now)
    Invites(session).create("token", "quan-1", "focal", now)
    person_id = People(session).welcome("telegram", "101", "Nguyễn Thị Lan", now)
    Outbox(session).add(
        "k",
        lane=Lane.REPLY,
        channel="telegram",
        address="105",
        kind="reply",
        payload="p",
        now=now,
    )
    Outbox(session).drop(1, "cancelled", "no longer wanted")
    counts = [rule(session, now + timedelta(days=366)) for rule in pruning.RULES]
    assert counts == [0, 1, 1, 0, 0, 1, 0, 0]
    assert People(session).name(person_id)
