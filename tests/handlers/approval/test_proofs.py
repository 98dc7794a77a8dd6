"""`/minhchung quan 1` of those who review: the files come as they were sent."""

import pytest

from bot.app import App
from handlers.approval import proofs
from handlers.language import words_for
from sandbox.chats import Message
from sandbox.person import TINY_PNG, Person
from sandbox.telegram import Telegram
from storage.files import Files
from storage.people import People
from tests.handlers.approval.conftest import say
from tests.handlers.files.documents import PDF
from tests.handlers.scenes import FIGURES, STATUSES, Office


@pytest.fixture
async def shown(lan: Person, office: Office) -> Person:
    """Lan, who has sent the report of District 1 with a photo and a file for TV1.3."""
    office.drafted("quan-1", FIGURES, STATUSES)
    await lan.send("/minhchung TV1.3")
    await lan.send_photo()
    await lan.send_document(PDF, "bien-ban.pdf", "TV1.3")
    await say(lan, "/baocao", "nộp")
    return lan


async def opened(person: Person, said: str) -> list[Message]:
    heard = len(person.messages)
    await person.send(said)
    return [each for each in person.messages[heard:] if each.attachment]


@pytest.mark.usefixtures("shown")
async def test_the_card_opens_them(hoa: Person, telegram: Telegram) -> None:
    assert "Xem minh chứng: /minhchung quan-1 2024" in await hoa.send("/duyet quan 1")
    await hoa.click("Xem minh chứng")
    assert "• TV1.3: ảnh (PNG, 1 KB)" in hoa.messages[-2].text
    assert "Anh/chị có duyệt báo cáo này không?" in hoa.last.text, "the question stays open"
    await hoa.click("Mở TV1.3 (2)")
    photo, document = [each for each in hoa.messages if each.attachment]
    assert "Minh chứng số 1 cho TV1.3, biên nhận BC-2024-0001/1" in photo.text
    ids = photo.attachment["photo"][-1]["file_id"], document.attachment["document"]["file_id"]
    assert [telegram.world.files.find(each).upload.data for each in ids] == [TINY_PNG, PDF]


@pytest.mark.parametrize("said", ["/minhchung quan 1 TV1.3", "minh chứng quận 1 2024 tv 1.3"])
@pytest.mark.usefixtures("shown")
async def test_it_may_be_typed(hoa: Person, said: str) -> None:
    assert len(await opened(hoa, said)) == 2


@pytest.mark.usefixtures("shown")
async def test_of_a_figure_without_any_the_others_are_listed(hoa: Person) -> None:
    assert "Không có minh chứng nào cho VH2" in await hoa.send("/minhchung quan 1 VH2")
    assert "• TV1.3: ảnh" in hoa.last.text


async def test_none_at_all(hoa: Person, office: Office) -> None:
    office.reported("quan-1", 2024, FIGURES)
    assert "không có minh chứng nào" in await hoa.send("/minhchung quan 1")
    await hoa.send("/duyet quan 1")
    assert "Xem minh chứng" not in str(hoa.buttons)


async def test_what_is_gone_is_said_to_be_gone(hoa: Person, shown: Person, app: App) -> None:
    for path in app.settings.files_dir.rglob("*"):
        if path.is_file():
            path.unlink()
    assert not await opened(hoa, "/minhchung quan 1 TV1.3")
    assert "Hệ thống không còn giữ tệp này" in hoa.last.text
    assert "Minh chứng số 2 cho TV1.3" in hoa.last.text
    assert shown.last.text


@pytest.mark.usefixtures("shown")
async def test_a_leader_opens_those_of_their_own_agency_only(
    leader: Person, office: Office
) -> None:
    assert len(await opened(leader, "/minhchung quan 1 TV1.3")) == 2
    office.revoke(leader)
    office.appoint(leader, "quan-3", "official")
    assert not await opened(leader, "/minhchung quan 1 TV1.3")


@pytest.mark.usefixtures("shown")
async def test_the_right_is_asked_for_as_the_file_leaves(
    hoa: Person, app: App, office: Office
) -> None:
    office.revoke(hoa)
    with app.database.transaction() as session:
        member = People(session).at("telegram", str(hoa.chat_id))
        assert member
        files, words = Files(app.settings.files_dir), words_for("vi")
        made = proofs.render(words, member, {"evidence": 1}, session, files)
    assert made == "not for this person any more"


async def test_whoever_does_both_has_their_own_as_before(shown: Person, office: Office) -> None:
    office.appoint(shown, "so-vhtt", "official")
    assert "Minh chứng – Ủy ban nhân dân Quận 1" in await shown.send("/minhchung")
    assert len(await opened(shown, "/minhchung quan 1 TV1.3")) == 2


@pytest.mark.usefixtures("shown")
async def test_many_come_in_parts(hoa: Person, lan: Person) -> None:
    await say(lan, "/sua TV2.3 6/20", "có", "đúng")
    for _ in range(11):
        await lan.send_document(PDF, "anh.pdf", "VH2")
    await say(lan, "/baocao", "nộp")
    assert len(await opened(hoa, "/minhchung quan 1 VH2")) == 10
    assert "Còn 1 tệp." in hoa.last.text
    await hoa.click("Xem tệp tiếp")
    assert len([each for each in hoa.messages if each.attachment]) == 11
