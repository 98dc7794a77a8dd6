"""Who was at the door without being let in, within the last hour."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import Knock

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WRONG_INVITES = 5
"""So many an hour from one chat; 128 bits would be safe without, but guessing is to be slow."""
GUESSED, TURNED_AWAY = "guessed", "turned away"


class Knocks:
    def __init__(self, session: Session) -> None:
        self.session = session

    def guessed(self, channel: str, address: str, now: datetime) -> None:
        """A link that opened nothing."""
        self._keep(channel, address, GUESSED, now)

    def guess_again_at(self, channel: str, address: str, now: datetime) -> datetime | None:
        """When the next link may be tried, after five wrong ones within the hour; None is now."""
        tried = self._of(channel, address, GUESSED, now - HOUR)
        return tried[-WRONG_INVITES] + HOUR if len(tried) >= WRONG_INVITES else None

    def turn_away(self, channel: str, address: str, now: datetime, kind: str = TURNED_AWAY) -> bool:
        """Whether it is to be said: once a minute is enough."""
        if self._of(channel, address, kind, now - MINUTE):
            return False
        self._keep(channel, address, kind, now)
        return True

    def _of(self, channel: str, address: str, kind: str, after: datetime) -> list[datetime]:
        query = select(Knock.at).where(
            Knock.channel == channel,
            Knock.address == address,
            Knock.kind == kind,
            col(Knock.at) > after,
        )
        return list(self.session.exec(query.order_by(col(Knock.at))))

    def _keep(self, channel: str, address: str, kind: str, now: datetime) -> None:
        self.session.connection().execute(delete(Knock).where(col(Knock.at) <= now - HOUR))
        self.session.add(Knock(channel=channel, address=address, kind=kind, at=now))
        self.session.flush()
