"""What became of files that were sent: kept, or why not."""

from collections.abc import Sequence

from aiogram import Router

from handlers.language import Markup, Words, join, plain
from handlers.routing import Kind, Replies, say
from handlers.talk import Link, Talk, Turn
from storage.evidence import (
    DOCX,
    FAILED,
    JPEG,
    KEPT,
    PDF,
    PNG,
    REMOVED,
    WANTED,
    WEBP,
    XLSX,
    Exhibits,
)
from storage.tables import Evidence

SHORT, TAIL = 40, 9
TYPES = {JPEG: "JPEG", PNG: "PNG", WEBP: "WebP", PDF: "PDF", DOCX: "DOCX", XLSX: "XLSX"}


def tell_fetched(turn: Turn, talk: Talk, words: Words, exhibits: Exhibits) -> Replies:
    """One answer for a file, and one for an album once all of it has come."""
    row = exhibits.get(turn.file or 0)
    if row is None or row.state == REMOVED:
        return []
    album = exhibits.album(row.address, row.album) or [row]
    together = [each for each in album if each.state != REMOVED]
    if any(each.state == WANTED for each in together) or row is not _latest(together):
        return []
    if row.state == KEPT and row.report_id is None:
        exhibits.remove(row, talk.now)
        return talk.say(refusal(words, "no_report"))
    kept = [each for each in together if each.state == KEPT]
    lost = [each for each in together if each.state != KEPT]
    links = [Link(words("Remove this file"), f"minhchung xoa {row.id}")] if kept == [row] else []
    return talk.say(join([_saved(words, kept), *(_lost(words, each) for each in lost)]), links)


def _latest(together: Sequence[Evidence]) -> Evidence:
    return max(together, key=lambda each: (each.fetched_at or each.received_at, each.id or 0))


def _saved(words: Words, kept: Sequence[Evidence]) -> Markup:
    if not kept:
        return Markup()
    place = place_of(words, kept[0])
    if len(kept) == 1:
        file = described(words, kept[0])
        return words("Saved as evidence for {place}: {file}.", place=place, file=file)
    return words.plural(
        "{count} file saved as evidence for {place}.",
        "{count} files saved as evidence for {place}.",
        len(kept),
        place=place,
    )


def _lost(words: Words, row: Evidence) -> Markup:
    file, reason = name_of(words, row.title), refusal(words, row.reason)
    return words("Not saved: {file}. {reason}", file=file, reason=reason)


def refusal(words: Words, reason: str) -> Markup:
    reasons = {
        "too_big": words(
            "Files above 20 MB cannot be taken. Please send a smaller one, "
            "or send it by the document exchange system."
        ),
        "no_report": words(
            "Files are kept as evidence for a report that is being filled in. "
            "Please type /baocao first, then send the file again."
        ),
        "kind": words("This kind of message is not kept."),
        "macros": words("Files with macros are not accepted. Please save it without macros."),
        "old_office": words(
            "Old Word and Excel files and files with a password are not accepted. "
            "Please save it as DOCX, XLSX or PDF, without a password."
        ),
        "empty": words("The file is empty."),
        FAILED: words("Telegram did not hand it over. Please send it again."),
    }
    return reasons.get(reason) or accepted(words)


def accepted(words: Words) -> Markup:
    return words("Accepted: photos, PDF, DOCX and XLSX, up to 20 MB each.")


def place_of(words: Words, row: Evidence) -> Markup:
    return plain(row.code) or words("the report")


def name_of(words: Words, title: str) -> Markup:
    return words("file “{title}”", title=_shortened(title)) if title else words("photo")


def _shortened(title: str) -> str:
    """The end stays: it says what kind of file it is."""
    return title if len(title) <= SHORT else f"{title[: SHORT - TAIL - 1]}…{title[-TAIL:]}"


def described(words: Words, row: Evidence) -> Markup:
    kind, size = TYPES[row.media_type], words.number(max(1, round((row.size or 0) / 1024)))
    return words("{file} ({kind}, {size} KB)", file=name_of(words, row.title), kind=kind, size=size)


def build_router() -> Router:
    router = Router(name="fetched")
    say(router, tell_fetched, Kind("fetched"))
    return router
