"""The pause that Telegram asked for, as whoever sends next finds it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.tables import OutboxRow

SLOWED = "Too Many Requests"
"""In Telegram's own words, which are kept with the letter that it put off."""


def paused_until(session: Session) -> datetime | None:
    """The pause holds for the bot, not for the process that was told: it outlives a crash."""
    query = select(func.max(col(OutboxRow.not_before_at))).where(
        col(OutboxRow.state) == "queued", col(OutboxRow.error).contains(SLOWED)
    )
    return session.scalar(query)
