"""A whole report typed on a keyboard without accents, and no button pressed."""

from tests.cast import Cast

REPORT = (
    ("bao cao", "Câu 1/10 · TV1.2"),
    ("12 tren 15", "12/15 (80,0%)"),
    ("dung roi a", "Câu 2/10 · TV1.3"),
    ("chua co so lieu", "Câu 3/10 · TV2.2"),
    ("3/4", "3/4 (75,0%)"),
    ("nham, 2/4", "2/4 (50,0%)"),
    ("vang", "Câu 4/10 · TV2.3"),
    ("khong co doi tuong", "Câu 5/10 · TV3"),
    ("bo qua", "Câu 6/10 · VH1"),
    ("giup", "Câu 6/10 · VH1"),
    ("1/1", "1/1 (100,0%)"),
)
TASKS = (
    ("dang trien khai", "IV.10.b"),
    ("kho khan", "khó khăn, vướng mắc"),
    ("thieu kinh phi", "IV.10.c"),
    ("hoan thanh", "Rà soát"),
    ("sua", "sửa câu nào"),
    ("tv13", "Câu 2/10 · TV1.3"),
    ("8/10", "8/10 (80,0%)"),
    ("dung", "Rà soát"),
    ("nop bao cao", "BC-2024-0001/1"),
)


async def test_a_whole_report_without_an_accent(cast: Cast) -> None:
    lan = cast.lan()
    for typed, answer in REPORT:
        assert answer in await lan.send(typed), typed
    said = await lan.send("dung")
    while "IV.10.a" not in said:
        said = await lan.send("bo qua")
    for typed, answer in TASKS:
        assert answer in await lan.send(typed), typed
