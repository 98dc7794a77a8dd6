"""Every kind of answer about progress on one page, as it is read: `docs/tiendo.md`.

`WRITE_TIENDO=1 pytest tests/handlers/progress/test_page.py` writes it and its pictures anew.
"""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import App
from plan.answers import Count, NoData, NoObject, Share
from plan.catalogue import Role
from sandbox.chats import Message
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.approvals import Approvals, Official
from storage.people import People
from storage.reports import Reports
from storage.tables import Agency, AgencyName, Responsibility
from tests.cast import Cast
from tests.handlers.scenes import Given, Office

DOCS = Path(__file__).parents[3] / "docs"
PAGE, PICTURES = DOCS / "tiendo.md", DOCS / "pictures"
WRITE = "WRITE_TIENDO"
NOW = datetime(2026, 10, 26, 2, 0, tzinfo=UTC)
CODES = ("TV1.3", "TV2.3", "TV3", "VH2")
WARDS = {
    "phuong-ben-thanh": "Phường Bến Thành",
    "phuong-sai-gon": "Phường Sài Gòn",
    "phuong-tan-dinh": "Phường Tân Định",
    "xa-can-gio": "Xã Cần Giờ",
}
HEAD = """# Mọi câu trả lời về tiến độ

Trang này do `tests/handlers/progress/test_page.py` tạo ra từ chính Hệ thống (ngày 26/10/2026); sửa
lời trong `locales/vi`, rồi chạy `WRITE_TIENDO=1 .venv/bin/python -m pytest
tests/handlers/progress/test_page.py`. Đơn vị, con người, số liệu là giả định. Chữ trong ngoặc vuông
là nút bấm; sau dấu ❯ là câu đã nhập.
"""
SCENES = (
    ("Đầu mối: đơn vị của mình", "lan", "/tiendo"),
    ("Đầu mối: một chỉ tiêu, nguồn số liệu", "lan", "/tiendo TV1.3"),
    ("Đầu mối: toàn Thành phố, không nêu tên đơn vị", "lan", "/tiendo toàn thành phố"),
    ("Đầu mối: hỏi về đơn vị khác", "lan", "/tiendo sai gon"),
    ("Cán bộ: toàn Thành phố", "hoa", "/tiendo"),
    ("Cán bộ: một năm đã qua", "hoa", "/tiendo 2025"),
    ("Cán bộ: một chỉ tiêu, từng đơn vị", "hoa", "/tiendo TV1.3"),
    ("Cán bộ: nguồn của một số liệu", "hoa", "Tiến độ TV1.3 Phường Sài Gòn"),
    ("Cán bộ: chỉ tiêu đã hết đối tượng", "hoa", "/tiendo TV1.2"),
    ("Cán bộ: mức tăng bình quân", "hoa", "/tiendo TV3"),
    ("Cán bộ: mã chưa rõ", "hoa", "/tiendo TV1"),
    ("Vì sao", "hoa", "Vì sao TV1.3"),
    ("Vì sao: mức tăng", "hoa", "/visao TV3"),
    ("Dự báo", "hoa", "/dubao TV1.3"),
    ("Dự báo: mọi chỉ tiêu", "lan", "/dubao"),
    ("Đơn vị chưa nộp", "hoa", "/chuanop"),
    ("Đơn vị chưa nộp, trang sau", "hoa", "/chuanop trang 2"),
    ("Nhắc một đơn vị", "hoa", "Nhắc Phường Bến Thành"),
    ("Biểu đồ: mọi chỉ tiêu", "hoa", "/bieudo"),
    ("Biểu đồ: một chỉ tiêu qua các năm", "hoa", "/bieudo TV1.3"),
    ("Biểu đồ: một đơn vị", "lan", "/bieudo"),
    ("Cán bộ: tên chưa rõ", "hoa", "/tiendo phuong"),
)


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One kind of database is enough for a text."""
    (tmp_path / "tiendo.db").write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
    return f"sqlite:///{tmp_path / 'tiendo.db'}"


class Town:
    def __init__(self, office: Office, clock: PushedClock) -> None:
        self.office, self.clock = office, clock

    def found(self) -> None:
        with self.office.app.database.transaction() as session:
            for district in session.exec(select(Agency).where(Agency.kind == "district")):
                district.valid_to = date(2025, 6, 30)
            for agency_id, name in WARDS.items():
                session.add(Agency(id=agency_id, kind="phuong", duty="required"))
                session.flush()
                full = f"Ủy ban nhân dân {name}"
                session.add(AgencyName(agency_id=agency_id, name=full, short=name))
                for code in CODES:
                    session.add(Responsibility(agency_id=agency_id, code=code, role=Role.REPORT))

    def on(self, year: int) -> "Town":
        self.clock.push_to(datetime(year, 10, 26, 2, 0, tzinfo=UTC))
        return self

    def approved(self, agency_id: str, year: int, figures: dict[str, Given | None]) -> None:
        """By Hoa, who has not filled it in."""
        self.office.reported(agency_id, year, figures)
        with self.office.app.database.transaction() as session:
            report = Reports(session).of(agency_id, year)
            hoa = People(session).at("telegram", "103")
            assert report
            assert hoa
            today = self.clock.now().date()
            by = Official(hoa.person_id, "telegram", self.clock.now(), today)
            Approvals(session).approve(report.id or 0, report.version, by)


def history(town: Town) -> None:
    town.found()
    town.on(2024).approved("quan-1", 2024, {"TV1.2": Share(12, 15), "TV3": Count(9000)})
    met = {"phuong-ben-thanh": 4, "phuong-sai-gon": 3, "phuong-tan-dinh": 1}
    for agency_id, count in met.items():
        figures: dict[str, Given | None] = {
            "TV1.3": Share(count, 10),
            "TV2.3": Share(1, 10),
            "TV3": Count(1000 * count),
            "VH2": Share(count * 2, 12),
        }
        town.on(2025).approved(agency_id, 2025, figures)
    later: dict[str, Given | None] = {
        "TV1.3": Share(4, 10),
        "TV2.3": NoData(),
        "TV3": Count(3450),
        "VH2": Share(11, 12),
    }
    town.on(2026).approved("phuong-sai-gon", 2026, later)
    town.office.reported(
        "phuong-tan-dinh", 2026, later | {"TV1.3": Share(1, 10), "VH2": NoObject()}
    )


async def filled_in(lan: Person) -> None:
    """Half of a report, in words of one's own."""
    await lan.send("/baocao")
    for words in ("năm trên mười", "đúng", "2/10", "đúng", "/huy"):
        await lan.send(words)


