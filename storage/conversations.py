"""The open question of each chat."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from storage.tables import Conversation


class Conversations:
    def __init__(self, session: Session) -> None:
        self.session = session

    def open_at(self, channel: str, address: str) -> Conversation | None:
        return self.session.get(Conversation, (channel, address))

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
    ) -> Conversation:
        row = self.open_at(channel, address)
        values: dict[str, Any] = {
            "step": step,
            "token": token,
            "prompt": prompt,
            "options": options,
            "data": data,
        }
        if row is None:
            row = Conversation(channel=channel, address=address, updated_at=now, **values)
        row.sqlmodel_update({**values, "updated_at": now})
        self.session.add(row)
        return row

    def close(self, channel: str, address: str) -> None:
        row = self.open_at(channel, address)
        if row is not None:
            self.session.delete(row)
