"""`/baocao`: one focal point, one report, question by question."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.app import App
from bot.settings import Settings
from plan.answers import Count, Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.scenes import Office, button


@pytest.fixture
async def restarted(
    settings: Settings, clock: PushedClock, monotonic: Callable[[], float]
) -> AsyncIterator[App]:
    """The bot started anew on the same database."""
    tokens = count(1)
    other = App(
        settings, clock=clock.now, monotonic=monotonic, new_token=lambda: f"r{next(tokens)}"
    )
    await other.start()
    yield other
    await other.close()


async def test_the_card_says_all_one_needs(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.2": Share(10, 15)})
    said = await lan.send("/baocao")
    assert "Gồm 10 câu. Hạn gửi: trước 05/11/2024 (hết thứ Hai, 04/11/2024)" in said
    assert "Câu 1/10 · TV1.2" in said
    assert "• Đạt: Số thư viện công cộng cấp huyện" in said
    assert "Số liệu tính đến ngày 16/09/2024" in said
    assert "Năm 2023: 10/15 (66,7%)" in said
    assert "Mục tiêu 2025: 70% · 2030: 90%" in said
    assert "12/15" in said


async def test_an_answer_counts_once_it_is_confirmed(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    assert "12/15 (80,0%), đúng không ạ?" in await lan.send("12/15")
    assert office.figures() == {}
    said = await lan.click("Đúng")
    assert "Đã ghi nhận: TV1.2 – 12/15 (80,0%)" in said
    assert "Câu 2/10 · TV1.3" in said
    kept = office.figures()["TV1.2"]
    assert (kept.numerator, kept.denominator, kept.words) == (12, 15, "12/15")


@pytest.mark.parametrize("yes", ["đúng", "dung roi", "Dạ đúng ạ.", "ok", "Vâng", "có"])
async def test_yes_can_be_typed(lan: Person, yes: str) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "Đã ghi nhận" in await lan.send(yes)


@pytest.mark.parametrize("no", ["không", "sai rồi", "nhập lại", "nhap lai"])
async def test_no_asks_the_same_question_again(lan: Person, office: Office, no: str) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "Câu 1/10" in await lan.send(no)
    assert office.figures() == {}


async def test_a_better_figure_replaces_the_one_to_confirm(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert "13/15 (86,7%)" in await lan.send("13/15")
    await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 13


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("nhiều lắm", "chưa đọc được số liệu"),
        ("15/12", "số đạt lớn hơn tổng số"),
        ("80%", "không nhập tỷ lệ phần trăm"),
        ("-1/5", "không thể là số âm"),
        ("5/0", "tổng số bằng 0"),
        ("<b>12", "“<b>12”"),
    ],
)
async def test_what_cannot_be_right_is_not_recorded(
    lan: Person, office: Office, said: str, why: str
) -> None:
    await lan.send("/baocao")
    answer = await lan.send(said)
    assert "Chưa ghi nhận" in answer
    assert why in answer
    assert office.figures() == {}
    assert "12/15 (80,0%)" in await lan.send("12/15")


async def test_half_an_answer_is_completed(lan: Person) -> None:
    await lan.send("/baocao")
    assert "Số đạt là 12. Anh/chị nhập tiếp tổng số" in await lan.send("12")
    assert "12/15 (80,0%)" in await lan.send("15")


@pytest.mark.parametrize(
    ("total", "answer"),
    [
        ("khoảng 15", "12/15 (80,0%)"),
        ("1,250", "12/1.250 (1,0%)"),
        ("5", "số đạt lớn hơn tổng số"),
        ("10/20", "10/20 (50,0%)"),
        ("2000000", "lớn bất thường"),
        ("Nhập lại", "Câu 1/10"),
        ("chưa có số liệu", "Hệ thống hiểu là chưa có số liệu"),
    ],
)
async def test_the_total_is_read_as_a_total(lan: Person, total: str, answer: str) -> None:
    await lan.send("/baocao")
    await lan.send("12")
    assert answer in await lan.send(total)


async def test_none_of_none_is_nothing_to_count(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("0")
    assert "Hệ thống hiểu là không có đối tượng" in await lan.send("0")


@pytest.mark.parametrize(
    ("label", "state"), [("Chưa có số liệu", "no_data"), ("Không có đối tượng", "no_object")]
)
async def test_no_figure_is_an_answer_of_its_own(
    lan: Person, office: Office, label: str, state: str
) -> None:
    await lan.send("/baocao")
    said = await lan.click(label)
    assert f"Đã ghi nhận: TV1.2 – {label.lower()}" in said
    assert "Câu 2/10" in said
    assert office.figures()["TV1.2"].state == state


async def test_skips_goes_back_and_answers_after_all(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    assert "Câu 2/10" in await lan.send("bỏ qua")
    said = await lan.send("quay lại")
    assert "Câu 1/10" in said
    assert "bỏ qua" in said
    await lan.send("12/15")
    await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 12


async def test_skipping_does_not_lose_what_was_answered(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    for words in ("12/15", "đúng", "quay lại", "bỏ qua"):
        await lan.send(words)
    assert office.figures()["TV1.2"].numerator == 12


async def test_before_the_first_question_there_is_none(lan: Person) -> None:
    await lan.send("/baocao")
    said = await lan.click("Quay lại")
    assert "Đây là câu đầu tiên" in said
    assert "Câu 1/10" in said


async def test_the_full_wording_is_at_hand(lan: Person) -> None:
    await lan.send("/baocao")
    said = await lan.click("Xem nguyên văn")
    assert "của Kế hoạch)" in said
    assert "Câu 1/10" in said


async def test_leaves_and_goes_on_where_it_was(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.send("đúng")
    assert "Đã lưu" in await lan.send("lưu, làm sau")
    said = await lan.send("/baocao")
    assert "Anh/chị đang ở câu 2/10" in said
    assert "Câu 2/10 · TV1.3" in said


async def test_a_restart_forgets_nothing(lan: Person, restarted: App, telegram: Telegram) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    telegram.settle = restarted.pump
    assert "Đã ghi nhận: TV1.2 – 12/15 (80,0%)" in await lan.click("Đúng")


async def test_growth_is_compared_with_last_year(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV3": Count(10_000)})
    await lan.send("/baocao")
    for _ in range(4):
        said = await lan.send("bỏ qua")
    assert "Năm 2023: 10.000 lượt" in said
    said = await lan.send("12.500")
    assert "12.500 lượt" in said
    assert "ăng 25,0% so với năm 2023" in said


async def test_only_what_the_agency_owns_is_asked(cast: Cast) -> None:
    said = await cast.minh().send("/baocao")
    assert "Sở Giáo dục và Đào tạo" in said
    assert "Câu 1/9 · TV1.4" in said


async def test_an_official_has_no_report_to_fill_in(hoa: Person) -> None:
    assert "không thuộc vai trò" in await hoa.send("/baocao")


async def test_an_earlier_year_can_be_filled_in(lan: Person, office: Office) -> None:
    said = await lan.send("/baocao 2023")
    assert "báo cáo năm 2023" in said
    assert "Số liệu tính đến ngày 31/10/2023" in said
    await lan.send("1/2")
    await lan.send("đúng")
    assert office.figures(year=2023)["TV1.2"].denominator == 2
    assert office.figures() == {}


@pytest.mark.parametrize("year", ["2022", "2025", "0000", "99999"])
async def test_other_years_have_no_report(lan: Person, year: str) -> None:
    said = await lan.send(f"/baocao {year}")
    assert "một năm trong thời gian thực hiện Kế hoạch" in said
    assert "/baocao 2024" in said


async def test_after_the_deadline_it_says_so(lan: Person, clock: PushedClock) -> None:
    clock.push_to(datetime(2024, 11, 4, 17, 0, tzinfo=UTC))
    said = await lan.send("/baocao")
    assert "Hạn gửi là trước 05/11/2024, nay đã quá hạn" in said
    assert "Câu 1/10" in said


async def test_two_focal_points_share_one_report(
    lan: Person, cast: Cast, office: Office, clock: PushedClock
) -> None:
    other = cast.member(111, "Bùi Văn Sơn", "quan-1", "focal")
    for person, answer in ((lan, "12/15"), (other, "13/15")):
        await person.send("/baocao")
        await person.send(answer)
    await lan.send("đúng")
    clock.push_to(clock.now() + timedelta(seconds=1))
    await other.send("đúng")
    assert office.figures()["TV1.2"].numerator == 13


async def test_a_pressed_yes_counts_once(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    card = lan.last
    await office.press(card, button(card, "Đúng"), times=2)
    assert set(office.figures()) == {"TV1.2"}
    assert "Câu 2/10" in lan.last.text


async def test_the_answer_stays_with_the_agency_it_was_asked_for(
    lan: Person, office: Office
) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    office.revoke(lan)
    office.appoint(lan, "quan-3", "focal")
    await lan.click("Đúng")
    assert office.figures("quan-1") == office.figures("quan-3") == {}


async def test_who_stands_for_two_agencies_is_asked_which(lan: Person, office: Office) -> None:
    office.appoint(lan, "quan-3", "focal")
    assert "đơn vị nào" in await lan.send("/baocao")
    assert "Ủy ban nhân dân Quận 3" in await lan.send("quận 3")
    await lan.send("12/15")
    await lan.send("đúng")
    assert office.figures("quan-3")["TV1.2"].numerator == 12
    assert office.figures("quan-1") == {}


async def test_who_stands_for_two_agencies_may_name_one(lan: Person, office: Office) -> None:
    office.appoint(lan, "quan-3", "focal")
    assert "Ủy ban nhân dân Quận 3" in await lan.send("/baocao quan 3 2024")
    assert "đơn vị do anh/chị làm đầu mối" in await lan.send("/baocao quan 5")
    assert "Quận 3" in await lan.send("/tiendo quan 3")
    assert "nhiều đơn vị" in await lan.send("/tiendo")
