"""A notice from the first word to the last answer, as the phones show it: `docs/notices.md` is
this story's output.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import Settings
from sandbox.chats import Message
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.cast import Cast

PAGE = Path(__file__).parent.parent.parent / "docs" / "notices.md"
WRITE = "WRITE_NOTICES"
HEAD = """# Đường đi của một thông báo

Trang này do `tests/journeys/test_notices_page.py` ghi lại từ chính cuộc trò chuyện với Hệ thống;
sửa lời trong `locales/vi`, rồi chạy `WRITE_NOTICES=1 .venv/bin/python -m pytest
tests/journeys/test_notices_page.py`. Chữ trong ngoặc vuông là nút bấm; ở đây từ hai người nhận trở
lên đã cần quản trị viên thứ hai duyệt.
"""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"notice_approval_above": 1})


@dataclass
class Story:
    app: App
    telegram: Telegram
    clock: PushedClock
    people: dict[str, Person]
    lines: list[str] = field(default_factory=lambda: [HEAD])
    seen: dict[tuple[str, int], str] = field(default_factory=dict)

    def chapter(self, title: str) -> None:
        self.lines.append(f"## {title}\n")

    async def says(self, who: str, text: str) -> None:
        await self._does(f"**{who}** nhập: `{text}`", self.people[who].send(text))

    async def presses(self, who: str, label: str) -> None:
        await self._does(f"**{who}** bấm [{label}]", self.people[who].click(label))

    async def passes(self, seconds: float) -> None:
        self.clock.push_to(self.clock.now() + timedelta(seconds=seconds))
        for _ in range(2):
            await self.app.tick()
            await self.telegram.settle()
            self.clock.push_to(self.clock.now() + timedelta(seconds=4))
        self.tell()

    async def comes(self, moment: datetime) -> None:
        self.clock.push_to(moment)
        await self.passes(0)

    async def _does(self, told: str, act: Awaitable[str]) -> None:
        self.lines.append(f"{told}\n")
        await act
        self.tell()

    def tell(self) -> None:
        """What is new or changed on each phone."""
        for name, person in self.people.items():
            gone = [key for key in self.seen if key[0] == name]
            for message in person.messages:
                key, shown = (name, message.message_id), read(message)
                gone = [other for other in gone if other != key]
                if self.seen.get(key) not in {shown, None}:
                    self.lines.append(f"{name} thấy tin trước được sửa:\n\n{quoted(shown)}\n")
                elif key not in self.seen:
                    self.lines.append(f"{name} nhận:\n\n{quoted(shown)}\n")
                self.seen[key] = shown
            for key in gone:
                self.lines.append(f"{name} không còn thấy tin: “{self.seen.pop(key)[:40]}…”\n")


def read(message: Message) -> str:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    linked = [[f"[{button['text']}]" for button in row if "url" not in button] for row in rows]
    opened = [[f"[{button['text']} ↗]" for button in row if "url" in button] for row in rows]
    kind = "".join(f"({kind})\n" for kind in message.attachment if kind in {"photo", "document"})
    buttons = [" ".join(row) for row in [*opened, *linked] if row]
    return f"{kind}{message.text}" + "".join(f"\n{row}" for row in buttons)


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() + "  " for line in text.splitlines())


@pytest.fixture
def story(app: App, telegram: Telegram, clock: PushedClock, cast: Cast) -> Story:
    binh = cast.member(107, "Đặng Thái Bình", "so-vhtt", "admin")
    people = {"Thu": cast.thu(), "Bình": binh, "Lan": cast.lan(), "Minh": cast.minh()}
    return Story(app, telegram, clock, people)


async def told(story: Story) -> str:
    for chapter in CHAPTERS:
        await chapter(story)
    return "\n".join(story.lines)


async def composed(story: Story) -> None:
    story.chapter("Soạn, chọn người nhận, xem trước")
    await story.says("Thu", "/thongbao")
    await story.says("Thu", "Kính mời {xung_ho} {ten} ({don_vi}) dự Ngày Sách lúc 9h ngày 20/9.")
    await story.says("Thu", "các sở, quận 1, trừ các hội")
    await story.says("Thu", "Nút liên kết")
    await story.says("Thu", "Xem chương trình https://example.gov.vn/ngay-sach")
    await story.says("Thu", "Xem danh sách")
    await story.says("Thu", "gửi thử")


async def agreed(story: Story) -> None:
    story.chapter("Bốn mắt: không duyệt, sửa, duyệt, hoàn tác")
    await story.says("Thu", "gửi")
    await story.says("Thu", "/thongbao 1 duyet")
    await story.presses("Bình", "Không duyệt")
    await story.says("Thu", "/thongbao 1")
    await story.says("Thu", "gửi")
    await story.presses("Bình", "Duyệt gửi")
    await story.presses("Bình", "Hoàn tác")
    await story.presses("Bình", "1. Gửi")
    story.chapter("Gửi, tiến độ, kết quả")
    await story.passes(31)
    story.chapter("Hoàn tác khi đã muộn")
    await story.says("Thu", "/thongbao 1 hoantac")


async def answered(story: Story) -> None:
    story.chapter("Đã nhận, hỏi và trả lời")
    await story.presses("Lan", "Đã nhận")
    await story.presses("Minh", "Hỏi lại")
    await story.says("Minh", "Tôi có thể cử người đi thay không?")
    await story.presses("Thu", "Trả lời")
    await story.says("Thu", "Được, đề nghị đơn vị gửi tên trước ngày 19/9.")
    await story.says("Thu", "/thongbao 1 chuanhan")
    story.chapter("Nhắc lại cho người chưa xác nhận")
    await story.presses("Thu", "Nhắc lại những người này")
    await story.says("Thu", "gửi")
    await story.passes(31)


async def corrected(story: Story) -> None:
    story.chapter("Đính chính và thu hồi")
    await story.says("Thu", "/thongbao 1 dinhchinh")
    await story.says("Thu", "Kính mời {xung_ho} {ten} dự Ngày Sách lúc 14h ngày 20/9.")
    await story.says("Thu", "gửi")
    await story.presses("Bình", "Duyệt gửi")
    await story.passes(31)
    await story.says("Thu", "/thongbao 1 thuhoi")
    await story.presses("Thu", "Thu hồi")
    await story.passes(4)


async def came_round(story: Story) -> None:
    story.chapter("Tắt thông báo chiến dịch")
    await story.says("Minh", "/tatthongbao")
    story.chapter("Chiến dịch hằng năm: bản nháp được soạn, duyệt và gửi")
    await story.says("Thu", "/thongbao lich")
    await story.comes(datetime(2024, 9, 17, 1, 0, tzinfo=UTC))
    await story.presses("Thu", "Gửi theo lịch")
    await story.comes(datetime(2024, 10, 1, 1, 0, tzinfo=UTC))


CHAPTERS: tuple[Callable[[Story], Awaitable[None]], ...] = (
    composed,
    agreed,
    answered,
    corrected,
    came_round,
)


async def test_the_page_shows_the_whole_way(story: Story) -> None:
    made = await told(story)
    if os.environ.get(WRITE):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made