def read(message: Message) -> str:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    buttons = [" ".join(f"[{each['text']}]" for each in row) for row in rows]
    lines = [*message.text.split("\n"), *(["", *buttons] if buttons else [])]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def picture(telegram: Telegram, message: Message) -> bytes | None:
    sizes = message.attachment.get("photo")
    return telegram.world.files.find(sizes[-1]["file_id"]).upload.data if sizes else None


@pytest.mark.timeout(180)
async def test_the_page_shows_what_is_said(
    app: App, cast: Cast, clock: PushedClock, telegram: Telegram, office: Office, hoa: Person
) -> None:
    history(Town(office, clock))
    lan = cast.member(101, "Nguyễn Thị Lan", "phuong-ben-thanh", "focal")
    await filled_in(lan)
    parts, drawn = [HEAD], dict[str, bytes]()
    for title, who, typed in SCENES:
        person = {"lan": lan, "hoa": hoa}[who]
        before = len(person.messages)
        await person.send(typed)
        said = [each for each in person.messages[before:] if each.from_bot]
        shown = [f"## {title}", f"❯ {typed}"]
        for message in said:
            if data := picture(telegram, message):
                name = f"tiendo-{len(drawn) + 1}.png"
                drawn[name] = data
                shown.append(f"![{title}](pictures/{name})")
            shown.append(read(message))
        parts.append("\n\n".join(shown))
    text = "\n\n".join(part.strip() for part in parts) + "\n"
    if os.environ.get(WRITE):
        PAGE.write_text(text, encoding="utf-8")
        for name, data in drawn.items():
            (PICTURES / name).write_bytes(data)
    assert text == PAGE.read_text(encoding="utf-8")
    assert len(drawn) == 3
    assert all((PICTURES / name).is_file() for name in drawn)
    assert app.metrics
