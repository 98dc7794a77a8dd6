import json
from datetime import date
from fractions import Fraction

import pytest

from plan.catalogue import Catalogue, Duty, Role, Target, Unit
from plan.loading import load


@pytest.fixture(scope="module")
def plan() -> Catalogue:
    return load()


def everything(plan: Catalogue) -> str:
    return json.dumps(plan.as_json() | {"corrections": []}, ensure_ascii=False)


def test_holds_what_the_plan_lists(plan: Catalogue) -> None:
    assert len(plan.indicators) == 17
    assert len(plan.groups) == 5
    assert len(plan.tasks) == 18
    assert len(plan.entries) == 10
    assert len(plan.assignments) == 23
    assert len(plan.campaign_days) == 5


def test_invents_neither_number_nor_date(plan: Catalogue) -> None:
    assert plan.number is None
    assert plan.date is None


@pytest.mark.parametrize(
    ("code", "in_2025", "in_2030"),
    [
        pytest.param("TV1.1", Target(100), Target(100), id="city-libraries"),
        pytest.param("TV1.3", Target(40), Target(60), id="commune-libraries"),
        pytest.param("TV1.6", Target(70), Target(90), id="school-libraries-service"),
        pytest.param("TV2.2", Target(60), Target(70), id="district-libraries-digital"),
        pytest.param("TV2.6", Target(70), Target(80), id="school-libraries-digital"),
        pytest.param("TV3", Target(10), Target(10, 15), id="library-visits"),
        pytest.param("BT1", Target(70), Target(100), id="museums"),
        pytest.param("VH1", Target(80), Target(100), id="centres"),
    ],
)
def test_maps_the_targets_position_by_position(
    plan: Catalogue, code: str, in_2025: Target, in_2030: Target
) -> None:
    indicator = plan.indicator(code)
    assert (indicator.target_2025, indicator.target_2030) == (in_2025, in_2030)


def test_asks_no_less_in_2030_than_in_2025(plan: Catalogue) -> None:
    assert all(item.target_2025.low <= item.target_2030.low for item in plan.indicators)


def test_counts_growth_without_a_denominator(plan: Catalogue) -> None:
    growing = [item for item in plan.indicators if item.unit is Unit.GROWTH]
    assert [item.code for item in growing] == ["TV3", "BT2"]
    assert [item.total for item in growing] == ["", ""]


def test_meets_a_band_at_its_lower_end() -> None:
    band = Target(10, 15)
    assert not band.met(Fraction(999, 100))
    assert band.met(Fraction(10))
    assert band.met(Fraction(16))


@pytest.mark.parametrize("slip", ["phần đầu", "Khu phố - Áp", "chuyên đổi số", "cung cấp, kiện"])
def test_shows_no_slip_of_the_circulated_copy(plan: Catalogue, slip: str) -> None:
    assert slip not in everything(plan)


def test_remembers_what_was_printed(plan: Catalogue) -> None:
    shown = {item.printed: item.shown for item in plan.corrections}
    assert shown["Khu phố - Áp"] == "Khu phố - Ấp"
    assert shown["phần đầu"] == "phấn đấu"


def test_leaves_right_what_only_looks_wrong(plan: Catalogue) -> None:
    assert "khách tham quan chọn bảo tàng để nghiên cứu" in plan.indicator("BT2").name
    assert "lồng ghép nội dung cụ thể vào nhiệm vụ vào" in plan.reporting.texts[0]


def test_keeps_the_letters_as_printed(plan: Catalogue) -> None:
    codes = [item.code for item in plan.assignments if item.entry == "IV.2"]
    assert codes == ["IV.2.a", "IV.2.c", "IV.2.d", "IV.2.đ", "IV.2.e"]
    assert plan.task("II.2.đ").text.endswith("đến năm 2035”.")


def test_labels_fit_a_phone(plan: Catalogue) -> None:
    assert max(len(item.short) for item in plan.indicators) <= 60
    assert max(len(item.short) for item in plan.tasks) <= 70
    assert max(len(item.short) for item in plan.assignments) <= 70


def test_has_the_districts_of_2023(plan: Catalogue) -> None:
    districts = [item.id for item in plan.agencies if item.kind == "district"]
    assert len(districts) == 22
    assert not {"quan-2", "quan-9", "quan-thu-duc"} & set(districts)
    assert plan.agency("tp-thu-duc").short == "TP Thủ Đức"
    assert plan.members("quan-huyen") == tuple(districts)


