"""`/duyet`: some figures are approved and locked, the others wait on or go back."""

import pytest

from sandbox.person import Person
from tests.handlers.approval.conftest import REASON, Court, say
from tests.handlers.scenes import Office


async def pick(hoa: Person, *said: str) -> str:
    return await say(hoa, "/duyet quan 1", *said, "duyệt")


def picked(office: Office) -> set[str]:
    figures = {code for code, row in office.figures().items() if row.approval_id}
    return figures | {code for code, row in office.statuses().items() if row.approval_id}


async def test_by_buttons(hoa: Person, sent: Person, office: Office, court: Court) -> None:
    await hoa.send("/duyet quan 1")
    assert "Anh/chị duyệt chỉ tiêu nào?" in await hoa.click("Duyệt một phần")
    await hoa.click("TV1.3")
    assert "Sẽ duyệt: TV1.3, IV.10.a" in await hoa.click("IV.10.a")
    said = await hoa.click("Tiếp tục")
    assert "• TV1.3: đã báo 8/10 (80,0%)" in said
    assert "Tiếp tục chờ duyệt: TV1.2, TV2.2" in said
    assert "Đã duyệt TV1.3, IV.10.a của" in await hoa.click("Duyệt")
    assert (picked(office), court.state()) == ({"TV1.3", "IV.10.a"}, "submitted")
    assert "đã được duyệt một phần: TV1.3, IV.10.a" in sent.last.text


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("TV1.3, VH2", {"TV1.3", "VH2"}),
        ("tv1.3,vh 2", {"TV1.3", "VH2"}),
        ("TV1.3 và VH2", {"TV1.3", "VH2"}),
        ("Tất cả trừ TV1.2, TV1.3, TV2.2, TV3, VH1, IV.10.a IV.10.b", {"TV2.3", "VH2", "IV.10.c"}),
    ],
)
@pytest.mark.usefixtures("sent")
async def test_by_typed_words(hoa: Person, office: Office, said: str, codes: set[str]) -> None:
    await pick(hoa, said)
    assert picked(office) == codes


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("BT1.1", "không có câu trả lời “BT1.1”"),
        ("TV1.3 nhé bạn", "không có câu trả lời “nhé bạn”"),
        ("tất cả trừ", "không có câu trả lời"),
    ],
)
@pytest.mark.usefixtures("sent")
async def test_what_names_no_figure_picks_none(
    hoa: Person, office: Office, said: str, told: str
) -> None:
    await say(hoa, "/duyet quan 1", "duyệt một phần")
    assert told in await hoa.send(said)
    assert not picked(office)


@pytest.mark.usefixtures("sent")
async def test_all_typed_is_all_of_it(hoa: Person, court: Court) -> None:
    said = await say(hoa, "/duyet quan 1", "duyệt một phần", "tất cả")
    assert "toàn bộ báo cáo được duyệt" in said
    await hoa.click("Duyệt")
    assert court.state() == "approved"


async def test_the_rest_is_approved_and_the_history_has_both(
    hoa: Person, sent: Person, court: Court
) -> None:
    await pick(hoa, "TV1.3")
    said = hoa.last.text
    assert "TV1.3" in said
    assert "Đã duyệt" in said
    assert "Đã duyệt: Ủy ban nhân dân Quận 1" in await hoa.click("Duyệt phần còn lại")
    assert court.state() == "approved"
    history = await sent.send("/lichsu")
    assert "duyệt một phần: Phạm Thị Hoa" in history
    assert "Đã duyệt: TV1.3." in history


async def test_what_is_approved_is_locked_and_the_others_are_not(
    hoa: Person, sent: Person, office: Office, court: Court
) -> None:
    await pick(hoa, "TV1.3")
    assert "TV1.3 đã được duyệt nên không sửa được nữa" in await sent.send("/sua TV1.3 9/10")
    assert court.state() == "submitted"
    said = await say(sent, "/sua TV2.3 6/20", "có", "đúng")
    assert "8/10 (80,0%) (đã duyệt)" in said
    assert "TV1.3 đã được duyệt" in await sent.send("/sua TV1.3 9/10")
    assert "• TV1.3: đã được duyệt" in await sent.send("TV1.3: 9/10\nVH2: 31/40")
    assert office.figures()["TV1.3"].numerator == 8
    await say(sent, "bỏ", "nộp")
    assert picked(office) == {"TV1.3"}


