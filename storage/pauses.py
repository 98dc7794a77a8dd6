"""The pause that Telegram asked for, as whoever sends next finds it."""

import re
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.tables import OutboxRow

SLOWED = "Too Many Requests"
ASKED = re.compile(r"retry after (\d+)")
"""In Telegram's own words, which are kept with the letter that it put off."""


def paused_for(session: Session, now: datetime) -> timedelta:
    """The pause holds for the bot, not for the process that was told: it outlives a crash.

    Nor does a clock that has been set back since make it longer than was asked.
    """
    query = select(col(OutboxRow.not_before_at), col(OutboxRow.error)).where(
        col(OutboxRow.state) == "queued", col(OutboxRow.error).contains(SLOWED)
    )
    rows = session.exec(query)
    return max([timedelta(0), *(min(until - now, _asked(error)) for until, error in rows)])


def _asked(error: str | None) -> timedelta:
    found = ASKED.search(error or "")
    return timedelta(seconds=int(found[1])) if found else timedelta.max
