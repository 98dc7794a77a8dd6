"""A figure is corrected the way people correct things on a phone: by editing the message."""

from bot.app import App
from sandbox.chats import Message
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.scenes import Office


def message(person: Person, text: str) -> Message:
    mine = [each for each in person.chat.messages.values() if not each.from_bot]
    return next(each for each in mine if each.text == text)


async def test_an_edit_before_during_and_after(app: App, telegram: Telegram, cast: Cast) -> None:
    lan, office = cast.lan(), Office(app, telegram)
    await lan.send("/baocao")

    await lan.send("12/51")
    assert "12/15 (80,0%), đúng không ạ?" in await lan.edit("12/15")
    await lan.send("đúng")
    assert "8/10" in await lan.send("8/10")

    first = message(lan, "12/15")
    said = await lan.edit("13/15", first)
    assert "muốn sửa TV1.2 từ 12/15 (80,0%) thành 13/15 (86,7%)" in said
    assert office.figures()["TV1.2"].numerator == 12
    said = await lan.click("Đúng")
    assert "Đã ghi nhận: TV1.2 – 13/15 (86,7%)" in said
    assert "TV1.3: Hệ thống hiểu là 8/10" in said
    await lan.click("Đúng")

    await lan.send("/baocao")
    office.submit("quan-1")
    await lan.send("/huy")
    assert "đã nộp trong báo cáo năm 2024 là 13/15" in await lan.edit("14/15", first)
    assert office.figures()["TV1.2"].numerator == 13

    await lan.send("/sua TV1.2 14/15")
    await lan.click("Tiếp tục sửa")
    assert "Đã ghi nhận: TV1.2 – 14/15" in await lan.click("Đúng")
