"""`/vuongmac`: what stands in the agencies' way, for whoever records it at the standing agency."""

from typing import Any

import pytest

from bot.app import App
from handlers.reminding.difficulties import PER_PAGE
from sandbox.person import Person
from storage.narratives import Narratives
from storage.reports import Reports
from tests.handlers.papers import Papers
from tests.handlers.scenes import Office

BLOCKED = {"IV.10.a": "blocked", "IV.10.b": "done"}


def written(app: App, agency_id: str, text: str) -> None:
    """In the report's own words."""
    with app.database.transaction() as session:
        report = Reports(session).open(agency_id, 2024, app.clock())
        told: dict[str, Any] = {"person_id": 1, "channel": "telegram", "now": app.clock()}
        Narratives(session).write(report, "results", "Tốt", **told)
        Narratives(session).write(report, "difficulties", text, **told)


async def test_what_was_recorded_is_listed_by_agency(
    lan: Person, hoa: Person, office: Office, app: App
) -> None:
    await lan.send("/viec IV.10.a vướng mắc chưa có <kinh phí>")
    written(app, "quan-1", "Thiếu người làm công tác thư viện.")
    office.drafted("quan-3", {}, BLOCKED)
    said = await hoa.send("/vuongmac")
    assert "Tất cả cơ quan, đơn vị – khó khăn, vướng mắc năm 2024" in said
    general, task = said.index("• nội dung chung: Thiếu người"), said.index("• IV.10.a")
    assert said.index("Quận 1") < general < task < said.index("Quận 3")
    assert "chưa có <kinh phí> (Nguyễn Thị Lan, 09:00 16/09/2024)" in said
    assert "IV.10.b" not in said
    assert "Tốt" not in said


async def test_what_was_overcome_is_listed_no_more(lan: Person) -> None:
    await lan.send("/viec IV.10.a vướng mắc chưa có kinh phí")
    assert "chưa có kinh phí" in await lan.send("/vuongmac")
    await lan.send("/viec IV.10.a xong")
    assert "Chưa ghi nhận khó khăn, vướng mắc nào" in await lan.send("/vuongmac")


async def test_a_focal_point_sees_their_own(lan: Person, office: Office) -> None:
    office.drafted("quan-3", {}, BLOCKED, notes={"IV.10.a": "việc của Quận 3"})
    assert "Quận 3" not in await lan.send("/vuongmac")
    assert "chỉ xem được thông tin của đơn vị" in await lan.send("/vuongmac quận 3")
    assert "chỉ xem được thông tin của đơn vị" in await lan.send("/vuongmac quan 3 excel")


async def test_an_official_may_name_an_agency_and_a_year(hoa: Person, office: Office) -> None:
    office.drafted("quan-3", {}, BLOCKED, year=2023, notes={"IV.10.a": "mưa"})
    assert "Quận 3 – khó khăn, vướng mắc năm 2023" in await hoa.send("/vuongmac quận 3 2023")
    assert "mưa" not in await hoa.send("/vuongmac quận 3")
    assert "/vuongmac 2024" in await hoa.send("/vuongmac 2050")


async def test_many_come_by_pages(hoa: Person, office: Office) -> None:
    for number in range(1, PER_PAGE + 2):
        if number not in {2, 9}:
            office.drafted(f"quan-{number}", {}, BLOCKED)
    office.drafted("quan-10", {}, BLOCKED)
    office.drafted("quan-11", {}, BLOCKED)
    said = await hoa.send("/vuongmac")
    assert "Trang 1/2." in said
    assert said.count("• IV.10.a") == PER_PAGE
    assert (await hoa.click("Trang sau")).count("• IV.10.a") == 1


@pytest.mark.parametrize("form", ["excel", "csv"])
async def test_all_of_it_as_a_file(thu: Person, office: Office, papers: Papers, form: str) -> None:
    note = "Chờ bố trí kinh phí. " * 40
    office.drafted("quan-1", {}, BLOCKED, notes={"IV.10.a": note})
    assert note not in await thu.send("/vuongmac")
    await thu.send(f"/vuongmac 2024 {form}")
    rows = papers.sheet(thu) if form == "excel" else papers.table(thu)
    assert rows[1][0] == "Quận 1"
    assert rows[1][2] == note
    assert papers.name(thu).startswith("vuong-mac-tat-ca-2024.")


async def test_the_word_alone_answers_how_a_task_stands(lan: Person, office: Office) -> None:
    figures, statuses = office.all_skipped("quan-1", "IV.10.a")
    office.drafted("quan-1", figures, statuses)
    await lan.send("/baocao")
    assert "đơn vị – khó khăn" not in await lan.send("vướng mắc")
