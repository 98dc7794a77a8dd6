"""What became of people's rights since a backup was made: read from the database that steps aside,
and made so again in the one that takes its place.

In another history a number may be somebody else: the same is who came at the same moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.erasure import Erasure, Known
from storage.invites import Invites
from storage.requests import ERASE, Requests
from storage.roles import Roles
from storage.tables import DataRequest, Invite, Membership, Person

Came: TypeAlias = Mapping[int | None, Known]
"""Everybody, by number."""
Request: TypeAlias = tuple[Known | None, str, str, datetime]
"""Person, channel, kind and when: its number may be another's in another history."""
Role: TypeAlias = tuple[Known, str, str]
"""Person, agency and role."""
SPENT = or_(col(Invite.used_at).is_not(None), col(Invite.revoked_at).is_not(None))


@dataclass(frozen=True, slots=True)
class Fate:
    """What the register says of a request."""

    due_at: datetime
    state: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Since:
    erased: set[Known] = field(default_factory=set)
    requests: Mapping[Request, Fate] = field(default_factory=dict)
    roles: Mapping[int, tuple[Role, bool]] = field(default_factory=dict)
    """By number, and whether it is held."""
    spent: set[str] = field(default_factory=set)
    """Invitations that were used or revoked, by hash."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What is as it was again, counted."""

    withdrawn: int
    filed: int
    """Requests to erase: those withdrawn since, and those made since, which are open again."""
    put_off: int
    """Those of which nobody can tell here whether they are still wanted."""
    ended: int
    given: int
    """Roles: those ended since, and those given since, which are not there."""
    invites: int


def read(session: Session) -> Since:
    spent, came = session.exec(select(Invite.token_hash).where(SPENT)), _came(session)
    requests, roles = _requests(session, came), _roles(session, came)
    return Since(Erasure(session).erased(), requests, roles, set(spent))


def carry_over(session: Session, since: Since, now: datetime, earliest_at: datetime) -> Carried:
    """All but the erasing itself, which is not for this room. Before `earliest_at` nobody is erased
    of whom the other database does not say that they want it.
    """
    came = _came(session)
    withdrawn, put_off = _settle(session, came, since.requests, now, earliest_at)
    filed = _file(session, came, since.requests, now)
    ended, given = _end(session, came, since.roles, now)
    return Carried(withdrawn, filed, put_off, ended, given, _revoke(session, since.spent, now))


def _settle(
    session: Session,
    came: Came,
    there: Mapping[Request, Fate],
    now: datetime,
    earliest_at: datetime,
) -> tuple[int, int]:
    requests = Requests(session)
    withdrawn = put_off = 0
    for row in requests.every():
        if row.kind == ERASE and row.state == "open":
            fate = there.get((came.get(row.person_id), row.channel, row.kind, row.asked_at))
            if fate is None:
                put_off += requests.put_off(row, earliest_at, now)
            elif fate.state == "withdrawn":
                withdrawn += requests.withdraw(row, now)
    return withdrawn, put_off


def _file(session: Session, came: Came, there: Mapping[Request, Fate], now: datetime) -> int:
    here, people, open_again = _requests(session, came), set(came.values()), 0
    for (person, channel, kind, asked_at), fate in there.items():
        known = person if person in people else None
        if (known, channel, kind, asked_at) in here:
            continue
        # Of who came after the backup nothing is here any more that could be erased.
        done = fate.state == "open" and known is None
        row = DataRequest(
            person_id=known[0] if known else None,
            channel=channel,
            kind=kind,
            asked_at=asked_at,
            due_at=fate.due_at,
            state="done" if done else fate.state,
            closed_at=now if done else fate.closed_at,
        )
        Requests(session).enter(row)
        open_again += row.state == "open"
    return open_again


def _end(
    session: Session, came: Came, there: Mapping[int, tuple[Role, bool]], now: datetime
) -> tuple[int, int]:
    here, ended = _roles(session, came), 0
    held = {role for role, is_held in here.values() if is_held}
    for number, (role, is_held) in here.items():
        if is_held and there.get(number) == (role, False):
            ended += Roles(session).end(number, now)
    return ended, len({role for role, is_held in there.values() if is_held} - held)


def _revoke(session: Session, spent: set[str], now: datetime) -> int:
    """Who came by such a link needs another: whoever finds it now is perhaps somebody else."""
    open_ones = session.exec(select(Invite).where(~SPENT)).all()
    again = [invite for invite in open_ones if invite.token_hash in spent]
    for invite in again:
        Invites(session).revoke(invite, now)
    return len(again)


def _requests(session: Session, came: Came) -> dict[Request, Fate]:
    """Word for word of what it is asked for: without a person it came from a stranger."""
    query = columns(
        col(DataRequest.person_id),
        col(DataRequest.channel),
        col(DataRequest.kind),
        col(DataRequest.asked_at),
        col(DataRequest.due_at),
        col(DataRequest.state),
        col(DataRequest.closed_at),
    ).order_by(col(DataRequest.id))
    rows = session.connection().execute(query)
    return {(came.get(row[0]), *row[1:4]): Fate(*row[4:]) for row in rows}


def _roles(session: Session, came: Came) -> dict[int, tuple[Role, bool]]:
    query = columns(
        col(Membership.id),
        col(Membership.person_id),
        col(Membership.agency_id),
        col(Membership.role),
        col(Membership.until_at).is_(None),
    )
    rows = session.connection().execute(query)
    return {row[0] or 0: ((came[row[1]], row[2], row[3]), bool(row[4])) for row in rows}


def _came(session: Session) -> Came:
    rows = session.exec(select(Person.id, Person.created_at))
    return {number: (number or 0, created_at) for number, created_at in rows}
