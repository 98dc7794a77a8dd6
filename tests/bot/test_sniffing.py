"""A file is what its bytes say."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sniffing import UnwantedError, sniff, sniff_table
from sandbox.person import TINY_PNG
from storage.evidence import CSV, DOCX, JPEG, PDF, PNG, WEBP, XLSX
from tests.handlers.files import documents
from tests.handlers.files.documents import office

KINDS = {
    JPEG: documents.JPEG,
    PNG: TINY_PNG,
    WEBP: documents.WEBP,
    PDF: documents.PDF,
    DOCX: documents.DOCX,
    XLSX: documents.XLSX,
}


def plain_archive() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<xml/>")
    return held.getvalue()


UNWANTED = {
    "nothing": (b"", "empty"),
    "program": (b"MZ\x90\x00", "type"),
    "page": (b"<html>%PDF-1.7</html>", "type"),
    "sound": (b"RIFF\x04\x00\x00\x00WAVEfmt ", "type"),
    "old word or a password": (documents.OLD_WORD, "old_office"),
    "archive": (plain_archive(), "type"),
    "slides": (office("ppt/presentation.xml"), "type"),
    "two in one": (office("word/document.xml", "xl/workbook.xml"), "type"),
    "macros by part": (documents.MACROS, "macros"),
    "macros by name of the part": (office("xl/workbook.xml", "xl/VBAPROJECT.BIN"), "macros"),
    "macros by type": (office("xl/workbook.xml", declared="sheet.macroEnabled.main"), "macros"),
    "broken off": (documents.DOCX[:-30], "type"),
    "endless list": (documents.DOCX[:-10] + b"\xff" * 4 + documents.DOCX[-6:], "type"),
}


@pytest.mark.parametrize(("media_type", "data"), KINDS.items(), ids=KINDS)
def test_knows_what_is_kept(media_type: str, data: bytes) -> None:
    assert sniff(data) == media_type


@pytest.mark.parametrize(("data", "reason"), UNWANTED.values(), ids=UNWANTED)
def test_says_why_something_is_not_kept(data: bytes, reason: str) -> None:
    with pytest.raises(UnwantedError, match=f"^{reason}$"):
        sniff(data)


@given(st.binary(max_size=200), st.sampled_from([*KINDS.values()]), st.integers(0, 400))
def test_no_bytes_raise_anything_else(noise: bytes, known: bytes, cut: int) -> None:
    for data in (noise, known[:cut] + noise, noise + known):
        with suppress(UnwantedError):
            assert sniff(data) in KINDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_a_table_only_where_one_is_awaited(encoding: str) -> None:
    data = "Đơn vị;Loại hình;Tên\r\n".encode(encoding)
    assert sniff_table(data) == CSV
    with pytest.raises(UnwantedError, match="type"):
        sniff(data)


@pytest.mark.parametrize(("data", "reason"), [*UNWANTED.values()][:2], ids=["nothing", "program"])
def test_a_table_is_no_way_in_for_anything_else(data: bytes, reason: str) -> None:
    with pytest.raises(UnwantedError, match=reason):
        sniff_table(data)


@pytest.mark.parametrize("data", [b"a;b\x00c", b"\xff\xfe\x00", b"\xff\xd8 a;b", b"a\x1b[2Jb"])
def test_control_characters_are_no_part_of_a_table(data: bytes) -> None:
    with pytest.raises(UnwantedError, match="type"):
        sniff_table(data)
