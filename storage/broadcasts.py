"""Notices: kept as drafts, agreed to, sent, stopped. Every step names the state it starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.people import Member
from storage.tables import Broadcast

OPEN = ("draft", "awaiting", "scheduled", "undoable")
"""Not on its way yet."""
RUNNING = ("sending", "stopped")
SAID = (
    *("text", "entities", "media", "media_id", "media_title", "link_label", "link_url"),
    *("kind", "audience", "way", "follows"),
)
"""What one agrees to."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter of a notice is made from."""

    id: int
    text: str
    entities: list[dict[str, Any]]
    media: str
    media_id: str
    link_label: str
    link_url: str
    kind: str
    way: str
    follows: int | None

    @property
    def root(self) -> int:
        """The notice that is confirmed as received: of a repetition, the first."""
        return self.follows if self.way in {"again", "edit"} and self.follows else self.id


# Built once: asked for each letter of a notice.
CONTENT = columns(*(getattr(Broadcast, name) for name in Content.__slots__)).where(
    col(Broadcast.id) == bindparam("number")
)


class Broadcasts:
    def __init__(self, session: Session) -> None:
        self.session = session

    def draft(self, by: Member | None, now: datetime, **values: Any) -> Broadcast:  # noqa: ANN401 - columns
        notice = Broadcast(changed_at=now, **values)
        _authored(notice, by)
        self.session.add(notice)
        self.session.flush()
        self._note("drafted", notice, now, after=notice.audience)
        return notice

    def change(self, notice: Broadcast, by: Member, now: datetime, **values: Any) -> bool:  # noqa: ANN401 - columns
        """Who changes it is its author, and whoever has agreed must agree anew; False where it is
        on its way already.
        """
        if notice.state not in OPEN:
            return False
        changed = [name for name in values if getattr(notice, name) != values[name]]
        for name in changed:
            setattr(notice, name, values[name])
        _authored(notice, by)
        notice.state, notice.approved_by, notice.confirmed_at = "draft", None, None
        notice.revision, notice.changed_at = notice.revision + 1, now
        self.session.flush()
        self._note("changed", notice, now, after=" ".join(changed))
        return True

    def take_on(self, notice: Broadcast, by: Member) -> None:
        """What nobody has written, the calendar has: who confirms it answers for it."""
        if notice.person_id is None:
            _authored(notice, by)
            self.session.flush()

    def get(self, number: int) -> Broadcast | None:
        return self.session.get(Broadcast, number)

    def content(self, number: int) -> Content:
        found = self.session.connection().execute(CONTENT, {"number": number})
        return Content(*found.one())

    def in_state(self, *states: str) -> Sequence[Broadcast]:
        query = select(Broadcast).where(col(Broadcast.state).in_(states))
        return self.session.exec(query.order_by(col(Broadcast.id))).all()

    def latest(self, most: int) -> Sequence[Broadcast]:
        """Those that have left, newest first."""
        left = col(Broadcast.state).in_((*RUNNING, "finished", "recalled"))
        query = select(Broadcast).where(left, col(Broadcast.way).not_in(("edit", "recall")))
        return self.session.exec(query.order_by(col(Broadcast.id).desc()).limit(most)).all()

    def due(self, now: datetime) -> Sequence[Broadcast]:
        query = select(Broadcast).where(
            col(Broadcast.state).in_(("scheduled", "undoable")), col(Broadcast.leaves_at) <= now
        )
        return self.session.exec(query.order_by(col(Broadcast.id))).all()

    def of_campaign(self, campaign: str, year: int) -> Broadcast | None:
        query = select(Broadcast).where(Broadcast.campaign == campaign, Broadcast.year == year)
        return self.session.exec(query).first()

    def following(self, number: int, *ways: str) -> Sequence[Broadcast]:
        query = select(Broadcast).where(
            Broadcast.follows == number, col(Broadcast.way).in_(ways), Broadcast.state != "draft"
        )
        return self.session.exec(query.order_by(col(Broadcast.id))).all()

    def move(
        self,
        notice: Broadcast,
        before: Sequence[str],
        after: str,
        now: datetime,
        **values: Any,  # noqa: ANN401 - columns
    ) -> bool:
        """False where somebody was faster, or where it was changed since it was looked at."""
        self.session.flush()
        was = notice.state
        moved = self.session.connection().execute(
            update(Broadcast)
            .where(
                col(Broadcast.id) == notice.id,
                col(Broadcast.revision) == notice.revision,
                col(Broadcast.state).in_(before),
            )
            .values(state=after, **values)
        )
        self.session.refresh(notice)
        if moved.rowcount == 1:
            self._note(after, notice, now, before=was, after=_frozen(notice))
        return moved.rowcount == 1

    def show(self, notice: Broadcast, text: str, now: datetime) -> None:
        """What its progress message says since now."""
        notice.shown, notice.shown_at = text, now

    def _note(
        self, what: str, notice: Broadcast, now: datetime, before: str = "", after: str = ""
    ) -> None:
        subject = f"notice {notice.id}"
        Audit(self.session).note(f"notice.{what}", subject, before=before, after=after, now=now)


def _authored(notice: Broadcast, by: Member | None) -> None:
    if by is not None:
        notice.person_id, notice.channel, notice.address = by.person_id, by.channel, by.address


def _frozen(notice: Broadcast) -> str:
    return f"r{notice.revision}, {notice.audience}, {notice.recipients} recipients"
