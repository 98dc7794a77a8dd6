"""Growth takes two years on one ground."""

from datetime import UTC, datetime

import pytest

from plan.answers import Count, NoData
from sandbox.clock import PushedClock
from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office


@pytest.fixture
def lan(lan: Person, office: Office) -> Person:
    """All answered but TV3."""
    office.drafted("quan-1", {code: FIGURES[code] for code in FIGURES if code != "TV3"}, STATUSES)
    return lan


@pytest.fixture
def hoa(cast: Cast, office: Office, clock: PushedClock) -> Person:
    """Focal point of a department in October 2025, after the merger, asked for BT2 next."""
    clock.push_to(datetime(2025, 10, 20, 2, 0, tzinfo=UTC))
    hoa = cast.member(103, "Phạm Thị Hoa", "so-vhtt", "focal")
    office.drafted("so-vhtt", *office.all_skipped("so-vhtt", but="BT2"), year=2025)
    return hoa


async def tell(person: Person, *texts: str) -> str:
    said = ""
    for text in texts:
        said = await person.send(text)
    return said


async def test_last_year_s_count_is_at_hand(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(10_000)})
    said = await tell(lan, "/baocao", "12.500")
    assert "Hệ thống hiểu là 12.500 lượt, đúng không ạ?" in said
    assert "Năm 2023: 10.000 lượt" in said
    assert "Tăng 25,0% so với năm 2023" in said
    said = await lan.send("đúng")
    assert "Đã ghi nhận: TV3 – 12.500 lượt" in said
    assert "Năm 2023: 10.000 lượt" in said
    kept = office.figures()["TV3"]
    assert (kept.count, kept.count_before, kept.basis) == (12_500, 10_000, "old")


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ((8_000, None), "Bình quân mỗi năm từ năm 2022: tăng 25,0%"),
        ((20_000, None), "Bình quân mỗi năm từ năm 2022: giảm 20,9%"),
        ((None, 8_000), "Bình quân mỗi năm từ năm 2022: tăng 25,0%"),
        ((None, None), "Chưa đủ căn cứ tính mức tăng bình quân mỗi năm từ năm 2022"),
    ],
)
async def test_the_average_since_the_base_year_is_shown_too(
    lan: Person, office: Office, counted: tuple[int | None, int | None], told: str
) -> None:
    in_2022, restated = counted
    if in_2022:
        office.reported("quan-1", 2022, {"TV3": Count(in_2022)})
    office.reported("quan-1", 2023, {"TV3": Count(10_000)})
    if restated:
        office.restate("quan-1", 2023, "TV3", restated)
    assert told in await tell(lan, "/baocao", "12.500")


@pytest.mark.parametrize(
    ("count", "told"), [("hơn 12.500", "chưa phải là số cụ thể"), ("khoảng 12.500", "ước 12.500")]
)
async def test_a_doubt_is_told_before_last_year_is_asked_for(
    lan: Person, count: str, told: str
) -> None:
    said = await tell(lan, "/baocao", count)
    assert told in said
    assert "năm 2023 có bao nhiêu lượt?" in said


async def test_last_year_s_count_is_asked_for_where_it_is_missing(
    lan: Person, office: Office
) -> None:
    said = await tell(lan, "/baocao", "12.500")
    assert "Tính trên cùng địa bàn, năm 2023 có bao nhiêu lượt?" in said
    said = await lan.send("10 nghìn")
    assert "Hệ thống hiểu là 12.500 lượt" in said
    assert "Năm 2023: 10.000 lượt" in said
    assert "ăng 25,0%" in said
    await lan.send("đúng")
    kept = office.figures()["TV3"]
    assert (kept.count, kept.count_before, kept.words) == (12_500, 10_000, "12.500")


@pytest.mark.parametrize("said", ["Chưa có", "chưa có số liệu", "không có"])
async def test_this_year_counts_without_the_last(lan: Person, office: Office, said: str) -> None:
    await tell(lan, "/baocao", "12.500")
    assert "12.500 lượt, đúng không ạ?" in await lan.send(said)
    await lan.send("đúng")
    kept = office.figures()["TV3"]
    assert (kept.count, kept.count_before) == (12_500, None)


