"""The letters of one round, put into words as they are true at the moment when they leave."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from bot.outcomes import Message
from storage.outbox import Letter, Outbox

log = structlog.get_logger()
Render = Callable[[Letter], Message | str]
"""The message of a letter as it is true now, or the reason why it is not sent any more."""
Prepare = Callable[[Sequence[Letter], Session, datetime], Render]
"""What the letters of one round have in common is looked up once."""
Dropped: TypeAlias = tuple[str, str]
"""The state in which a letter ends, and why."""


def put_into_words(
    letters: Sequence[Letter], prepare: Prepare, outbox: Outbox, now: datetime, *, careful: bool
) -> list[tuple[Letter, Message]]:
    """Without those that are too late or not true any more: they are dropped.

    A statement that fails may take its whole transaction with it, and so all letters of a round:
    it is raised. With `careful` each letter has a savepoint, which costs two statements.
    """
    render, worded = prepare(letters, outbox.session, now), []
    for letter in letters:
        savepoint = outbox.session.begin_nested() if careful else None
        message = _worded(letter, render, now, savepoint)
        if isinstance(message, Message):
            worded.append((letter, message))
        else:
            state, reason = message
            outbox.drop(letter.id, state, reason)
    return worded


def _worded(
    letter: Letter, render: Render, now: datetime, savepoint: SessionTransaction | None
) -> Message | Dropped:
    """One letter that cannot be put into words must not hold up all others."""
    try:
        message = _text_of(letter, render, now)
    except Exception as error:
        if savepoint:
            # Raises where the database has given up the whole transaction: not the letter's fault.
            savepoint.rollback()
        elif isinstance(error, SQLAlchemyError):
            raise
        log.exception("letter not worded", outbox_id=letter.id)
        return "failed", "cannot be put into words"
    if savepoint:
        savepoint.commit()
    return message


def _text_of(letter: Letter, render: Render, now: datetime) -> Message | Dropped:
    if letter.send_by_at is not None and letter.send_by_at < now:
        return "expired", "past its time"
    message = render(letter)
    if isinstance(message, str):
        return "cancelled", message
    # The row knows better than the text where to: the chat may have moved since.
    return message.model_copy(update={"chat_id": letter.address})
