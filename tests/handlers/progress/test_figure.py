"""From a percentage down to the words that somebody typed, and why it is judged as it is."""

from plan.answers import NoData, Share
from sandbox.person import Person
from tests.handlers.scenes import STATUSES, Office


async def test_a_figure_leads_back_to_who_typed_it(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12 trên 15")
    await lan.click("Đúng")
    said = await lan.send("/tiendo TV1.2")
    assert "Nguyên văn: “12 trên 15” – Nguyễn Thị Lan, 09:00 16/09/2024" in said
    assert "Báo cáo chưa nộp" in said


async def test_what_was_answered_before_stays_readable(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.click("Đúng")
    await lan.send("/sua TV1.2 13/15")
    await lan.click("Đúng")
    said = await lan.send("/tiendo TV1.2")
    assert said.index("13/15") < said.index("Các lần trả lời trước") < said.index("12/15")


async def test_it_says_which_files_show_it(lan: Person) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    await lan.click("Đúng")
    await lan.send("/minhchung TV1.2")
    await lan.send_photo()
    assert "Minh chứng: 1 tệp" in await lan.send("/tiendo TV1.2")


async def test_an_official_traces_the_city_to_the_words_in_two_presses(
    lan: Person, hoa: Person, office: Office
) -> None:
    office.drafted("quan-1", {"TV1.3": Share(1, 2)}, STATUSES)
    await lan.send("/sua TV1.3 mười hai trên bốn mươi")
    await lan.click("Đúng")
    office.submit("quan-1")
    await hoa.send("/tiendo")
    await hoa.click("Tiến độ TV1.3")
    assert "Nguyên văn: “mười hai trên bốn mươi” – Nguyễn Thị Lan" in await hoa.click("Quận 1")


async def test_why_gives_clause_formula_numbers_and_sources(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.3": Share(12, 20)})
    office.reported("quan-3", 2024, {"TV1.3": Share(2, 20)})
    office.reported("quan-4", 2024, {"TV1.3": NoData()})
    said = await hoa.send("Vì sao TV1.3")
    assert "Căn cứ: Kế hoạch, điểm I.2.a gạch 1: đến năm 2025 đạt 40%" in said
    assert "Công thức: 100 × tổng số đạt ÷ tổng số = 100 × 14 ÷ 40 = 35,0%" in said
    assert "So sánh: 35,0% thấp hơn 40%" in said
    assert "• Quận 3, năm 2024: 2/20 (10,0%) · số liệu đến ngày 16/09/2024 · bản ghi số" in said
    assert "• chưa có số liệu: Quận 4" in said


async def test_why_of_one_agency(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, {"TV1.3": Share(12, 20)})
    await hoa.send("/tiendo quan 1 TV1.3")
    said = await hoa.click("Vì sao TV1.3 Quận 1")
    assert "Vì sao – TV1.3, Ủy ban nhân dân Quận 1, năm 2024" in said
    assert "100 × 12 ÷ 20 = 60,0%" in said


async def test_why_wants_to_know_of_what(hoa: Person) -> None:
    assert "Anh/chị cho biết mã chỉ tiêu, ví dụ /visao TV1.3" in await hoa.send("/visao")


async def test_asking_why_of_something_else_is_no_command(hoa: Person) -> None:
    assert "Chưa hiểu" in await hoa.send("vì sao phải báo cáo?") or "chưa hiểu" in hoa.last.text
