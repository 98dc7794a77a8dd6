"""`/danhmuc`: who sees what of the register."""

import pytest

from sandbox.person import Person
from tests.handlers.papers import Papers
from tests.handlers.register.shelves import Shelves


@pytest.fixture
def shelves(shelves: Shelves) -> Shelves:
    """Libraries of two districts."""
    shelves.stock("quan-1", "TV1.3", 3)
    shelves.stock("quan-3", "TV1.3", 2)
    shelves.stock("quan-1", "VH2", 70)
    return shelves


@pytest.mark.usefixtures("shelves")
async def test_a_focal_point_sees_their_own_agencys(lan: Person) -> None:
    said = await lan.send("/danhmuc")
    assert "Ủy ban nhân dân Quận 1 – danh mục thiết chế ngày 16/09/2024" in said
    assert "Thư viện công cộng cấp xã: 3\n1. Thư viện số 1" in said
    assert "/loivan" in said
    assert "… và 10 mục nữa" in said


@pytest.mark.usefixtures("shelves")
async def test_and_no_other_agencys(lan: Person) -> None:
    assert "Thư viện số" not in await lan.send("/danhmuc quận 3")
    assert "Thư viện số" not in await lan.send("/danhmuc mau quận 3")


@pytest.mark.usefixtures("shelves")
async def test_officials_see_all(hoa: Person) -> None:
    said = await hoa.send("/danhmuc")
    assert "Thư viện công cộng cấp xã: 5" in said
    assert "2 đơn vị đã có danh mục" in said
    assert "Thư viện công cộng cấp xã: 2" in await hoa.send("/danhmuc quan 3")
    assert "Nhập từ tệp" not in str(hoa.buttons)


@pytest.mark.usefixtures("shelves")
async def test_one_category_by_its_code(hoa: Person) -> None:
    said = await hoa.send("/danhmuc quan 1 tv2.3")
    assert "Thư viện công cộng cấp xã: 3" in said
    assert "Khu phố" not in said


async def test_nothing_listed_is_said(lan: Person, hoa: Person) -> None:
    assert "Chưa có danh mục cho phần này" in await lan.send("/danhmuc")
    assert "Danh mục chưa có thiết chế nào" in await hoa.send("/danhmuc")


async def test_an_unclear_agency_is_asked_about(
    hoa: Person, shelves: Shelves, papers: Papers
) -> None:
    shelves.stock("quan-tan-binh", "TV1.3", 1)
    await hoa.send("/danhmuc mau bình")
    await hoa.click("Quận Tân Bình")
    assert papers.sheet(hoa)[1][:1] == ["Quận Tân Bình"]


@pytest.mark.usefixtures("shelves")
async def test_a_focal_points_file_has_their_own_agency(lan: Person, papers: Papers) -> None:
    await lan.send("/danhmuc")
    await lan.click("Tải Excel")
    assert {row[0] for row in papers.sheet(lan)[1:]} == {"Quận 1"}


@pytest.mark.usefixtures("shelves")
async def test_administrators_find_the_way_to_change_it(thu: Person) -> None:
    await thu.send("/danhmuc")
    assert "Anh/chị gửi danh mục" in await thu.click("Nhập từ tệp")
    assert "Danh mục giữ nguyên" in await thu.click("Không gửi tệp")
