"""Who sent faster than is recorded is told so, once a minute."""

from datetime import datetime

from sqlmodel import Session

from bot.flood import Flood
from bot.handling import queue_reply
from handlers.troubles import too_fast
from storage.outbox import Outbox
from storage.people import People


def tell_hasty(flood: Flood, session: Session, now: datetime) -> None:
    for who, lost in flood.to_tell(now).items():
        message = too_fast(who, lost.count, lost.first_at, lost.last_at, People(session))
        if message is not None:
            queue_reply(Outbox(session), f"fast:{who}:{now.timestamp():.0f}", message, now)
