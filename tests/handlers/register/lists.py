"""Lists of facilities as people make them."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook, load_workbook

HEADINGS = ("Đơn vị", "Loại hình", "Tên thiết chế", "Địa chỉ", "Từ ngày", "Đến ngày", "Ghi chú")
Cells = Sequence[object]


def library(n: int, agency: str = "Quận 1") -> Cells:
    return agency, "TV1.3", f"Thư viện số {n}"


def xlsx(*rows: Cells, headings: Cells = HEADINGS, above: int = 0) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for _ in range(above):
        sheet.append(["Danh mục năm 2024"])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def csv(*rows: Cells, encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    lines = [delimiter.join(map(str, row)) for row in (HEADINGS, *rows)]
    return "\r\n".join(lines).encode(encoding)


def without(form: bytes, name: str) -> bytes:
    """The downloaded list with one line deleted."""
    book = load_workbook(BytesIO(form))
    sheet = book.worksheets[0]
    for number in range(2, sheet.max_row + 1):
        if sheet.cell(number, 3).value == name:
            sheet.delete_rows(number)
            break
    file = BytesIO()
    book.save(file)
    return file.getvalue()
