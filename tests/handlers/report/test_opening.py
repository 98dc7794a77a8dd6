"""`/baocao`: one focal point, one report, question by question."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.app import App
from bot.settings import Settings
from plan.answers import Share
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.scenes import Office


@pytest.fixture
async def restarted(
    settings: Settings, clock: PushedClock, monotonic: Callable[[], float]
) -> AsyncIterator[App]:
    """Another bot on the same database, not started yet."""
    tokens = count(1)
    other = App(
        settings, clock=clock.now, monotonic=monotonic, new_token=lambda: f"r{next(tokens)}"
    )
    yield other
    await other.close()


async def test_the_card_says_all_one_needs(lan: Person, office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.2": Share(10, 15)})
    said = await lan.send("/baocao")
    assert (
        "Gồm 10 câu. Hạn nộp: trước 05/11/2024 (hết thứ Hai, 04/11/2024, còn 35 ngày làm việc)."
        in said
    )
    assert "Câu 1/10 · TV1.2" in said
    assert "• Đạt: Số thư viện công cộng cấp huyện" in said
    assert "Số liệu tính đến ngày 16/09/2024" in said
    assert "Năm 2023: 10/15 (66,7%)" in said
    assert "Mục tiêu 2025: 70% · 2030: 90%" in said
    assert "12/15" in said


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


async def test_a_restart_forgets_nothing(
    lan: Person, app: App, restarted: App, telegram: Telegram
) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    await app.desks[0].run(app.leasing.give_up)
    await restarted.start()
    telegram.settle = restarted.pump
    assert "Đã ghi nhận: TV1.2 – 12/15 (80,0%)" in await lan.click("Đúng")


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
    assert "Hạn nộp: trước 05/11/2024 (hết thứ Hai, 04/11/2024), nay đã quá hạn" in said
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
    assert "Nguyễn Thị Lan vừa nhập 12/15" in await other.send("đúng")
    await other.click("Thay bằng")
    assert office.figures()["TV1.2"].numerator == 13


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


@pytest.mark.parametrize("said", ["/baocao quan binh tan", "/baocao quận binh tan 2024"])
async def test_another_agencys_name_never_opens_ones_own(
    lan: Person, office: Office, said: str
) -> None:
    assert "đơn vị do anh/chị làm đầu mối" in await lan.send(said)
    assert office.report_of("quan-1") is None


async def test_a_button_names_its_agency_exactly(lan: Person, office: Office) -> None:
    await lan.send("/menu")
    await office.press(lan.last, "c:baocao quan-11 2024")
    assert "đơn vị do anh/chị làm đầu mối" in lan.last.text


async def test_a_misspelt_name_of_ones_own_is_understood(cast: Cast) -> None:
    tan = cast.member(130, "Lê Thị Tân", "quan-tan-binh", "focal")
    assert "Quận Tân Bình" in await tan.send("/baocao quan tan bih")


async def test_nothing_to_ask_opens_no_report(cast: Cast, office: Office) -> None:
    friend = cast.member(131, "Ngô Thị Mai", "hoi-thu-vien", "focal")
    assert "chưa có báo cáo để nhập" in await friend.send("/baocao")
    assert office.report_of("hoi-thu-vien") is None


async def test_last_years_skipped_or_unsent_answer_is_not_shown(
    lan: Person, office: Office
) -> None:
    office.drafted("quan-1", {"TV1.2": Share(1, 2), "TV1.3": None}, {}, year=2023)
    assert "Năm 2023" not in await lan.send("/baocao")
    assert "Năm 2023" not in await lan.send("bỏ qua")


async def test_going_back_from_a_duty_that_has_moved(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    office.unassign("quan-1", "TV1.2")
    assert "Câu 1/9 · TV1.3" in await lan.send("quay lại")
