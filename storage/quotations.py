"""Where others were told a person's name: their letters, and the questions open at them."""

from collections.abc import Sequence
from html import escape
from json import dumps
from typing import Any

from sqlalchemy import case, update
from sqlmodel import Session, col, select

from storage.tables import Conversation, OutboxRow

SETTLED = ("sent", "cancelled", "expired", "failed")


class Quotations:
    def __init__(self, session: Session) -> None:
        self.session = session

    def take_out(self, name: str, addresses: Sequence[str], instead: str) -> None:
        """Settled letters lose their text. Requests for help go whole: they were the person's.

        A name of one word might be any word: questions open at others are then left as they are,
        and go with the others that nobody answers.
        """
        if not name:
            return
        quoted = escape(name, quote=False)
        self._from_letters(dumps(quoted, ensure_ascii=False)[1:-1], addresses)
        if " " in name:
            self._from_questions(quoted, escape(instead, quote=False))

    def _from_letters(self, quoted: str, addresses: Sequence[str]) -> None:
        payload, state = col(OutboxRow.payload), col(OutboxRow.state)
        named = payload.contains(quoted, autoescape=True) & state.in_(SETTLED)
        given_up = case((state.in_(("sent", "sending")), state), else_="cancelled")
        connection = self.session.connection()
        for address in addresses:
            link = payload.contains(f'tg://user?id={address}\\"', autoescape=True)
            asked = update(OutboxRow).where(col(OutboxRow.dedupe_key).startswith("help:"), link)
            connection.execute(asked.values(payload="", state=given_up))
        # What failed could be tried again, but not without its text.
        final = case((state == "failed", "cancelled"), else_=state)
        connection.execute(
            update(OutboxRow).where(payload != "", named).values(payload="", state=final)
        )

    def _from_questions(self, quoted: str, instead: str) -> None:
        for row in self.session.exec(select(Conversation)):
            values = row.prompt, row.options, row.data
            prompt, options, data = (_replaced(value, quoted, instead) for value in values)
            if (prompt, options, data) != values:
                row.prompt, row.options, row.data = prompt, options, data
        self.session.flush()


def _replaced(value: Any, old: str, new: str) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case str():
            return value.replace(old, new)
        case list():
            return [_replaced(part, old, new) for part in value]
        case dict():
            return {key: _replaced(part, old, new) for key, part in value.items()}
        case _:
            return value
