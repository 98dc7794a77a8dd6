"""Every text of the year on one page, as it is read: `docs/reminders.md` is this test's output."""

import os
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from aiogram.methods import SendMessage

from bot.calendars import calendar_for
from bot.rehearsal import plain_text
from handlers.language import Markup, sentence, words_for
from handlers.reminding.digest import compose
from handlers.reminding.matters import Matter, Progress, Teller
from handlers.reminding.wording import step
from plan.calendars import moment
from plan.catalogue import Catalogue, Duty
from plan.reminding.deciding import Item, To, due
from plan.reminding.rules import Rules, TaskTiming, Timing
from plan.reminding.settled import USUAL_TASKS
from plan.reminding.situations import Ease, Easing, Filed, Returned, Situation
from storage.people import Member

PAGE = Path(__file__).parent.parent.parent / "docs" / "reminders.md"
WRITE = "WRITE_REMINDERS"
HEAD = """# Mọi tin nhắn nhắc việc trong một năm

Trang này do `tests/bot/test_reminders_page.py` tạo ra từ chính các hàm gửi tin (năm 2026); sửa lời
trong `locales/vi`, rồi chạy `WRITE_REMINDERS=1 .venv/bin/python -m pytest
tests/bot/test_reminders_page.py`. Chữ trong ngoặc vuông là nút bấm.
"""
SINGLE_MOST = 600
SECOND = timedelta(seconds=1)
YEAR = 2026
LAN = Member(
    person_id=1,
    full_name="Nguyễn Thị Lan",
    language="vi",
    channel="telegram",
    address="101",
    consented=True,
    roles=frozenset(),
)
PROGRESS = Progress(10, ("TV3", "VH1"), begun=True)
NOT_BEGUN = Progress(10, ("TV1.2",), begun=False)
WHO = {
    To.FOCAL: "đầu mối",
    To.LEADER: "lãnh đạo đơn vị",
    To.REVIEWER: "cán bộ tổng hợp",
    To.ADMIN: "quản trị",
}


@dataclass(frozen=True)
class Scene:
    title: str
    agency: Situation
    kind: str
    year: int = YEAR
    progress: Progress = field(default=NOT_BEGUN)


def scenes() -> list[Scene]:
    base: dict[str, Any] = {"agency_id": "quan-1", "short": "Quận 1"}
    required = Situation(duty=Duty.REQUIRED, **base)
    at = moment(date(YEAR, 11, 2), time(14))
    until = Easing(Ease.EXTENSION, YEAR, date(YEAR, 11, 18), moment(date(YEAR, 10, 1), time(9)))
    back = {YEAR: Filed("returned", None, Returned(at, date(YEAR, 11, 10)))}
    sent = {YEAR: Filed("submitted", moment(date(YEAR, 10, 30), time(10)))}
    office: dict[str, Any] = {
        "duty": Duty.REQUIRED,
        "agency_id": "so-vhtt",
        "short": "Sở VH&TT",
        "standing": True,
    }
    return [
        Scene("Báo cáo năm: đơn vị phải báo cáo, chưa bắt đầu", required, "report"),
        Scene("Báo cáo năm: đã nhập một phần", required, "report", progress=PROGRESS),
        Scene(
            "Báo cáo năm: cơ quan được đề nghị báo cáo",
            Situation(duty=Duty.REQUESTED, agency_id="hoi-khuyen-hoc", short="Hội Khuyến học"),
            "report",
        ),
        Scene(
            "Báo cáo năm: đơn vị được gia hạn",
            Situation(duty=Duty.REQUIRED, easings=(until,), **base),
            "report",
        ),
        Scene(
            "Báo cáo được trả lại",
            Situation(duty=Duty.REQUIRED, reports=back, **base),
            "returned",
        ),
        Scene("Ngày và tuần lễ", required, "campaign"),
        Scene(
            "Nhiệm vụ có thời hạn",
            Situation(duty=Duty.REQUIRED, leads=frozenset({"IV.10.a"}), **base),
            "task",
        ),
        Scene("Kế hoạch năm của đơn vị", required, "plan"),
        Scene(
            "Báo cáo chờ duyệt",
            Situation(duty=Duty.REQUIRED, reports=sent, **base),
            "approve",
        ),
        Scene("Sơ kết năm 2025", Situation(**office), "review", 2025),
        Scene("Lịch nghỉ năm sau", Situation(**office), "calendar"),
        Scene("Nơi chưa nhắc được", Situation(unreached=("Quận 3", "Quận 4"), **office), "reach"),
    ]


