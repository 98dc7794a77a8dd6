"""A report in the middle of which other things are asked, typed and pressed."""

from bot.app import App
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.scenes import Office, button, said_since


async def at_question_5(lan: Person) -> None:
    await lan.send("/baocao")
    for figure in ("12/15", "8/10", "3/4", "5/20"):
        await lan.send(figure)
        said = await lan.send("đúng")
    assert "Câu 5/10 · TV3" in said


async def test_reading_in_the_middle_leaves_the_question_where_it_was(cast: Cast) -> None:
    lan = cast.lan()
    await at_question_5(lan)
    for command in ("/tiendo", "/nhiemvu", "/trogiup", "/menu", "/start"):
        said = await lan.send(command)
        assert said.count("Câu 5/10 · TV3") == 1
    assert "năm 2023" in await lan.send("12.500")
    assert "năm 2023" in await lan.send("/tiendo")
    assert "12.500 lượt" in await lan.send("10.000")
    assert "12.500 lượt" in await lan.send("/nhiemvu")
    assert "Đã ghi nhận: TV3" in await lan.send("đúng")


async def test_an_unconfirmed_answer_survives_the_interruption(cast: Cast) -> None:
    lan = cast.lan()
    await lan.send("/baocao")
    await lan.send("12/15")
    said = await lan.send("/tiendo")
    assert said.endswith("TV1.2: Hệ thống hiểu là 12/15 (80,0%), đúng không ạ?")
    assert "Đã ghi nhận: TV1.2 – 12/15" in await lan.click("Đúng")


async def test_an_earlier_answer_is_changed_and_the_question_comes_back(cast: Cast) -> None:
    lan = cast.lan()
    await at_question_5(lan)
    assert "Hệ thống hiểu là 9/10 (90,0%)" in await lan.send("/sua TV1.3 9/10")
    said = await lan.send("đúng")
    assert "Đã ghi nhận: TV1.3 – 9/10 (90,0%)" in said
    assert "Câu 5/10 · TV3" in said


async def test_leaving_and_coming_back_the_next_day(cast: Cast) -> None:
    lan = cast.lan()
    await at_question_5(lan)
    await lan.send("/huy")
    said = await lan.send("/tieptuc")
    assert "Anh/chị đang ở câu 5/10" in said
    assert "TV1.3 Thư viện" in await lan.click("Xem các câu đã trả lời")
    await lan.send("/huy")
    await lan.send("tiep tuc")
    assert "Câu 5/10 · TV3" in await lan.send("tiep tuc")


async def test_a_button_of_yesterday_shows_the_question_of_today(
    app: App, telegram: Telegram, cast: Cast
) -> None:
    lan = cast.lan()
    await lan.send("/baocao")
    card = lan.last
    old = button(card, "Chưa có số liệu")
    await lan.send("12/15")
    await lan.send("đúng")
    before = len(lan.messages)
    await Office(app, telegram).press(card, old)
    (said,) = said_since(lan, before)
    assert "Nút này đã được sử dụng" in said
    assert "TV1.3" in said
