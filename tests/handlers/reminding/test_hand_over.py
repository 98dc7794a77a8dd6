"""`/bangiao`: the old role ends when the new one is there, and no agency is left alone unseen."""

from datetime import timedelta

import pytest

from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.people import People
from tests.cast import Cast
from tests.handlers.scenes import Office, button, said_since


@pytest.fixture
def long(cast: Cast) -> Person:
    """An official of District 1: no focal point."""
    return cast.member(108, "Phan Bảo Long", "quan-1", "official")


def focal(office: Office) -> list[str]:
    """The chats of the focal points of District 1."""
    with office.app.database.transaction() as session:
        return [each.address for each in People(session).holding("focal", agencies=["quan-1"])]


async def say(person: Person, *words: str) -> str:
    said = ""
    for word in words:
        said = await person.send(word)
    return said


@pytest.mark.parametrize(
    "ways",
    [["/bangiao", "1", "đúng"], ["bàn giao", "Phan Bảo Long", "đúng"], ["/bangiao long", "đúng"]],
)
async def test_to_a_known_colleague_at_once(
    lan: Person, long: Person, thu: Person, office: Office, ways: list[str]
) -> None:
    said = await say(lan, *ways)
    assert "Đã bàn giao: Phan Bảo Long là đầu mối báo cáo của Ủy ban nhân dân Quận 1" in said
    assert "Nguyễn Thị Lan đã bàn giao cho anh/chị" in long.last.text
    assert "Nguyễn Thị Lan đã bàn giao vai trò đầu mối báo cáo cho Phan Bảo Long" in thu.last.text
    assert focal(office) == ["108"]
    assert "Hệ thống chỉ phục vụ người được mời" in await lan.send("/baocao")


async def test_the_draft_goes_with_it_and_the_question_is_closed(
    lan: Person, long: Person, office: Office
) -> None:
    await say(lan, "/baocao", "12/15", "đúng")
    said = await say(lan, "/bangiao long", "đúng")
    assert "câu hỏi đang mở đã khép lại" in said
    assert "Câu 2/10" not in said
    assert "Câu 2/10" in await long.send("/baocao")
    assert office.figures()["TV1.2"].numerator == 12


async def test_the_question_of_another_agency_stays(
    lan: Person, long: Person, office: Office
) -> None:
    office.appoint(lan, "quan-3", "focal")
    await lan.send("/baocao quan 3")
    await say(lan, "/bangiao", "quận 1")
    said = await say(lan, "long", "đúng")
    assert "Câu 1/" in said
    assert focal(office) == ["108"]
    assert "đã bàn giao cho anh/chị" in long.last.text


async def test_to_somebody_who_is_invited_first(
    lan: Person, an: Person, thu: Person, office: Office
) -> None:
    await say(lan, "/baocao", "/bangiao", "mời", "đúng")
    card = next(m for m in lan.messages if "/start" in m.text)
    assert "lời mời người nhận bàn giao" in (await lan.send("/bangiao")).lower()
    assert focal(office) == ["101"]
    token = card.text.split("/start ")[1].split()[0]
    await say(an, f"/start {token}", "đúng", "đồng ý", "Võ Bình An")
    assert focal(office) == ["105"]
    assert "Đã bàn giao: Võ Bình An là đầu mối" in lan.last.text
    assert "bàn giao vai trò đầu mối báo cáo cho Võ Bình An" in thu.last.text
    assert "Hệ thống chỉ phục vụ" in await lan.send("12/15")


async def test_the_invitation_can_be_withdrawn(lan: Person, an: Person, office: Office) -> None:
    await say(lan, "/bangiao", "mời", "đúng")
    token = next(m for m in lan.messages if "/start" in m.text).text.split("/start ")[1].split()[0]
    assert "Anh/chị vẫn là đầu mối" in await lan.click("Rút lời mời")
    assert "không hợp lệ" in await an.send(f"/start {token}")
    assert focal(office) == ["101"]
    assert "không có lời mời nào đang chờ" in await lan.send("/bangiao rut")


async def test_a_colleague_who_left_meanwhile_gets_nothing(
    lan: Person, long: Person, office: Office
) -> None:
    await lan.send("/bangiao long")
    office.revoke(long)
    assert "không còn vai trò tại đơn vị" in await lan.send("đúng")
    assert focal(office) == ["101"]


@pytest.mark.parametrize("leaves", ["/huy", "giữ nguyên"])
@pytest.mark.usefixtures("long")
async def test_it_can_be_left(lan: Person, office: Office, leaves: str) -> None:
    await lan.send("/baocao")
    said = await say(lan, "/bangiao long", leaves)
    assert "Câu 1/10" in said
    assert focal(office) == ["101"]


async def test_a_doubled_press_hands_over_once(lan: Person, long: Person, office: Office) -> None:
    await lan.send("/bangiao long")
    await office.press(lan.last, button(lan.last, "Đúng"), times=2)
    assert [m.text for m in long.messages if "bàn giao" in m.text] == [long.last.text]
    assert focal(office) == ["108"]


async def test_who_leaves_by_deletion_is_pointed_to_a_hand_over(lan: Person, thu: Person) -> None:
    assert "nhập /bangiao để bàn giao trước" in await lan.send("/xoadulieu")
    await lan.send("xóa")
    assert "không còn ai" in thu.last.text


async def test_an_agency_that_is_left_alone_is_told_when_it_happens(
    lan: Person, vy: Person, thu: Person, office: Office, clock: PushedClock
) -> None:
    for person in (lan, vy):
        await say(person, "/xoadulieu", "xóa")
    clock.push_to(clock.now() + timedelta(days=3))
    before = len(thu.messages)
    await office.tick()
    told = [text for text in said_since(thu, before) if "không còn đầu mối" in text]
    assert len(told) == 1
    assert "Ủy ban nhân dân Quận 1" in told[0]


async def test_a_deputy_who_leaves_leaves_nobody_alone(lan: Person, long: Person) -> None:
    await say(lan, "/uyquyen 16/9 - 20/9 long", "đúng")
    assert "/bangiao" not in await long.send("/xoadulieu")
