"""A compound indicator: the whole, and its parts for whoever has them."""

from collections.abc import Callable

import pytest

from plan.answers import Share
from sandbox.person import Person
from storage.reports import Reports
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office

Parts = dict[str, Share]


@pytest.fixture
def lan(lan: Person, office: Office) -> Person:
    """All answered but VH2: a share of two groups."""
    office.drafted("quan-1", {code: FIGURES[code] for code in FIGURES if code != "VH2"}, STATUSES)
    return lan


@pytest.fixture
def hoa(cast: Cast, office: Office) -> Person:
    """A focal point asked for BT1 next: a share of two conditions."""
    hoa = cast.member(103, "Phạm Thị Hoa", "so-vhtt", "focal")
    office.drafted("so-vhtt", *office.all_skipped("so-vhtt", but="BT1"))
    return hoa


@pytest.fixture
def parts(office: Office) -> Callable[[str, str], Parts]:
    def kept(agency_id: str, code: str) -> Parts:
        with office.app.database.transaction() as session:
            report = Reports(session).of(agency_id, 2024)
            assert report
            return Reports(session).parts(report).get(code, {})

    return kept


async def tell(person: Person, *texts: str) -> str:
    said = ""
    for text in texts:
        said = await person.send(text)
    return said


async def test_the_whole_alone_takes_two_messages(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "30/40")
    assert "VH2: Hệ thống hiểu là 30/40 (75,0%)" in said
    assert "Số này gộp các nhóm: Trung tâm văn hóa, thể thao cấp xã; Điểm sinh hoạt" in said
    assert "Đã ghi nhận: VH2 – 30/40 (75,0%)" in await lan.send("đúng")
    assert office.figures()["VH2"].denominator == 40


async def test_groups_are_pooled_and_confirmed_once(
    lan: Person, office: Office, parts: Callable[[str, str], Parts]
) -> None:
    assert "VH2, phần 1/2" in await tell(lan, "/baocao", "nhập từng phần")
    said = await tell(lan, "10/15", "20/25")
    assert "VH2: Hệ thống hiểu là 30/40 (75,0%), đúng không ạ?" in said
    assert "• Trung tâm văn hóa, thể thao cấp xã: 10/15 (66,7%)" in said
    assert "• Điểm sinh hoạt văn hóa Khu phố - Ấp: 20/25 (80,0%)" in said
    said = await lan.send("đúng")
    assert "Trung tâm văn hóa, thể thao cấp xã: 10/15 (66,7%); Điểm sinh hoạt" in said
    assert parts("quan-1", "VH2") == {"cap-xa": Share(10, 15), "khu-pho-ap": Share(20, 25)}
    assert office.figures()["VH2"].words == "10/15; 20/25"


async def test_the_whole_is_kept_before_its_groups_are_asked_for(
    lan: Person, office: Office
) -> None:
    said = await tell(lan, "/baocao", "30/40", "đúng, nhập từng phần")
    assert "Đã ghi nhận: VH2 – 30/40 (75,0%)" in said
    assert "VH2, phần 1/2: Trung tâm văn hóa, thể thao cấp xã" in said
    assert office.figures()["VH2"].numerator == 30


async def test_the_last_group_is_offered_as_what_is_left(
    lan: Person, parts: Callable[[str, str], Parts]
) -> None:
    await tell(lan, "/baocao", "30/40", "từng phần", "10/15")
    assert "20/25 (80,0%)" in [label for row in lan.buttons for label in row]
    await lan.click("20/25")
    await lan.send("đúng")
    assert parts("quan-1", "VH2")["khu-pho-ap"] == Share(20, 25)


async def test_a_group_one_does_not_have(lan: Person, parts: Callable[[str, str], Parts]) -> None:
    said = await tell(lan, "/baocao", "từng phần", "không có đối tượng", "20/25")
    assert "20/25 (80,0%), đúng không ạ?" in said
    assert "• Trung tâm văn hóa, thể thao cấp xã: không có đối tượng" in said
    await lan.send("đúng")
    assert parts("quan-1", "VH2")["cap-xa"] == Share(0, 0)


async def test_no_group_at_all_is_nothing_to_count(lan: Person) -> None:
    await tell(lan, "/baocao", "từng phần", "không có đối tượng")
    assert "Hệ thống hiểu là không có đối tượng" in await lan.click("Không có đối tượng")


async def test_groups_that_do_not_make_the_whole_are_told(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "30/40", "từng phần", "10/15", "20/26")
    assert "Tổng các phần khác với số chung 30/40 (75,0%)" in said
    assert "Hệ thống hiểu là 30/41 (73,2%)" in said
    await lan.send("đúng")
    assert office.figures()["VH2"].denominator == 41


@pytest.mark.parametrize("said", ["chỉ có số chung", "số chung", "bỏ qua", "chưa có số liệu"])
async def test_nobody_is_forced_to_split(lan: Person, office: Office, said: str) -> None:
    await tell(lan, "/baocao", "30/40", "từng phần")
    assert "Rà soát trước khi nộp" in await lan.send(said)
    assert office.figures()["VH2"].numerator == 30


