"""`/bieudo`: in words at once, in a picture as soon as it is drawn, for whoever may see it."""

from io import BytesIO

import pytest
from PIL import Image

from handlers.errands.asking import PICTURE, may_have
from plan.answers import Share
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.people import People
from storage.tables import Errand
from tests.handlers.scenes import Office


@pytest.fixture(autouse=True)
def figures(office: Office) -> None:
    office.reported("quan-1", 2023, {"TV1.3": Share(2, 20)})
    office.reported("quan-1", 2024, {"TV1.3": Share(9, 20), "TV2.3": Share(1, 20)})
    office.reported("quan-3", 2024, {"TV1.3": Share(2, 20)})
    office.approve("quan-3")


def pictures(telegram: Telegram, person: Person) -> list[Image.Image]:
    sent = [each.attachment["photo"] for each in person.messages if "photo" in each.attachment]
    files = telegram.world.files
    return [Image.open(BytesIO(files.find(each[-1]["file_id"]).upload.data)) for each in sent]


@pytest.mark.parametrize("said", ["/bieudo", "/bieudo TV1.3", "Biểu đồ TV1.3 Quận 1"])
async def test_a_picture_comes_after_its_words(
    lan: Person, office: Office, telegram: Telegram, said: str
) -> None:
    told = await lan.send(said)
    assert "45,0%, tạm tính" in told
    assert "mục tiêu 2025: 40%, 2030: 60%" in told
    await office.tick()
    (picture,) = pictures(telegram, lan)
    assert picture.width == 780
    assert "Biểu đồ tiến độ" in lan.last.text


async def test_the_words_say_all_that_is_drawn(hoa: Person) -> None:
    said = await hoa.send("/bieudo quan 1")
    assert "• TV1.3 Thư viện cấp xã có dịch vụ học tập suốt đời: 45,0%, tạm tính" in said
    assert "• TV2.3" in said
    assert "Chưa có số liệu: TV1.2" in said
    assert "• 2023: 10,0%, tạm tính" in await hoa.send("/bieudo TV1.3 quan 1")


async def test_nothing_to_draw_is_said(hoa: Person, office: Office, telegram: Telegram) -> None:
    assert "Chưa có số liệu để vẽ biểu đồ" in await hoa.send("/bieudo quan 4")
    await office.tick()
    assert pictures(telegram, hoa) == []


async def test_the_citys_picture_is_for_everybody(
    lan: Person, office: Office, telegram: Telegram
) -> None:
    await lan.send("/bieudo tp")
    await office.tick()
    assert len(pictures(telegram, lan)) == 1


async def test_another_agencys_is_not(lan: Person, office: Office, telegram: Telegram) -> None:
    assert "chỉ xem được thông tin của đơn vị" in await lan.send("/bieudo quan 3")
    await office.tick()
    assert pictures(telegram, lan) == []


@pytest.mark.parametrize(("agency", "may"), [("quan-1", True), ("quan-3", False), ("", True)])
def test_rights_are_asked_again_as_it_is_drawn_and_as_it_leaves(
    lan: Person, office: Office, agency: str, *, may: bool
) -> None:
    with office.app.database.transaction() as session:
        member = People(session).at("telegram", str(lan.chat_id))
    assert member
    wanted = {"agency": agency, "code": "", "year": 2024}
    row = Errand(
        kind=PICTURE,
        wanted=wanted,
        person_id=member.person_id,
        channel="telegram",
        address="101",
        not_before_at=office.now,
        asked_at=office.now,
    )
    assert may_have(member, row) is may
