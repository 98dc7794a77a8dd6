"""A year that was closed is shown as it was then, whatever is written afterwards."""

import pytest

from plan.answers import Share
from sandbox.person import Person
from storage.freezing import Frozen
from storage.people import People
from storage.years import Year
from tests.handlers.scenes import Office


def close(office: Office, year: int) -> None:
    catalogue = office.app.services.catalogue
    with office.app.database.transaction() as session:
        by = People(session).welcome("telegram", "900", "Sếp Lớn", office.now)
        draft = Frozen(session).draft(catalogue, Year(year, office.now.date()))
        kept = {"channel": "telegram", "now": office.now}
        Frozen(session).freeze(draft, reason="", person_id=by, **kept)  # type: ignore[arg-type]  # a plain dict of keywords


@pytest.fixture(autouse=True)
def closed_and_corrected(office: Office) -> None:
    """Closed with 1/2; what is recorded later says 2/2."""
    office.reported("quan-1", 2023, {"TV1.3": Share(1, 2)})
    office.approve("quan-1", 2023)
    close(office, 2023)
    office.drafted("quan-1", {"TV1.3": Share(2, 2)}, {}, year=2023)


@pytest.mark.parametrize(
    "said",
    [
        "/tiendo 2023",
        "/tiendo quan 1 2023",
        "/tiendo TV1.3 2023",
        "/visao TV1.3 2023",
        "/visao TV1.3 quan 1 2023",
        "/bieudo TV1.3 2023",
    ],
)
async def test_every_view_shows_what_was_closed(hoa: Person, said: str) -> None:
    shown = await hoa.send(said)
    assert "50,0%" in shown
    assert "2/2" not in shown


async def test_it_says_that_the_year_is_closed(hoa: Person) -> None:
    told = "Năm đã chốt (CN-2023/1, ngày 16/09/2024): hiển thị đúng như khi chốt."
    assert told in await hoa.send("/tiendo 2023")
    assert told in await hoa.send("/tiendo quan 1 2023")
    assert "Năm đã chốt" not in await hoa.send("/tiendo")


async def test_the_words_typed_since_can_still_be_traced(hoa: Person) -> None:
    said = await hoa.send("/tiendo TV1.3 quan 1 2023")
    assert "1/2 (50,0%)" in said
    assert "Số liệu: 2/2 (100,0%)" in said
