"""The letters of one round, put into words as they are true at the moment when they leave."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

import structlog
from sqlmodel import Session

from bot.outcomes import Message
from storage.outbox import Letter, Outbox

log = structlog.get_logger()
Render = Callable[[Letter], Message | str]
"""The message of a letter as it is true now, or the reason why it is not sent any more."""
Prepare = Callable[[Sequence[Letter], Session, datetime], Render]
"""What the letters of one round have in common is looked up once."""


def put_into_words(
    letters: Sequence[Letter], prepare: Prepare, outbox: Outbox, now: datetime, *, careful: bool
) -> list[tuple[Letter, Message]]:
    """Without those that are too late or not true any more: they are dropped.

    A statement that fails takes its whole transaction with it, and so all letters of a round:
    with `careful` each has a savepoint, which costs two statements.
    """
    render, worded = prepare(letters, outbox.session, now), []
    for letter in letters:
        guard = outbox.session.begin_nested() if careful else nullcontext()
        message = _text_of(letter, render, now, guard)
        if isinstance(message, Message):
            worded.append((letter, message))
        else:
            state, reason = message
            outbox.drop(letter.id, state, reason)
    return worded


def _text_of(
    letter: Letter, render: Render, now: datetime, guard: AbstractContextManager[object]
) -> Message | tuple[str, str]:
    if letter.send_by_at is not None and letter.send_by_at < now:
        return "expired", "past its time"
    try:
        with guard:
            message = render(letter)
    except Exception:
        # One letter that cannot be put into words must not hold up all others.
        log.exception("letter not worded", outbox_id=letter.id)
        return "failed", "cannot be put into words"
    if isinstance(message, str):
        return "cancelled", message
    # The row knows better than the text where to: the chat may have moved since.
    return message.model_copy(update={"chat_id": letter.address})
