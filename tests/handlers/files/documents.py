"""Files as people send them: the smallest that are what they say."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

PDF = b"%PDF-1.7\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0JFIF"
WEBP = b"RIFF\x04\x00\x00\x00WEBPVP8 "
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def office(*parts: str, declared: str = "main+xml") -> bytes:
    """An archive like those that Word and Excel write."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types ContentType="{declared}"/>')
        for part in parts:
            archive.writestr(part, "<xml/>")
    return held.getvalue()


DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")
MACROS = office("word/document.xml", "word/vbaProject.bin")
