"""What a file is, by its bytes: neither its name nor the announced type is believed."""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from storage.evidence import CSV, DOCX, JPEG, PDF, PNG, WEBP, XLSX

HEADS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}
ZIP, RIFF, COMPOUND = b"PK\x03\x04", b"RIFF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
CONTENT_TYPES = "[Content_Types].xml"
CONTENT_TYPES_MOST = 1024 * 1024
MACROS = ("vbaproject.bin", "macroenabled")
BROKEN = (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error)
END, END_SIZE = b"PK\x05\x06", 12
BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LISTING_MOST = 1024 * 1024
"""Bytes of an archive's list of names: a document has some dozens, a bomb has millions."""


class UnwantedError(Exception):
    """Not kept; the text is the reason: `empty`, `too_big`, `macros`, `old_office`, `type`."""


def sniff(data: bytes) -> str:
    """The media type, of those that are kept."""
    if not data:
        raise UnwantedError("empty")
    for head, media_type in HEADS.items():
        if data.startswith(head):
            return media_type
    if data.startswith(RIFF) and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(COMPOUND):
        # Office before 2007, and everything that has a password.
        raise UnwantedError("old_office")
    if data.startswith(ZIP):
        return _office(data)
    raise UnwantedError("type")


def sniff_table(data: bytes) -> str:
    """The same, and plain text besides, where a table is awaited."""
    try:
        return sniff(data)
    except UnwantedError as reason:
        if str(reason) == "type" and _is_text(data):
            return CSV
        raise


def _is_text(data: bytes) -> bool:
    """By its decoding alone; a control character is no part of a table."""
    try:
        text = data.decode("utf-16" if data.startswith(BYTE_ORDERS) else "utf-8")
    except UnicodeError:
        return False
    return not CONTROLS.search(text)


def _office(data: bytes) -> str:
    end = data.rfind(END)
    listing = int.from_bytes(data[end + END_SIZE : end + END_SIZE + 4], "little")
    if end < 0 or listing > LISTING_MOST:
        raise UnwantedError("type")
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if CONTENT_TYPES not in names:
                raise UnwantedError("type")
            with archive.open(CONTENT_TYPES) as part:
                declared = part.read(CONTENT_TYPES_MOST).decode("utf-8", "replace")
    except BROKEN:
        raise UnwantedError("type") from None
    told = "\n".join([*names, declared]).lower()
    if any(sign in told for sign in MACROS):
        raise UnwantedError("macros")
    found = [media_type for part, media_type in MAIN_PARTS.items() if part in names]
    if len(found) != 1:
        raise UnwantedError("type")
    return found[0]
