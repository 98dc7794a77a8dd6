"""What a message brings beside its words, as Telegram announces it."""

import unicodedata
from dataclasses import dataclass

from aiogram.types import Message

from handlers.language import Markup, Words
from storage.unkept import MARK

TITLE_MOST = 80


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo, a file, or something that is never kept (`remote_id` is empty then)."""

    content: str
    """As the Bot API calls it: `photo`, `document`, `voice`, `location` …"""
    remote_id: str = ""
    title: str = ""
    """The sender's own name of the file: for people's eyes, never a path."""
    size: int | None = None
    """Bytes, as announced; what really comes may be more."""
    album: str = ""


def attached_to(message: Message) -> Attachment | None:
    album = message.media_group_id or ""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment("photo", largest.file_id, size=largest.file_size, album=album)
    # An animation comes with a document beside it, for readers that know no animations.
    if message.document and not message.animation:
        file = message.document
        title = _tidied(file.file_name or "")
        return Attachment("document", file.file_id, title, file.file_size, album)
    content = (message.model_extra or {}).get(MARK, message.content_type)
    return None if message.text else Attachment(content, album=album)


def _tidied(name: str) -> str:
    """Without what could move the cursor or turn the reading direction."""
    shown = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    return unicodedata.normalize("NFC", shown)[-TITLE_MOST:]


def not_kept(words: Words, content: str) -> Markup:
    """What is said of things that are neither words nor files."""
    if content in {"location", "venue"}:
        return words("Places are not kept. I can only read typed text.")
    if content == "contact":
        return words("Contacts are not kept. I can only read typed text.")
    if content in {"voice", "audio", "video", "video_note", "animation"}:
        return words("Voice messages and videos are not kept. Please type your answer.")
    return words("I can only read typed text. Stickers and the like are not kept.")
