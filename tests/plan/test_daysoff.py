from datetime import date

import pytest

from plan.daysoff import OfficialDay, difference, read_sheet

TET = OfficialDay(date(2027, 2, 8), "off", "Tết Nguyên đán")


@pytest.mark.parametrize(
    "text",
    [
        "day,kind,name\n2027-02-08,off,Tết Nguyên đán\n",
        "2027-02-08,off,Tết Nguyên đán",
        "\ufeffday;kind;name\r\n08/02/2027;OFF;Tết Nguyên đán\r\n",
        "# theo thông báo của Chính phủ\n\n 2027-02-08 , off , Tết Nguyên đán ,\n",
    ],
    ids=["with a head", "bare", "as Excel saves it", "with remarks"],
)
def test_a_sheet_is_read_as_people_save_it(text: str) -> None:
    sheet = read_sheet(text)
    assert (sheet.days, sheet.faults) == ({TET.day: TET}, [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2027-02-30,off,Tết", "'2027-02-30' is no day"),
        ("mùng 1,off,Tết", "'mùng 1' is no day"),
        ("2022-02-08,off,Tết", "the year must lie between 2023 and 2040"),
        ("2027-02-08,nghỉ,Tết", "the kind 'nghỉ' is neither off nor work"),
        ("2027-02-08,off,", "a name of 1 to 120 characters is missing"),
        ("2027-02-08,off", "2 columns, not day,kind,name"),
        ("2027-02-08,off,Tết,perhaps", "the fourth column is 'perhaps', not estimated"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(line: str, problem: str) -> None:
    sheet = read_sheet(f"day,kind,name\n2027-01-01,off,Tết Dương lịch\n{line}\n")
    (fault,) = sheet.faults
    assert fault.line == 3
    assert fault.read == line
    assert fault.problem.startswith(problem)


def test_a_day_that_stands_there_twice_is_a_fault() -> None:
    sheet = read_sheet("2027-02-08,off,Tết\n08/02/2027,work,Làm bù\n")
    assert [str(fault) for fault in sheet.faults] == [
        "line 2: '08/02/2027,work,Làm bù': 2027-02-08 stands there twice"
    ]


def test_a_guess_is_marked() -> None:
    sheet = read_sheet("2027-02-08,off,Tết,estimated\n")
    assert sheet.days[TET.day].estimated


def test_the_difference_is_of_the_sheets_own_years() -> None:
    other = OfficialDay(date(2026, 1, 2), "off", "Hoán đổi")
    gone = OfficialDay(date(2027, 4, 16), "off", "Giỗ Tổ")
    swap = OfficialDay(date(2027, 2, 6), "work", "Làm bù")
    known = {each.day: each for each in (other, gone, TET)}
    later = OfficialDay(TET.day, "off", "Tết Nguyên đán (mùng 3)")
    found = difference(known, {later.day: later, swap.day: swap})
    assert (found.added, found.changed, found.removed) == ((swap,), ((TET, later),), (gone,))


def test_the_same_again_is_no_difference() -> None:
    assert not difference({TET.day: TET}, {TET.day: TET})
