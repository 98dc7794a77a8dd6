"""Agencies as officials type them."""

import pytest

from handlers.lookup import search
from plan.catalogue import Catalogue
from storage.agencies import NamedAgency


@pytest.fixture(scope="module")
def agencies(catalogue: Catalogue) -> list[NamedAgency]:
    return [
        NamedAgency(item.id, item.name, item.short, item.kind, item.duty, item.standing)
        for item in catalogue.agencies
    ]


@pytest.fixture
def found(agencies: list[NamedAgency], catalogue: Catalogue, said: str) -> list[str]:
    return [agency.id for agency in search(said, agencies, catalogue).agencies]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("q1", "quan-1"),
        ("Q.1", "quan-1"),
        ("q 1", "quan-1"),
        ("1", "quan-1"),
        ("quan 1", "quan-1"),
        ("Quận 10", "quan-10"),
        ("QUẬN 11", "quan-11"),
        ("ubnd quan 12", "quan-12"),
        ("UBND Q1", "quan-1"),
        ("phòng văn hóa quận 1", "quan-1"),
        ("so vhtt", "so-vhtt"),
        ("Sở Văn hóa", "so-vhtt"),
        ("so giao duc", "so-gddt"),
        ("mat tran", "ubmttq"),
        ("tan phu", "quan-tan-phu"),
        ("Tân Bình", "quan-tan-binh"),
        ("binh tan", "quan-binh-tan"),
        ("cu chi", "huyen-cu-chi"),
        ("cuchi", "huyen-cu-chi"),
        ("thu duc", "tp-thu-duc"),
        ("Quận Thủ Đức", "tp-thu-duc"),
        ("huyen-can-gio", "huyen-can-gio"),
    ],
)
def test_is_certain(found: list[str], wanted: str) -> None:
    assert found == [wanted]


@pytest.mark.parametrize("said", ["xã cần giờ", "phuong tan phu", "Quận Củ Chi"])
def test_a_body_of_another_kind_is_asked_about(
    said: str, agencies: list[NamedAgency], catalogue: Catalogue
) -> None:
    found = search(said, agencies, catalogue)
    assert found.certain is None
    assert found.agencies


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("cu cih", "huyen-cu-chi"),
        ("tan phuu", "quan-tan-phu"),
        ("thu duuc", "tp-thu-duc"),
        ("binh thah", "quan-binh-thanh"),
        ("can goi", "huyen-can-gio"),
    ],
)
def test_sees_through_typing_errors(found: list[str], wanted: str) -> None:
    assert found[0] == wanted


@pytest.mark.parametrize(
    ("said", "among"),
    [
        ("binh", {"quan-binh-tan", "quan-binh-thanh", "quan-tan-binh", "huyen-binh-chanh"}),
        ("tân", {"quan-binh-tan", "quan-tan-binh", "quan-tan-phu"}),
        ("phu", {"quan-phu-nhuan", "quan-tan-phu"}),
        ("dai", {"htv", "voh"}),
        ("so", {"so-vhtt", "so-gddt", "so-tc"}),
    ],
)
def test_asks_where_several_fit(found: list[str], among: set[str]) -> None:
    assert among <= set(found)


@pytest.mark.parametrize("said", ["quận 2", "quan 9", "quận 13", "q13", "xyz", "hcm", "12/15"])
def test_never_guesses_another_number(found: list[str]) -> None:
    assert found == []


@pytest.mark.parametrize("said", ["<b>", "", " ", "🤷", "%", "'; DROP TABLE agency; --"])
def test_nonsense_names_no_agency_for_certain(found: list[str]) -> None:
    assert len(found) != 1


@pytest.mark.parametrize("accents", [True, False], ids=["with accents", "by id"])
def test_every_agency_is_found_by_its_own_name(
    agencies: list[NamedAgency], catalogue: Catalogue, *, accents: bool
) -> None:
    for agency in agencies:
        for said in (agency.name, agency.short) if accents else (agency.id,):
            assert search(said, agencies, catalogue).certain == agency
