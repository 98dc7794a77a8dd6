"""When each recurring piece of work last went well: what people and monitors are shown."""

from datetime import datetime

from sqlmodel import Session, select

from storage.tables import Pulse


class Pulses:
    def __init__(self, session: Session) -> None:
        self.session = session

    def beat(self, name: str, now: datetime, detail: str = "") -> None:
        """`detail` is for people: a file's name, a count. Never a person's words."""
        self.session.merge(Pulse(name=name, at=now, detail=detail))

    def all(self) -> dict[str, Pulse]:
        return {pulse.name: pulse for pulse in self.session.exec(select(Pulse))}
