"""A marking of state secrets: refused in any state, told once, and nowhere in the system."""

from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, select

from bot.app import App
from sandbox import files
from sandbox.parameters import Upload
from sandbox.person import TINY_PNG, Person
from sandbox.telegram import Telegram
from storage.inbox import Inbox
from storage.tables import Evidence
from tests.handlers.scenes import Office

TOLD = "Hệ thống không nhận tin nhắn này."
PLACE = "Kho số 7 ở Bình Hưng"
SECRET = f"TUYỆT MẬT: {PLACE}"


def everything(app: App) -> str:
    """All rows of all tables, every byte of SQLite's files, and the files that people sent."""
    with app.database.transaction() as session:
        tables = SQLModel.metadata.sorted_tables
        found = [str(session.connection().execute(table.select()).all()) for table in tables]
    paths = [path for path in app.services.files.root.rglob("*") if path.is_file()]
    if app.database.is_sqlite:
        file = Path(app.database.url.database or "")
        paths += file.parent.glob(f"{file.name}*")
    return "\n".join([*found, *(path.read_text("utf-8", "ignore") for path in paths)])


@pytest.mark.parametrize("before", ["", "/baocao", "/loivan"])
async def test_it_is_refused_whatever_is_open(lan: Person, office: Office, before: str) -> None:
    asked = await lan.send(before) if before else ""
    said = await lan.send(SECRET)
    assert TOLD in said
    assert "xóa tin nhắn đó" in said
    assert asked.split("\n\n")[-1] in said
    assert PLACE not in everything(office.app)


async def test_in_the_middle_of_a_text_nothing_of_it_is_kept(lan: Person, office: Office) -> None:
    for typed in ("/loivan", "1", "Mở 3 lớp mới"):
        await lan.send(typed)
    assert "đã ghi 12/1.500" in await lan.send(f"{PLACE}\n(MẬT)")
    await lan.send("xong")
    assert "Mở 3 lớp mới" in everything(office.app)
    assert PLACE not in everything(office.app)


async def test_an_edit_may_bring_it_in(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    assert TOLD in await lan.edit(SECRET)
    assert PLACE not in everything(office.app)
    assert "Đã ghi nhận: TV1.2 – 12/15" in await lan.send("đúng")


async def test_a_file_with_such_a_caption_is_not_fetched(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    assert TOLD in await lan.send_document(PLACE.encode(), "a.txt", caption=SECRET)
    assert PLACE not in everything(office.app)
    with office.app.database.transaction() as session:
        assert not session.exec(select(Evidence)).all()


async def test_a_file_with_such_a_name_is_not_fetched(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    assert TOLD in await lan.send_document(PLACE.encode(), "BC_TUYET_MAT.txt")
    assert "TUYET_MAT" not in everything(office.app)


async def test_an_album_is_refused_as_a_whole_and_once(lan: Person, office: Office) -> None:
    await lan.send("/baocao")
    said = await lan.send_album(TINY_PNG, TINY_PNG, TINY_PNG, caption=SECRET)
    assert said.count(TOLD) == 1
    with office.app.database.transaction() as session:
        kept = [row.state for row in session.exec(select(Evidence))]
    assert kept == ["refused"]
    assert PLACE not in everything(office.app)


async def test_a_part_of_the_album_that_came_before_goes_too(
    lan: Person, office: Office, telegram: Telegram
) -> None:
    await lan.send("/baocao")
    for caption in ("", SECRET):
        upload = Upload("photo.png", "image/png", TINY_PNG)
        photo = files.photo(telegram.world.files.keep("photos", upload))
        telegram.world.say(lan.chat, caption, {**photo, "media_group_id": "77"})
        await telegram.settle()
    assert TOLD in lan.last.text
    assert not [path for path in office.app.services.files.root.rglob("*") if path.is_file()]
    with office.app.database.transaction() as session:
        kept = session.exec(select(Evidence).order_by(col(Evidence.id))).all()
        assert [row.state for row in kept] == ["removed", "refused"]


async def test_who_has_no_role_is_refused_alike(an: Person, office: Office) -> None:
    assert TOLD in await an.send(SECRET)
    assert PLACE not in everything(office.app)


async def test_an_update_that_cannot_be_handled_does_not_keep_it(office: Office) -> None:
    """Withheld before it is written: nothing that fails later can bring it back."""
    app, person = office.app, {"id": 101, "is_bot": False}
    update = {"update_id": 1, "message": {"from": person, "text": SECRET}}
    with app.database.transaction() as session:
        Inbox(session).take_in(app.bot.id, [update], office.now)
    await app.pump()
    assert PLACE not in everything(app)


async def test_a_harmless_word_goes_through(lan: Person, office: Office) -> None:
    for typed in ("/loivan", "1"):
        await lan.send(typed)
    assert TOLD not in await lan.send("Tập huấn bảo mật, quản lý mật khẩu")
    assert "bảo mật" in everything(office.app)
