"""Ten answers in a row that cannot be read, and a person at the end of it."""

from bot.app import App
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.scenes import Office

MADE_UP = (
    "nhiều lắm",
    "cũng kha khá",
    "chắc là ổn",
    "trời ơi",
    "sao khó vậy",
    "bot ơi",
    "🤷",
    "abc",
    "máy dở quá",
    "thôi chịu",
)


async def test_ten_failures_end_with_help(app: App, telegram: Telegram, cast: Cast) -> None:
    lan, thu, office = cast.lan(), cast.thu(), Office(app, telegram)
    await lan.send("/baocao")
    before = len(lan.messages)
    for words in MADE_UP:
        assert f"“{words}”" in await lan.send(words)
    assert len(lan.messages) == before + len(MADE_UP)
    assert office.figures() == {}
    assert "!" not in "".join(message.text for message in lan.messages)

    assert "Đã chuyển đề nghị hỗ trợ" in await lan.click("Nhờ cán bộ Sở hỗ trợ")
    assert "“thôi chịu”" in thu.last.text

    assert "12/15 (80,0%)" in await lan.send("12/15")
    assert "Câu 2/10" in await lan.send("đúng")
    assert "• Đạt" not in await lan.send("xyz")
