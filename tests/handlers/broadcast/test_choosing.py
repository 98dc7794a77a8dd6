"""`/thongbao`: whom a notice is for, chosen or typed in words."""

import pytest

from sandbox.person import Person
from tests.cast import Cast
from tests.handlers.broadcast.press import Press
from tests.handlers.scenes import Office


@pytest.fixture
def town(cast: Cast) -> dict[str, Person]:
    """One focal point here and there, and an official."""
    return {
        "Lan": cast.lan(),
        "Minh": cast.minh(),
        "Hoa": cast.hoa(),
        "Ba": cast.member(110, "Trần Thị Ba", "quan-3", "focal"),
    }


SAID = {
    "1": "all",
    "Tất cả đầu mối": "role:focal",
    "các sở, ngành": "kind:department",
    "Quan 1": "agency:quan-1",
    "quận 1, Sở GD&ĐT": "agency:quan-1 agency:so-gddt",
    "đầu mối, lãnh đạo": "role:focal role:official",
    "quận huyện, trừ Quận 3": "kind:district -agency:quan-3",
    "tất cả, ngoại trừ quận huyện, các đài": "all -kind:district -kind:broadcaster",
    "tv 1.3; chưa báo cáo": "duty:TV1.3 not_reported",
    "IV.10.a, bị trả lại": "duty:IV.10.a returned",
}


@pytest.mark.usefixtures("town")
async def test_words_and_choices_are_read(thu: Person, office: Office, press: Press) -> None:
    office.return_("quan-1")
    await press.compose(thu, "1")
    read = {}
    for said in SAID:
        await thu.send("Đổi người nhận")
        await thu.send(said)
        read[said] = press.notice().audience
    assert read == SAID


async def test_who_has_reported_is_not_called_late(
    thu: Person, town: dict[str, Person], office: Office, press: Press
) -> None:
    office.reported("quan-1", 2024, {})
    await press.send(thu, "3")
    assert not town["Lan"].messages
    assert town["Ba"].messages


@pytest.mark.usefixtures("town")
async def test_what_is_not_understood_is_named_and_nothing_is_lost(
    thu: Person, press: Press
) -> None:
    said = await press.compose(thu, "các sở, phường trên mây, quận")
    assert "chưa hiểu: “phường trên mây”" in said
    assert "Chưa có gì thay đổi" in said
    assert "Xem trước" in await thu.send("các sở")


@pytest.mark.usefixtures("town")
async def test_several_agencies_that_fit_are_offered(thu: Person, press: Press) -> None:
    assert "“tân” có thể là: " in await press.compose(thu, "tân")


@pytest.mark.usefixtures("town")
async def test_names_come_on_demand_with_those_who_are_not_reached(
    thu: Person, press: Press
) -> None:
    await press.compose(thu, "quận 1, quận 4")
    said = await thu.send("Xem danh sách")
    assert "Quận 1: Nguyễn Thị Lan" in said
    assert "Chưa liên lạc được với ai: Quận 4" in said
    assert "Xem trước" in thu.last.text


@pytest.mark.usefixtures("town")
async def test_a_group_is_kept_under_a_name(thu: Person, press: Press) -> None:
    await press.compose(thu, "quận 1, quận 3")
    await thu.send("lưu nhóm")
    assert "Đã lưu nhóm “Cụm trung tâm”" in await thu.send("Cụm trung tâm")
    await thu.send("/huy")
    assert "gửi đến 2 người" in await press.compose(thu, "cum trung tam")
    await thu.send("Đổi người nhận")
    assert "gửi đến 1 người" in await thu.send("cum trung tam, trừ quận 3")


async def test_who_was_not_reached_last_time_is_reached_now(
    thu: Person, town: dict[str, Person], press: Press
) -> None:
    await press.compose(thu, "quận 1, quận 3")
    town["Lan"].chat.blocked = True
    await thu.send("gửi")
    await press.passes()
    town["Lan"].chat.blocked = False
    await town["Lan"].send("/menu")
    before = len(town["Ba"].messages)
    await press.send(thu, "chưa nhận được", text="Gửi lại")
    assert "Gửi lại" in town["Lan"].last.text
    assert len(town["Ba"].messages) == before


async def test_a_group_without_anybody_is_not_chosen(thu: Person, press: Press) -> None:
    said = await press.compose(thu, "4")
    assert "Chưa liên lạc được với ai trong nhóm này" in said
    assert "đến ai" in said


async def test_blocked_people_are_not_counted(
    thu: Person, town: dict[str, Person], press: Press
) -> None:
    await town["Lan"].block()
    said = await press.compose(thu)
    assert "gửi đến 2 người thuộc 2 đơn vị" in said
    assert "Còn 33 đơn vị chưa liên lạc được với ai" in said
