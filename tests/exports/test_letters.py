"""Lists as sheets and as text: what people typed stays text."""

from io import BytesIO

from openpyxl import load_workbook

from exports.letters import separated, sheet

ROWS = [("=1+1", "Quận 1; 3"), ("+84", 'có "dấu"\nhai dòng')]


def test_no_cell_of_a_sheet_is_a_formula() -> None:
    page = load_workbook(BytesIO(sheet("Tin", ["A", "B"], ROWS, (9, 9)))).worksheets[0]
    assert [cell.data_type for row in page["A2:B3"] for cell in row] == ["s"] * 4
    assert page["A2"].value == "=1+1"
    assert page["A2"].quotePrefix


def test_excel_reads_accents_and_semicolons_of_a_csv() -> None:
    data = separated(["Tên", "Đơn vị"], ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    head, first, *_ = data.decode("utf-8-sig").splitlines()
    assert (head, first) == ("Tên;Đơn vị", '\'=1+1;"Quận 1; 3"')
