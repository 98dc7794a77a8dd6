"""The open question of each chat."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from storage.tables import Conversation
from storage.upsert import put


@dataclass(frozen=True, slots=True)
class Question:
    """As it is kept: enough to ask it again word for word."""

    channel: str
    address: str
    step: str
    token: str
    prompt: str
    options: list[list[str]]
    data: dict[str, Any]
    updated_at: datetime


NAMES = Question.__slots__
# Built once, and no ORM: every update asks for this and most change it.
HERE = (
    col(Conversation.channel) == bindparam("here_channel"),
    col(Conversation.address) == bindparam("here_address"),
)
OPEN = select(*(getattr(Conversation, name) for name in NAMES)).where(*HERE)
CLOSED = delete(Conversation).where(*HERE)


class Conversations:
    def __init__(self, session: Session) -> None:
        self.session = session

    def open_at(self, channel: str, address: str) -> Question | None:
        here = {"here_channel": channel, "here_address": address}
        row = self.session.connection().execute(OPEN, here).first()
        return Question(*row) if row else None

    def keep(
        self,
        channel: str,
        address: str,
        *,
        step: str,
        token: str,
        prompt: str,
        options: list[list[str]],
        data: dict[str, Any],
        now: datetime,
    ) -> Question:
        """Takes the place of the question before."""
        return self._put(Question(channel, address, step, token, prompt, options, data, now))

    def change(
        self,
        question: Question,
        **values: Any,  # noqa: ANN401 - fields of the question
    ) -> Question:
        return self._put(replace(question, **values))

    def close(self, channel: str, address: str) -> None:
        here = {"here_channel": channel, "here_address": address}
        self.session.connection().execute(CLOSED, here)

    def _put(self, question: Question) -> Question:
        # Not `asdict`: it copies what it goes through.
        put(self.session, Conversation, {name: getattr(question, name) for name in NAMES})
        return question
