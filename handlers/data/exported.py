"""Everything that is held about a person as a file: table by table, as it is kept."""

import json
from datetime import date, datetime
from typing import Any

from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile

from handlers.language import Words
from storage.holdings import Holdings
from storage.people import Member

PARCEL = "own_data"


def render(words: Words, member: Member, holdings: Holdings, now: datetime) -> SendDocument:
    """As it is when the file leaves: this letter, and the question it answers, among it."""
    found = holdings.rows(member.person_id, member.channel, member.address)
    told = {"at": now, "of": f"{member.channel}:{member.address}", "tables": found}
    text = json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
    caption = words(
        "A copy of everything that is kept about you, as of {time}. Please keep it safe.",
        time=words.moment(now),
    )
    file = BufferedInputFile(text.encode(), words("my-data.json"))
    return SendDocument(chat_id=member.address, document=file, caption=caption, parse_mode="HTML")


def _plain(value: Any) -> str:  # noqa: ANN401 - whatever JSON does not know
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"no column holds a {type(value).__name__}")