async def test_a_year_without_data_is_asked_for_again(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": NoData()})
    assert "năm 2023 có bao nhiêu lượt" in await tell(lan, "/baocao", "12.500")


async def test_last_year_s_count_is_read_like_any_figure(lan: Person) -> None:
    await tell(lan, "/baocao", "12.500")
    assert "không thể là số âm" in await lan.send("-5")
    assert "Câu 5/10 · TV3" in await lan.send("nhập lại")


@pytest.mark.parametrize("said", ["tăng 12%", "12%", "giảm 3 phần trăm"])
async def test_a_percentage_is_answered_with_what_is_needed(
    lan: Person, office: Office, said: str
) -> None:
    answer = await tell(lan, "/baocao", said)
    assert "cần số lượt của từng năm; mức tăng do Hệ thống tính" in answer
    assert "TV3" not in office.figures()


async def test_across_the_merger_last_year_is_counted_anew(hoa: Person, office: Office) -> None:
    office.reported("so-vhtt", 2024, {"BT2": Count(1_000_000)})
    said = await tell(hoa, "/baocao", "1.500.000")
    assert (
        "Số 1.000.000 lượt của năm 2024 tính trên địa bàn Thành phố trước ngày 01/07/2025" in said
    )
    assert "Tính trên địa bàn Thành phố hiện nay, năm 2024 có bao nhiêu lượt?" in said
    assert "ăng 7,1% so với năm 2024" in await hoa.send("1.400.000")
    await hoa.send("đúng")
    kept = office.figures("so-vhtt", 2025)["BT2"]
    assert (kept.count_before, kept.basis) == (1_400_000, "new")


async def test_two_maps_have_no_growth(hoa: Person, office: Office, thu: Person) -> None:
    office.reported("so-vhtt", 2024, {"BT2": Count(1_000_000)})
    said = await tell(hoa, "/baocao", "1.500.000", "chưa có")
    assert "ông so sánh được với năm 2024 vì khác địa bàn tính" in said
    await tell(hoa, "đúng", "nộp")
    said = await thu.send("/tiendo so vhtt")
    assert "không so sánh được với năm 2024 vì khác địa bàn tính" in said
    assert "0/1 đơn vị có số liệu cả hai năm" in await thu.send("/tiendo")


async def test_the_city_counts_from_the_restated_year(
    hoa: Person, office: Office, thu: Person
) -> None:
    office.reported("so-vhtt", 2024, {"BT2": Count(1_000_000)})
    await tell(hoa, "/baocao", "1.500.000", "1.400.000", "đúng", "nộp")
    for typed in ("/tiendo", "/tiendo so vhtt"):
        assert "tăng 7,1% so với năm 2024" in await thu.send(typed)


async def test_a_district_s_own_ground_never_moved(
    cast: Cast, office: Office, clock: PushedClock
) -> None:
    clock.push_to(datetime(2025, 10, 20, 2, 0, tzinfo=UTC))
    lan = cast.lan()
    figures = {code: FIGURES[code] for code in FIGURES if code != "TV3"}
    office.drafted("quan-1", figures, STATUSES, year=2025)
    office.reported("quan-1", 2024, {"TV3": Count(10_000)})
    assert "Tăng 5,0% so với năm 2024" in await tell(lan, "/baocao", "10.500")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("?", "TV3 (mục"),
        ("quay lại", "Câu 5/10 · TV3"),
        ("bỏ qua", "Chưa có số liệu năm 2023 để so sánh"),
        ("mai gửi", "Hệ thống sẽ nhắc anh/chị về TV3"),
        ("TV1.3 9/10", "TV1.3 (Thư viện cấp xã"),
    ],
)
async def test_words_about_the_conversation_are_heard_there(
    lan: Person, said: str, told: str
) -> None:
    assert told in await tell(lan, "/baocao", "12.500", said)