def rules(catalogue: Catalogue) -> Rules:
    tasks = {**USUAL_TASKS, "IV.10.a": TaskTiming(Timing.DATE, "06-15", 14)}
    known = frozenset(range(2023, YEAR + 1))
    calendar = calendar_for(catalogue)
    days = catalogue.campaign_days
    return Rules(catalogue.reporting, calendar, days=days, tasks=tasks, known_years=known)


def sent(catalogue: Catalogue, scene: Scene) -> list[tuple[Item, To, str]]:
    """Each step of a scene, as each of its receivers reads it on that morning."""
    found = []
    common = rules(catalogue)
    begin = moment(date(scene.year, 1, 1), time())
    end = moment(date(scene.year, 12, 31), time(23))
    looks = {item.step.due_at for item in due(common, scene.agency, begin, end)}
    for look in sorted(looks):
        for item in due(common, scene.agency, look - SECOND, look):
            if item.why is None and item.obligation.startswith(f"{scene.kind}:"):
                teller = Teller(words_for("vi"), common, catalogue, look)
                found += [(item, to, worded(teller, scene, item, to)) for to in item.to]
    return found


def worded(teller: Teller, scene: Scene, item: Item, to: To) -> str:
    progress = scene.progress if scene.kind == "report" else None
    return read(compose(teller, LAN, [Matter(item, scene.agency, to, progress)]))


def read(message: SendMessage) -> str:
    """As the phone shows it."""
    keyboard = getattr(message.reply_markup, "inline_keyboard", [])
    labels = [f"[{button.text}]" for row in keyboard for button in row]
    return "\n".join([plain_text(message.text), *([""] if labels else []), *labels])


def page(catalogue: Catalogue) -> str:
    parts = [HEAD]
    for scene in scenes():
        parts.append(f"## {scene.title}\n")
        letters = sent(catalogue, scene)
        for (title, at), group in groupby(letters, key=lambda each: (named(each), when(each))):
            for _, to, text in group:
                parts.append(f"**{title}** – {at}, gửi {WHO[to]}:\n\n{quoted(text)}\n")
    parts.append(f"## Nhiều việc trong một tin\n\n{quoted(several(catalogue))}\n")
    return "\n".join(parts)


def several(catalogue: Catalogue) -> str:
    """Two agencies of one person, and what waits for review, on the eve of the last day."""
    look, common = moment(date(YEAR, 11, 3), time(8)), rules(catalogue)
    second = replace(scenes()[0].agency, agency_id="quan-3", short="Quận 3")
    waiting = next(scene.agency for scene in scenes() if scene.kind == "approve")
    matters = [
        Matter(item, agency, item.to[0], PROGRESS)
        for agency in (scenes()[0].agency, second, waiting)
        for item in due(common, agency, look - SECOND, look)
        if item.why is None
    ]
    return read(compose(Teller(words_for("vi"), common, catalogue, look), LAN, matters))


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def named(letter: tuple[Item, To, str]) -> str:
    item = letter[0]
    words = words_for("vi")
    told = step(words, item.step.key, item.obligation) or Markup("Nhắc việc")
    return sentence(told)


def when(letter: tuple[Item, To, str]) -> str:
    return words_for("vi").moment(letter[0].step.due_at)


def test_the_page_shows_what_is_sent(catalogue: Catalogue) -> None:
    made = page(catalogue)
    if os.environ.get(WRITE):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made


def test_every_single_letter_is_short(catalogue: Catalogue) -> None:
    texts = [text for scene in scenes() for _, _, text in sent(catalogue, scene)]
    assert len(texts) > 50
    assert [text for text in texts if len(text) > SINGLE_MOST] == []


def test_the_first_line_tells_nothing_but_who_is_addressed(catalogue: Catalogue) -> None:
    texts = [text for scene in scenes() for _, _, text in sent(catalogue, scene)]
    assert {text.splitlines()[0] for text in texts} <= {
        "Kính gửi anh/chị Lan,",
        "Kính gửi anh/chị Lan (Quận 1),",
        "Kính gửi anh/chị Lan (Hội Khuyến học),",
    }
