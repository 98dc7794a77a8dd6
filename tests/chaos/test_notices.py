"""What became of a notice is judged by what Telegram has delivered."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update
from sqlmodel import col

from chaos.clocks import Shifted
from chaos.notices import ADMIN, HEAD, WORDS, Notice
from chaos.stage import MONDAY, Case, Stage, StalledError
from sandbox.counts import Request, Sent
from sandbox.telegram import Telegram
from storage.broadcasts import Broadcasts
from storage.database import Database
from storage.outbox import TRIES, Lane, Outbox
from storage.people import People
from storage.tables import OutboxRow

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LAN, MINH, FORGOTTEN = 7, 8, 9
Believe = Callable[[str, str], None]


@pytest.fixture
def notice(database: Database, telegram: Telegram, tmp_path: Path) -> Notice:
    """To two people, queued."""
    case = Case("sqlite", "polling", full=False, seed=7)
    here = Stage(case, tmp_path, "", database, telegram, Shifted(MONDAY), Random(7))
    made = Notice(here, frozenset({LAN, MINH}))
    with database.transaction() as session:
        admin = People(session).at("telegram", str(ADMIN))
        assert admin is not None
        kept = Broadcasts(session).draft(admin, MONDAY, text=WORDS, state="sending")
        for chat in (LAN, MINH):
            Outbox(session).add(
                f"bc:{chat}",
                lane=Lane.BROADCAST,
                channel="telegram",
                address=str(chat),
                kind="broadcast",
                payload="{}",
                now=MONDAY,
                broadcast_id=kept.id,
            )
    return made


@pytest.fixture
def believe(database: Database) -> Believe:
    """What the bot has noted of both letters."""

    def note(state: str, error: str = "") -> None:
        with database.transaction() as session:
            rows = update(OutboxRow).where(col(OutboxRow.broadcast_id).is_not(None))
            session.connection().execute(rows.values(state=state, error=error))

    return note


def deliver(notice: Notice, *chats: int) -> None:
    for chat in chats:
        said = Sent("sendMessage", chat, 1, f"{HEAD}\n\n{WORDS}", 1.0)
        notice.stage.telegram.sent.append(said)


def test_delivered_and_noted_is_clean(notice: Notice, believe: Believe) -> None:
    believe("sent", "")
    deliver(notice, LAN, MINH)
    assert notice.reckon().is_clean


def test_what_came_twice_is_seen(notice: Notice, believe: Believe) -> None:
    believe("sent", "")
    deliver(notice, LAN, LAN, MINH)
    assert notice.reckon().twice == 1


def test_what_is_said_to_be_sent_and_never_came_is_lost(notice: Notice, believe: Believe) -> None:
    believe("sent", "")
    deliver(notice, LAN)
    assert notice.reckon().silent == 1


def test_whoever_was_not_even_listed_is_lost(notice: Notice, believe: Believe) -> None:
    believe("sent", "")
    deliver(notice, LAN, MINH)
    notice.recipients |= {FORGOTTEN}
    assert notice.reckon().silent == 1


def refuse(notice: Notice, status: int, chat: int, times: int = 1) -> None:
    refusals = [Request("sendMessage", {"chat_id": chat}, 1.0, status)] * times
    notice.stage.telegram.requests.extend(refusals)


def test_a_failure_needs_a_reason(notice: Notice, believe: Believe) -> None:
    for chat in (LAN, MINH):
        refuse(notice, 403, chat)
    believe("failed", "")
    assert notice.reckon().unexplained == 2
    believe("failed", "bot was blocked by the user")
    assert notice.reckon().is_clean


def test_a_failure_without_a_refusal_is_seen(notice: Notice, believe: Believe) -> None:
    refuse(notice, 403, LAN)
    refuse(notice, 500, MINH, times=TRIES - 1)
    believe("failed", "bot was blocked by the user")
    assert notice.reckon().unexplained == 1
    assert not notice.reckon().is_clean


def test_a_server_that_fails_every_time_is_a_reason(notice: Notice, believe: Believe) -> None:
    for chat in (LAN, MINH):
        refuse(notice, 500, chat, times=TRIES)
    believe("failed", "Internal Server Error")
    assert notice.reckon().is_clean


def test_who_may_not_have_it_is_listed_as_unknown(notice: Notice, believe: Believe) -> None:
    believe("unknown", "stopped while sending")
    deliver(notice, LAN)
    assert notice.reckon().is_clean


@pytest.mark.parametrize("state", ["cancelled", "expired", "held", "queued", "sending"])
def test_who_is_passed_over_in_silence_is_lost(
    notice: Notice, believe: Believe, state: str
) -> None:
    believe(state, "for whatever reason")
    found = notice.reckon()
    assert (found.silent, found.is_clean) == (2, False)


async def test_a_sender_that_stops_is_not_waited_for(notice: Notice) -> None:
    deliver(notice, LAN)
    with pytest.raises(StalledError, match="1 of 2"):
        await notice.reaches(2, within=0.1)


def test_what_came_has_not_failed(notice: Notice, believe: Believe) -> None:
    believe("failed", "chat not found")
    deliver(notice, LAN)
    assert notice.reckon().untrue == 1


def test_what_still_waits_is_not_settled(notice: Notice) -> None:
    assert not notice.reckon().is_clean
