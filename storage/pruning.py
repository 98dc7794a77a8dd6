"""Forgetting what has been kept long enough, so many rows at a time that nobody waits.

What is kept for how long, and why: `plan/retention.py`; table by table: `docs/data-map.md`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, delete, exists, or_, tuple_, update
from sqlmodel import Session, col, select

from plan import retention
from storage.erasure import PROOF
from storage.evidence import KEPT, WANTED
from storage.inbox import PRUNED_MOST, Inbox
from storage.quotations import SETTLED
from storage.tables import (
    Contact,
    Conversation,
    Evidence,
    Figure,
    Invite,
    Knock,
    OutboxRow,
    Person,
)

Rule = Callable[[Session, datetime], int]


def updates(session: Session, now: datetime) -> int:
    return Inbox(session).prune(now)


def knocks(session: Session, now: datetime) -> int:
    old = select(Knock.id).where(col(Knock.at) < retention.KNOCKS.cutoff(now))
    return _run(session, delete(Knock).where(col(Knock.id).in_(old.limit(PRUNED_MOST))))


def letters_to_strangers(session: Session, now: datetime) -> int:
    """Whole: nobody here is known by that chat."""
    old = _settled(retention.STRANGERS.cutoff(now)).where(~_known(OutboxRow))
    return _run(session, delete(OutboxRow).where(col(OutboxRow.id).in_(old)))


def letters(session: Session, now: datetime) -> int:
    """Their text; that there was one, to whom, when and with which fate stays.

    A reminder or notice says which it was and no more, so that stays, too.
    """
    old = _settled(retention.LETTERS.cutoff(now))
    return _run(session, update(OutboxRow).where(col(OutboxRow.id).in_(old)).values(payload=""))


def questions(session: Session, now: datetime) -> int:
    """Open ones that nobody has touched: sooner those of people who never joined."""
    untouched = col(Conversation.updated_at)
    old = (
        select(Conversation.channel, Conversation.address)
        .where(
            or_(
                untouched < retention.QUESTIONS.cutoff(now),
                (untouched < retention.UNJOINED.cutoff(now)) & ~_known(Conversation),
            )
        )
        .limit(PRUNED_MOST)
    )
    chat = tuple_(col(Conversation.channel), col(Conversation.address))
    return _run(session, delete(Conversation).where(chat.in_(old)))


def invites(session: Session, now: datetime) -> int:
    """Used or not, long after their end."""
    old = select(Invite.token_hash).where(
        col(Invite.expires_at) < retention.INVITES.cutoff(now),
    )
    old = old.limit(PRUNED_MOST)
    return _run(session, delete(Invite).where(col(Invite.token_hash).in_(old)))


def traces_of_files(session: Session, now: datetime) -> int:
    """Where a file came from, once it is here; of one that is not, also what was said of it."""
    old = select(Evidence.id).where(
        col(Evidence.received_at) < retention.TRACES.cutoff(now),
        col(Evidence.state) != WANTED,
        col(Evidence.address) != "",
    )
    kept = col(Evidence.state) == KEPT
    said = {
        "title": case((kept, col(Evidence.title)), else_=""),
        "caption": case((kept, col(Evidence.caption)), else_=""),
    }
    mine = update(Evidence).where(col(Evidence.id).in_(old.limit(PRUNED_MOST)))
    return _run(session, mine.values(address="", remote_id="", album="", **said))


def words_of_the_erased(session: Session, now: datetime) -> int:  # noqa: ARG001 - a rule like the others
    """What another process was recording for somebody at the very moment they were erased."""
    nameless = select(Person.id).where(col(Person.full_name) == "")
    typed = select(Figure.id).where(Figure.words != "", col(Figure.person_id).in_(nameless))
    late = update(Figure).where(col(Figure.id).in_(typed.limit(PRUNED_MOST)))
    return _run(session, late.values(words="", message_id=None))


RULES: tuple[Rule, ...] = (
    updates,
    knocks,
    letters_to_strangers,
    letters,
    questions,
    invites,
    traces_of_files,
    words_of_the_erased,
)


def at(rule: Rule, now: datetime) -> Callable[[Session], int]:
    return lambda session: rule(session, now)


def _settled(before: datetime) -> Any:  # noqa: ANN401 - a query, of one column
    """Letters that still have their text, whose fate is decided and that were due before then."""
    return (
        select(OutboxRow.id)
        .where(
            OutboxRow.payload != "",
            col(OutboxRow.created_at) < before,
            col(OutboxRow.not_before_at) < before,
            col(OutboxRow.state).in_(SETTLED),
            col(OutboxRow.kind).not_in(PROOF),
        )
        .limit(PRUNED_MOST)
    )


def _known(table: Any) -> ColumnElement[bool]:  # noqa: ANN401 - any table with a chat
    return exists().where(
        col(Contact.channel) == col(table.channel), col(Contact.address) == col(table.address)
    )


def _run(session: Session, statement: Any) -> int:  # noqa: ANN401 - any statement that changes rows
    return session.connection().execute(statement).rowcount
