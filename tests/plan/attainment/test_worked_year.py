"""The year 2025 by hand: all 17 indicators, each sum written out, then the program's."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pytest

from plan.attainment import Assessment, Growth, Pooled, Reported, Standing, assess
from plan.attainment.reported import Holders
from tests.plan.attainment.telling import INDICATORS, asked, told

DISTRICTS = asked("tp-thu-duc", "quan-1", "quan-3", "quan-4", "quan-5", until="2025-06-30")
WARDS = asked("sai-gon", "ben-thanh", "cho-lon", "can-gio", "con-dao")
OLD, NEW = "old", "new"
"""The city's map until 30/06/2025, and since."""


@dataclass(frozen=True)
class Row:
    """`sums` are written term by term as the agencies are listed, `totals` is what they come to,
    `percent` what the division or the root gives. `reported` is how many of those asked.
    """

    code: str
    asked: Holders
    answers: Sequence[Reported]
    sums: tuple[int, int] | None
    totals: tuple[int, int] | None
    percent: Fraction | None
    reported: str
    in_2025: Standing
    in_2030: Standing


ROWS = [
    # 3 of 3: all, so 100 %, which is both targets.
    Row(
        "TV1.1",
        asked("so-vhtt"),
        [told("so-vhtt", "3/3")],
        sums=(3, 3),
        totals=(3, 3),
        percent=Fraction(100),
        reported="1/1",
        in_2025=Standing.MET,
        in_2030=Standing.MET,
    ),
    # District libraries ended on 30/06/2025, so each counts as it was counted last: Thủ Đức and
    # Quận 3 in 2024, Quận 1 and 4 on the last day. Thủ Đức's "no object" of October is no count
    # of that time, and Quận 5 never counted. 400/6 = 66.67 < 70.
    Row(
        "TV1.2",
        DISTRICTS,
        [
            told("tp-thu-duc", "2/3", 2024),
            told("tp-thu-duc", "no_object", 2025),
            told("quan-1", "0/1", 2024),
            told("quan-1", "1/1", 2025, on="2025-06-30"),
            told("quan-3", "1/1", 2024),
            told("quan-4", "0/1", 2025, on="2025-06-30"),
        ],
        sums=(2 + 1 + 1 + 0, 3 + 1 + 1 + 1),
        totals=(4, 6),
        percent=Fraction(200, 3),
        reported="4/5",
        in_2025=Standing.NOT_MET,
        in_2030=Standing.ENDED,
    ),
    # Côn Đảo has not reported. The mean of the ratios would be 62.5, more than the 60 of 2030; the
    # ratio of the sums is 400/7 = 57.14.
    Row(
        "TV1.3",
        WARDS,
        [
            told("sai-gon", "1/1"),
            told("ben-thanh", "0/1"),
            told("cho-lon", "2/4"),
            told("can-gio", "1/1"),
        ],
        sums=(1 + 0 + 2 + 1, 1 + 1 + 4 + 1),
        totals=(4, 7),
        percent=Fraction(400, 7),
        reported="4/5",
        in_2025=Standing.MET,
        in_2030=Standing.UNDERWAY,
    ),
    # Two of the five have no such library; they have answered all the same. 7500/80 = 93.75.
    Row(
        "TV1.4",
        asked("so-vhtt", "so-gddt", "so-yt", "so-tp", "so-ct"),
        [
            told("so-vhtt", "20/22"),
            told("so-gddt", "51/54"),
            told("so-yt", "4/4"),
            told("so-tp", "no_object"),
            told("so-ct", "not_applicable"),
        ],
        sums=(20 + 51 + 4, 22 + 54 + 4),
        totals=(75, 80),
        percent=Fraction("93.75"),
        reported="5/5",
        in_2025=Standing.MET,
        in_2030=Standing.UNDERWAY,
    ),
    # The police sends its figures by letter. 700/9 = 77.78 < 80.
    Row(
        "TV1.5",
        asked("bo-tu-lenh", "cong-an"),
        [told("bo-tu-lenh", "7/9"), told("cong-an", "no_data", reason="Gửi văn bản riêng")],
        sums=(7, 9),
        totals=(7, 9),
        percent=Fraction(700, 9),
        reported="2/2",
        in_2025=Standing.NOT_MET,
        in_2030=Standing.UNDERWAY,
    ),
    # 135000/1600 = 84.375.
    Row(
        "TV1.6",
        asked("so-gddt", "so-ldtbxh", "so-yt", "so-nv"),
        [
            told("so-gddt", "1290/1510"),
            told("so-ldtbxh", "49/75"),
            told("so-yt", "10/12"),
            told("so-nv", "1/3"),
        ],
        sums=(1290 + 49 + 10 + 1, 1510 + 75 + 12 + 3),
        totals=(1350, 1600),
        percent=Fraction("84.375"),
        reported="4/4",
        in_2025=Standing.MET,
        in_2030=Standing.UNDERWAY,
    ),
    # None of one: 0 % is a figure.
    Row(
        "TV2.1",
        asked("so-vhtt"),
        [told("so-vhtt", "0/1")],
        sums=(0, 1),
        totals=(0, 1),
        percent=Fraction(0),
        reported="1/1",
        in_2025=Standing.NOT_MET,
        in_2030=Standing.UNDERWAY,
    ),
    # 0/0 + nothing to count: nothing at all, which is not 0 %.
    Row(
        "TV2.2",
        asked("quan-1", "quan-3", until="2025-06-30"),
        [told("quan-1", "0/0", 2024), told("quan-3", "no_object", 2025, on="2025-06-30")],
        sums=(0 + 0, 0 + 0),
        totals=None,
        percent=None,
        reported="2/2",
        in_2025=Standing.NO_OBJECT,
        in_2030=Standing.ENDED,
    ),
    # Nobody has reported, and the deadline has passed.
    Row(
        "TV2.3",
        WARDS,
        [],
        sums=None,
        totals=None,
        percent=None,
        reported="0/5",
        in_2025=Standing.NOT_REPORTED,
        in_2030=Standing.NOT_REPORTED,
    ),
    # 18 + 45 of 20 + 50 = 90 % exactly, but nothing of it is approved.
    Row(
        "TV2.4",
        asked("so-vhtt", "so-gddt"),
        [told("so-vhtt", "18/20", approved=False), told("so-gddt", "45/50", approved=False)],
        sums=(18 + 45, 20 + 50),
        totals=(63, 70),
        percent=Fraction(90),
        reported="2/2",
        in_2025=Standing.WAITING,
        in_2030=Standing.WAITING,
    ),
    # 800/10 = 80: exactly the target.
    Row(
        "TV2.5",
        asked("bo-tu-lenh", "cong-an"),
        [told("bo-tu-lenh", "4/6"), told("cong-an", "4/4")],
        sums=(4 + 4, 6 + 4),
        totals=(8, 10),
        percent=Fraction(80),
        reported="2/2",
        in_2025=Standing.MET,
        in_2030=Standing.UNDERWAY,
    ),
    # Approved are 100 + 40 of 130 + 70 = 70 %; with the 100/200 that wait it would be
    # 240/400 = 60 %, which is below the target.
    Row(
        "TV2.6",
        asked("so-gddt", "so-ldtbxh", "so-yt"),
        [
            told("so-gddt", "100/130"),
            told("so-ldtbxh", "100/200", approved=False),
            told("so-yt", "40/70"),
        ],
        sums=(100 + 40, 130 + 70),
        totals=(140, 200),
        percent=Fraction(70),
        reported="3/3",
        in_2025=Standing.MET,
        in_2030=Standing.UNDERWAY,
    ),
    # From 2022 to 2025, on the old map: Quận 1 told its 2022 with the report of 2023, Quận 3 had
    # reported it. (13310/10000)^(1/3) = 1.331^(1/3) = 1.1, so 10 % a year, the lower end. The
    # department counts on the new map and Quận 4 has no 2022: neither can be compared.
    # The growth that 2030 asks for is counted from 2025, so it has not begun.
    Row(
        "TV3",
        asked("quan-1", "quan-3", "quan-4", "so-vhtt"),
        [
            told("quan-1", "8500", 2023, before=8000, basis=OLD),
            told("quan-1", "10650", 2025, on="2025-06-30", basis=OLD),
            told("quan-3", "2000", 2022, basis=OLD),
            told("quan-3", "2660", 2025, on="2025-06-30", basis=OLD),
            told("quan-4", "900", 2025, on="2025-06-30", basis=OLD),
            told("so-vhtt", "50000", 2022, basis=OLD),
            told("so-vhtt", "99000", 2025, basis=NEW),
        ],
        sums=(8000 + 2000, 10650 + 2660),
        totals=(10_000, 13_310),
        percent=Fraction(10),
        reported="4/4",
        in_2025=Standing.MET,
        in_2030=Standing.NOT_DUE,
    ),
    # 1000/16 = 62.5 < 70; the ministry-run museums are still to report.
    Row(
        "BT1",
        asked("so-vhtt", "bo-tu-lenh", "so-yt", "so-dl", "so-tnmt"),
        [
            told("so-vhtt", "8/12", parts={"giao-duc": "10/12", "khong-gian-so": "9/12"}),
            told("bo-tu-lenh", "2/3", parts={"giao-duc": "3/3", "khong-gian-so": "2/3"}),
            told("so-yt", "0/1"),
            told("so-dl", "no_data", reason="Đang kiểm đếm"),
        ],
        sums=(8 + 2 + 0, 12 + 3 + 1),
        totals=(10, 16),
        percent=Fraction("62.5"),
        reported="4/5",
        in_2025=Standing.NOT_MET,
        in_2030=Standing.UNDERWAY,
    ),
    # Both had no visitor in 2022: from nothing, nothing can be computed.
    Row(
        "BT2",
        asked("so-vhtt", "bo-tu-lenh"),
        [
            told("so-vhtt", "0", 2022, basis=NEW),
            told("so-vhtt", "500", 2025, basis=NEW),
            told("bo-tu-lenh", "0", 2022, basis=NEW),
            told("bo-tu-lenh", "0", 2025, basis=NEW),
        ],
        sums=(0 + 0, 500 + 0),
        totals=None,
        percent=None,
        reported="2/2",
        in_2025=Standing.ZERO_BASE,
        in_2030=Standing.NOT_DUE,
    ),
    # The city's centres as of October, the district centres as counted last; Quận 4 and 5 never
    # counted. 500/7 = 71.43 < 80.
    Row(
        "VH1",
        {**asked("so-vhtt"), **DISTRICTS},
        [
            told("so-vhtt", "3/3", parts={"thanh-pho": "3/3"}),
            told("tp-thu-duc", "1/2", 2024),
            told("quan-1", "1/1", 2025, on="2025-06-30"),
            told("quan-3", "0/1", 2024),
        ],
        sums=(3 + 1 + 1 + 0, 3 + 2 + 1 + 1),
        totals=(5, 7),
        percent=Fraction(500, 7),
        reported="4/6",
        in_2025=Standing.NOT_MET,
        in_2030=Standing.UNDERWAY,
    ),
    # 8300/100 = 83.
    Row(
        "VH2",
        WARDS,
        [
            told("sai-gon", "30/40"),
            told("ben-thanh", "8/8"),
            told("cho-lon", "0/2"),
            told("can-gio", "45/50"),
            told("con-dao", "no_object"),
        ],
        sums=(30 + 8 + 0 + 45, 40 + 8 + 2 + 50),
        totals=(83, 100),
        percent=Fraction(83),
        reported="5/5",
        in_2025=Standing.MET,
        in_2030=Standing.UNDERWAY,
    ),
]