async def test_without_a_whole_the_card_comes_back(lan: Person) -> None:
    assert "Câu 7/10 · VH2" in await tell(lan, "/baocao", "từng phần", "chỉ có số chung")


async def test_a_group_that_cannot_be_changes_nothing(lan: Person) -> None:
    said = await tell(lan, "/baocao", "từng phần", "15/12")
    assert "số đạt lớn hơn tổng số" in said
    assert "phần 2/2" in await lan.send("12/15")


async def test_the_review_shows_the_groups(lan: Person) -> None:
    said = await tell(lan, "/baocao", "từng phần", "10/15", "20/25", "đúng")
    assert "30/40 (75,0%) (Trung tâm văn hóa, thể thao cấp xã: 10/15 (66,7%);" in said


async def test_conditions_lie_between_the_whole_and_the_total(hoa: Person) -> None:
    said = await tell(hoa, "/baocao", "5/12")
    assert "chỉ tính nơi đạt đủ các phần" in said
    said = await hoa.send("từng phần")
    assert "BT1, phần 1/2: Đạt phần chương trình giáo dục" in said
    assert "Nhập từ 5 đến 12" in said
    assert "phải từ 5 (số đạt tất cả các phần) đến 12" in await hoa.send("4")
    assert "phần 2/2" in await hoa.send("8/12")


async def test_conditions_that_overlap_too_much_are_refused(hoa: Person) -> None:
    await tell(hoa, "/baocao", "5/12", "từng phần", "9")
    assert "ít nhất 6 nơi phải đạt tất cả các phần" in await hoa.send("9")
    assert "5/12 (41,7%), đúng không ạ?" in await hoa.send("8")


async def test_conditions_are_kept_with_the_whole(
    hoa: Person, office: Office, parts: Callable[[str, str], Parts]
) -> None:
    await tell(hoa, "/baocao", "5/12", "từng phần", "8", "9", "đúng")
    assert office.figures("so-vhtt")["BT1"].numerator == 5
    assert parts("so-vhtt", "BT1") == {"giao-duc": Share(8, 12), "khong-gian-so": Share(9, 12)}


async def test_conditions_may_be_skipped(hoa: Person, office: Office) -> None:
    said = await tell(hoa, "/baocao", "5/12", "từng phần", "chỉ có số chung")
    assert "Rà soát" in said
    assert office.figures("so-vhtt")["BT1"].numerator == 5


async def test_progress_shows_the_groups_too(lan: Person) -> None:
    await tell(lan, "/baocao", "từng phần", "10/15", "20/25", "đúng", "nộp")
    assert "Trung tâm văn hóa, thể thao cấp xã: 10/15 (66,7%)" in await lan.send("/tiendo")


async def test_an_answer_with_another_code_is_no_part(lan: Person, office: Office) -> None:
    said = await tell(lan, "/baocao", "từng phần", "TV1.3 9/10")
    assert "TV1.3 (Thư viện cấp xã" in said
    assert "VH2, phần 1/2" in await lan.send("đúng")
    assert office.figures()["TV1.3"].numerator == 9


async def test_estimated_groups_make_an_estimate(lan: Person) -> None:
    said = await tell(lan, "/baocao", "từng phần", "khoảng 10/15", "20/25")
    assert "Hệ thống hiểu là ước 30/40" in said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("?", "VH2 (mục"),
        ("mai gửi", "Hệ thống sẽ nhắc anh/chị về VH2"),
        ("chưa có", "là ba câu trả lời khác nhau"),
    ],
)
async def test_a_group_may_be_asked_about_or_put_off(lan: Person, said: str, told: str) -> None:
    assert told in await tell(lan, "/baocao", "từng phần", said)


async def test_the_same_whole_again_keeps_its_groups(
    lan: Person, parts: Callable[[str, str], Parts]
) -> None:
    await tell(lan, "/baocao", "từng phần", "10/15", "20/25", "đúng")
    assert "10/15 (66,7%)" in await tell(lan, "/sua VH2 30/40")
    await lan.send("đúng")
    assert parts("quan-1", "VH2")["khu-pho-ap"] == Share(20, 25)


async def test_another_whole_says_that_its_groups_go(
    lan: Person, parts: Callable[[str, str], Parts]
) -> None:
    await tell(lan, "/baocao", "từng phần", "10/15", "20/25", "đúng")
    assert "từng phần đã ghi nhận trước đó sẽ không còn" in await tell(lan, "/sua VH2 31/40")
    await lan.send("đúng")
    assert parts("quan-1", "VH2") == {}


async def test_a_colleague_s_whole_does_not_lose_one_s_groups(
    lan: Person, vy: Person, parts: Callable[[str, str], Parts]
) -> None:
    await tell(lan, "/baocao", "từng phần", "10/15", "20/25")
    await tell(vy, "/baocao", "30/40", "đúng")
    assert "Đã ghi nhận: VH2 – 30/40" in await lan.send("đúng")
    assert len(parts("quan-1", "VH2")) == 2