@pytest.mark.parametrize(
    ("agency", "duty"),
    [
        pytest.param("so-tc", Duty.REQUIRED, id="department"),
        pytest.param("huyen-can-gio", Duty.REQUIRED, id="district"),
        pytest.param("ubmttq", Duty.REQUESTED, id="front"),
        pytest.param("hoi-di-san", Duty.REQUESTED, id="association"),
        pytest.param("voh", Duty.ON_REQUEST, id="broadcaster"),
        pytest.param("cong-an", Duty.ON_REQUEST, id="police"),
    ],
)
def test_says_how_firmly_an_agency_reports(plan: Catalogue, agency: str, duty: Duty) -> None:
    assert plan.agency(agency).duty is duty


def test_has_one_standing_agency(plan: Catalogue) -> None:
    assert [item.id for item in plan.agencies if item.standing] == ["so-vhtt"]


def test_knows_no_agency_by_a_wrong_name(plan: Catalogue) -> None:
    with pytest.raises(KeyError):
        plan.members("quan-2")
    with pytest.raises(KeyError):
        plan.duties_of("quan-2")


def test_gives_a_district_the_duties_of_its_group(plan: Catalogue) -> None:
    duties = {item.code: item for item in plan.duties_of("quan-1")}
    assert duties["TV1.3"].role is Role.REPORT
    assert duties["II.1.d"].role is Role.COORDINATE
    assert duties["IV.10.c"].role is Role.LEAD
    assert "TV1.1" not in duties


def test_lets_leading_win_over_the_share_of_a_group(plan: Catalogue) -> None:
    duties = [item for item in plan.duties_of("so-vhtt") if item.code == "II.2.c"]
    assert [(item.holder, item.role) for item in duties] == [("so-vhtt", Role.LEAD)]


def test_proposes_indicators_and_tasks_but_not_assignments(plan: Catalogue) -> None:
    proposed = {item.code: item.proposed for item in plan.duties_of("so-tc")}
    assert proposed["II.4.c"]
    assert not proposed["IV.7"]


@pytest.mark.parametrize("code", ["IV.1.a", "IV.7", "IV.8.c", "IV.9.a"])
def test_reads_phoi_hop_as_coordinating(plan: Catalogue, code: str) -> None:
    assert plan.assignment(code).role is Role.COORDINATE


def test_prints_targets_as_numbers_or_bands(plan: Catalogue) -> None:
    shown = {item["code"]: item["target_2030"] for item in plan.as_json()["indicators"]}
    assert shown["VH2"] == 100
    assert shown["BT2"] == [10, 15]


def test_prints_both_holders_of_a_shared_assignment(plan: Catalogue) -> None:
    shown = {item["code"]: item["holder"] for item in plan.as_json()["assignments"]}
    assert shown["IV.4"] == "bo-tu-lenh, cong-an"
    assert shown["IV.10.a"] == "quan-huyen"


def test_prints_the_deadline_as_strict(plan: Catalogue) -> None:
    deadline = plan.as_json()["deadline"]
    assert (deadline["day"], deadline["month"], deadline["strict"]) == (5, 11, True)
    assert deadline["wording"] == "trước ngày 05 tháng 11"


def test_prints_days_and_spans(plan: Catalogue) -> None:
    days = {item["id"]: item for item in plan.as_json()["campaign_days"]}
    assert days["ngay-quoc-te-bao-tang"]["month"] == 5
    assert days["tuan-le-hoc-tap-suot-doi"]["to"] == {"month": 10, "day": 7}
    assert days["tuan-le-hoc-tap-suot-doi"]["awaiting_dispatch"] is True


def test_is_all_plain_json(plan: Catalogue) -> None:
    shown = plan.as_json()
    assert json.loads(json.dumps(shown)) == shown


def test_knows_the_swap_of_january_2026(plan: Catalogue) -> None:
    assert plan.calendar_days_off == {date(2026, 1, 2)}
    assert plan.calendar_make_up_days == {date(2026, 1, 10)}


def test_dates_a_campaign_in_any_year(plan: Catalogue) -> None:
    days = {item.id: item for item in plan.campaign_days}
    week = days["tuan-le-hoc-tap-suot-doi"]
    assert (week.first_on(2027), week.last_on(2027)) == (date(2027, 10, 1), date(2027, 10, 7))
    heritage = days["ngay-di-san-van-hoa"]
    assert heritage.first_on(2026) == heritage.last_on(2026) == date(2026, 11, 23)


def test_what_counts_districts_ends_with_them(plan: Catalogue) -> None:
    ends = {item.code: item.ends_on for item in plan.indicators if item.ends_on}
    assert ends == dict.fromkeys(("TV1.2", "TV2.2"), date(2025, 6, 30))
    parts = {part.code: part.ends_on for part in plan.indicator("VH1").parts}
    assert parts == {"thanh-pho": None, "cap-huyen": date(2025, 6, 30)}