def assessed(row: Row) -> Assessment:
    return assess(INDICATORS[row.code], 2025, row.answers, {2025: row.asked})


def test_the_table_holds_every_indicator_and_its_own_sums() -> None:
    assert [row.code for row in ROWS] == list(INDICATORS)
    assert all(row.sums == row.totals for row in ROWS if row.totals)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_the_program_comes_to_the_same(row: Row) -> None:
    judged = assessed(row).in_2025
    match judged.best:
        case Pooled() as best:
            assert (best.numerator, best.denominator) == row.totals
        case Growth() as best:
            assert (best.earlier, best.later) == row.totals
        case None:
            assert row.totals is None
    assert (judged.best and judged.best.percent) == row.percent
    assert f"{judged.coverage.reported}/{judged.coverage.asked}" == row.reported


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_the_two_targets_are_judged_apart(row: Row) -> None:
    found = assessed(row)
    assert (found.in_2025.standing, found.in_2030.standing) == (row.in_2025, row.in_2030)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_each_number_can_be_traced_and_nobody_is_forgotten(row: Row) -> None:
    why = assessed(row).in_2025.why
    entries = {each.entry_id: each for each in row.answers}
    assert all(entries[source.entry_id].agency_id == source.agency_id for source in why.sources)
    told_of = {source.agency_id for source in why.sources}
    left_out = {each.agency_id for each in why.left_out}
    assert told_of | left_out == {*row.asked}