async def test_the_others_go_back_and_come_again(
    hoa: Person, sent: Person, office: Office, court: Court
) -> None:
    await pick(hoa, "TV1.3")
    assert "Đã duyệt từ trước: TV1.3" in await say(hoa, "/tralai quan 1", "TV1.3")
    await say(hoa, f"/tralai quan 1 TV2.3 {REASON}", "20/09", "trả lại")
    assert court.state() == "returned"
    assert "TV1.3 đã được duyệt" in await sent.send("/sua TV1.3 9/10")
    await say(sent, "/sua TV2.3 6/20", "đúng", "nộp")
    await say(hoa, "/duyet quan 1", "duyệt")
    assert (court.state(), office.figures()["TV2.3"].numerator) == ("approved", 6)


@pytest.mark.usefixtures("sent")
async def test_it_counts_as_approved_at_once(hoa: Person, thu: Person) -> None:
    await pick(hoa, "TV1.3")
    assert "1/22 đơn vị đã báo cáo" in await thu.send("/tiendo TV1.3")
    assert "tạm tính" not in thu.last.text.split("Theo đơn vị")[0]
    assert "tạm tính" in await thu.send("/tiendo TV2.3")
    await thu.send("/tiendo TV1.3 q1")
    assert "người duyệt: Phạm Thị Hoa" in "".join(each.text for each in thu.messages[-2:])


@pytest.mark.usefixtures("sent")
async def test_it_is_marked_in_the_list_and_on_the_card(hoa: Person) -> None:
    await pick(hoa, "TV1.3, VH2")
    assert "đã duyệt 2 câu trả lời" in await hoa.send("/duyet")


@pytest.mark.usefixtures("sent")
async def test_two_officials_at_once(hoa: Person, thu: Person, office: Office) -> None:
    await say(hoa, "/duyet quan 1", "TV1.3, VH2")
    await pick(thu, "TV1.3")
    assert "Đã duyệt từ trước: TV1.3" in await hoa.send("duyệt")
    assert picked(office) == {"TV1.3"}


async def test_what_changed_meanwhile_is_not_approved(
    hoa: Person, sent: Person, office: Office
) -> None:
    await say(hoa, "/duyet quan 1", "TV1.3")
    await say(sent, "/sua TV1.3 9/10", "có", "đúng", "nộp")
    assert "TV1.3: 8/10 (80,0%) → 9/10 (90,0%)" in await hoa.send("duyệt")
    assert not picked(office)


async def test_nobody_picks_from_their_own(sent: Person, office: Office) -> None:
    office.appoint(sent, "so-vhtt", "official")
    await sent.send("/duyet quan 1")
    assert "Duyệt một phần" not in str(sent.buttons)
    await say(sent, "TV1.3", "duyệt")
    assert not picked(office)


@pytest.mark.usefixtures("sent")
async def test_the_right_is_asked_for_at_the_press(hoa: Person, office: Office) -> None:
    await say(hoa, "/duyet quan 1", "TV1.3")
    office.revoke(hoa)
    office.appoint(hoa, "quan-3", "official")
    assert "không còn quyền" in await hoa.click("Duyệt")
    assert not picked(office)


@pytest.mark.usefixtures("sent")
async def test_it_can_be_left(hoa: Person, office: Office) -> None:
    assert "Chưa duyệt gì" in await say(hoa, "/duyet quan 1", "TV1.3", "không")
    assert "Chưa duyệt gì" in await say(hoa, "/duyet quan 1", "TV1.3", "/huy")
    assert not picked(office)


@pytest.mark.usefixtures("sent")
async def test_opened_again_nothing_of_it_is_approved(
    hoa: Person, office: Office, court: Court
) -> None:
    await pick(hoa, "TV1.3")
    assert "Đã duyệt một phần: TV1.3" in await hoa.send("/molai quan 1")
    await hoa.send("Đơn vị đính chính bằng văn bản")
    assert (picked(office), court.state()) == (set(), "submitted")
