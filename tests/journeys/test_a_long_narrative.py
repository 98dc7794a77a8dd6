"""A long text in five messages, with an interruption, a restart and one message too long."""

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office
from tests.journeys.conftest import Start

PARTS = [
    "Năm 2024, Quận 1 mở 12 lớp kỹ năng số cho 480 người cao tuổi tại 10 phường.",
    "Thư viện quận phục vụ 12.500 lượt, trong đó 3.200 lượt đọc từ xa.",
    "Huy động vốn xã hội hóa được 150 triệu đồng cho tủ sách cơ sở.",
    "Báo cáo của các phường cho thấy 8/10 trung tâm đạt chuẩn.",
    "Tiến độ chung đạt mục tiêu của Kế hoạch.",
]


async def begin(app: App, telegram: Telegram, clock: PushedClock) -> Person:
    """Three messages, and a look at the figures between them."""
    lan = Cast(app.database, telegram, clock.now).lan()
    Office(app, telegram).drafted("quan-1", FIGURES, STATUSES)
    assert "• Kết quả nổi bật: chưa có" in await lan.send("/baocao")
    await lan.click("Phần lời văn")
    assert "nhập “xong”" in await lan.click("Kết quả nổi bật")
    assert f"đã ghi {len(PARTS[0])}/1.500 ký tự" in await lan.send(PARTS[0])
    await lan.send(PARTS[1])
    assert "Anh/chị gửi tiếp hoặc bấm Xong" in await lan.send("/tiendo")
    await lan.send(PARTS[2])
    return lan


async def test_a_long_text_is_kept_word_for_word(
    start: Start, telegram: Telegram, clock: PushedClock
) -> None:
    async with start() as app:
        lan = await begin(app, telegram, clock)
    async with start():
        await lan.send(PARTS[3])
        assert "chỉ còn chỗ cho" in await lan.send("a" * 1400)
        await lan.send(PARTS[4])
        assert "\n".join(PARTS) in await lan.send("xong")
        await lan.click("Quay lại")
        review = await lan.click("Xong phần lời văn")
        assert f"• Kết quả nổi bật: {PARTS[0][:59].rstrip()}…" in review
        assert "BC-2024-0001/1" in await lan.click("Nộp báo cáo")
