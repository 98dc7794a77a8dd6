from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, select

from storage.database import Database
from storage.invites import LIFETIME, Invites
from storage.people import People
from storage.tables import Invite

INVITATION = "k3yK3yk3yK3yk3yK3yk3yA"
SECOND = timedelta(seconds=1)


@pytest.fixture
def invites(session: Session, now: datetime) -> Invites:
    made = Invites(session)
    made.create(INVITATION, "quan-1", "focal", now)
    return made


def test_an_invite_is_found_by_its_token(invites: Invites, now: datetime) -> None:
    invite = invites.usable(INVITATION, now)
    assert invite is not None
    assert (invite.agency_id, invite.role) == ("quan-1", "focal")
    assert invites.usable("another token", now) is None


def test_an_invite_is_used_once(invites: Invites, lan: int, now: datetime) -> None:
    invite = invites.usable(INVITATION, now)
    assert invite is not None
    assert invites.use(invite.token_hash, lan, now)
    assert not invites.use(invite.token_hash, lan, now)
    invites.session.refresh(invite)
    assert invites.usable(INVITATION, now) is None
    assert invite.used_by == lan


@pytest.mark.parametrize(
    ("age", "works"),
    [(LIFETIME - SECOND, True), (LIFETIME, False), (LIFETIME + SECOND, False)],
    ids=["before", "at", "after"],
)
def test_an_invite_expires_after_a_week(
    invites: Invites, lan: int, now: datetime, age: timedelta, *, works: bool
) -> None:
    token_hash = invites.session.exec(select(Invite.token_hash)).one()
    assert (invites.usable(INVITATION, now + age) is not None) is works
    assert invites.use(token_hash, lan, now + age) is works


def test_a_shorter_life_may_be_chosen(invites: Invites, now: datetime) -> None:
    invites.create("short", "quan-1", "focal", now, lifetime=timedelta(days=1))
    assert invites.usable("short", now + timedelta(days=1)) is None


def test_a_revoked_invite_opens_nothing(invites: Invites, lan: int, now: datetime) -> None:
    invite = invites.usable(INVITATION, now)
    assert invite is not None
    invite.revoked_at = now
    invites.session.flush()
    assert invites.usable(INVITATION, now) is None
    assert not invites.use(invite.token_hash, lan, now)


def test_an_unknown_invite_cannot_be_used(invites: Invites, lan: int, now: datetime) -> None:
    assert not invites.use("0" * 64, lan, now)


def test_only_the_hash_of_the_token_is_kept(invites: Invites) -> None:
    [invite] = invites.session.exec(select(Invite)).all()
    assert len(invite.token_hash) == 64
    assert INVITATION not in invite.model_dump_json()


def test_of_two_takers_at_once_one_wins(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        token_hash = Invites(session).create(INVITATION, "quan-1", "focal", now).token_hash
        takers = [People(session).welcome("telegram", n, "Lan", now) for n in ("101", "102")]
    together = Barrier(2, timeout=10)

    def take(person_id: int) -> bool:
        together.wait()
        with database.transaction() as session:
            return Invites(session).use(token_hash, person_id, now)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take, takers)) == [False, True]
