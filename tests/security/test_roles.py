"""Roles are asked after at each message and press, and for each object anew."""

import pytest

from handlers import commands
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.people import People
from tests.handlers.health.ward import Ward
from tests.handlers.scenes import FIGURES, STATUSES, Office, button, said_since
from tests.security.traces import kept

POLITE = "Hệ thống chỉ phục vụ người được mời"
NOT_YOURS = "không thuộc vai trò"
ANYBODY = {"start", "dulieucuatoi", "xoadulieu"}
"""Commands that need no role: to join, and one's rights in one's own data."""
SCENES = {
    "a question": ("lan", ["/baocao"]),
    "a figure to be confirmed": ("lan", ["/baocao", "12/15"]),
    "a status": ("lan", ["/baocao", *["/boqua"] * 7]),
    "no figure": ("lan", ["/baocao", "chưa có số liệu"]),
    "a report to be sent": ("lan", ["all", "/baocao"]),
    "a report to be changed": ("lan", ["all", "/baocao", "nộp báo cáo", "/sua TV1.2 13/15"]),
    "a report in words": ("lan", ["/baocao", "/loivan"]),
    "a topic": ("lan", ["/baocao", "/loivan", "1", "Một việc đáng kể"]),
    "a reminder": ("lan", ["/baocao", "/nhactoi"]),
    "a list of answers": ("lan", ["/baocao", "TV1.2: 12/15\nTV1.3: 8/10"]),
    "evidence": ("lan", ["/baocao", "photo"]),
    "evidence to be removed": ("lan", ["/baocao", "photo", "/minhchung xoa 1"]),
    "the form": ("lan", ["/baocao", "/bieumau"]),
    "a menu": ("lan", ["/menu"]),
    "tasks": ("lan", ["/nhiemvu"]),
    "progress": ("lan", ["/tiendo"]),
    "an unclear agency": ("hoa", ["Tiến độ bình"]),
    "an indicator": ("hoa", ["/tiendo TV1.3"]),
    "a figure": ("lan", ["/tiendo TV1.3"]),
    "why": ("lan", ["/visao TV1.3"]),
    "a forecast": ("hoa", ["/dubao TV1.3"]),
    "who has not reported": ("hoa", ["/chuanop trang 9"]),
    "languages": ("hoa", ["/ngonngu"]),
    "letters in doubt": ("thu", ["unknown", "/khongro"]),
    "letters in doubt, decided on": ("thu", ["unknown", "/khongro", "gửi lại tất cả"]),
    "letters not sent": ("thu", ["failed", "/tindi"]),
    "messages not handled": ("thu", ["dead", "/tinden"]),
    "the system's health": ("thu", ["unknown", "/suckhoe"]),
    "the calendar": ("thu", ["/lich"]),
    "a change to be confirmed": ("thu", ["/lich nghi 04/11/2024 Bão"]),
    "a change to be undone": ("thu", ["/mocnhac leothang 2 4", "ghi nhận"]),
    "a list of facilities": ("thu", ["/danhmuc nhap"]),
    "a register to be changed": ("thu", ["/danhmuc nhap", "Quận 1; TV1.3; Thư viện"]),
    "a notice's readers": ("thu", ["/thongbao", "Mời họp"]),
    "a notice": ("thu", ["/thongbao", "Mời họp", "2"]),
}


@pytest.fixture(params=list(SCENES.values()), ids=list(SCENES))
async def holder(request: pytest.FixtureRequest, office: Office, vy: Person, ward: Ward) -> Person:
    """Somebody with buttons in front of them; Vy is there to be written to."""
    name, said = request.param
    person: Person = request.getfixturevalue(name)
    for words in said:
        if words == "all":
            office.drafted("quan-1", FIGURES, STATUSES)
        elif words == "photo":
            await person.send_photo()
        elif words == "dead":
            await ward.dead(vy, "/baocao")
        elif words in {"unknown", "failed"}:
            for _ in range(2):
                ward.letter(vy, words)
        else:
            await person.send(words)
    assert vy
    return person


async def press_all(person: Person, office: Office) -> list[str]:
    """Every button of the newest cards, fewer than are too many at once; returns what was said."""
    before = len(person.messages)
    for card in [message for message in person.messages if message.keyboard][-4:]:
        for row in (card.keyboard or {})["inline_keyboard"]:
            for each in row:
                await office.press(card, each["callback_data"])
    return said_since(person, before)


async def test_every_button_is_dead_once_the_role_is_gone(holder: Person, office: Office) -> None:
    office.revoke(holder)
    before = kept(office.app.database, str(holder.chat_id))
    said = await press_all(holder, office)
    assert len(said) == 1
    assert said[0].startswith(POLITE)
    assert kept(office.app.database, str(holder.chat_id)) == before


async def test_who_moved_to_another_agency_changes_nothing_in_the_old_one(
    holder: Person, office: Office
) -> None:
    office.revoke(holder)
    office.appoint(holder, "quan-3", "focal")
    before = kept(office.app.database, str(holder.chat_id))
    said = await press_all(holder, office)
    after = kept(office.app.database, str(holder.chat_id))
    allowed = {"audit", "report", "person"}  # a report of the new agency, another language
    assert {name for name in before if before[name] != after[name]} <= allowed
    assert not any("Quận 1" in words for words in said)


@pytest.mark.parametrize("argument", ["", " quan-3 2024", " xoa 1"])
@pytest.mark.parametrize("name", sorted({*commands.NAMES} - ANYBODY))
async def test_no_command_serves_a_stranger(
    an: Person, office: Office, name: str, argument: str
) -> None:
    before = kept(office.app.database, str(an.chat_id))
    said = await an.send(f"/{name}{argument}")
    await office.press(an.last, f"c:{name}{argument}")
    assert said.startswith(POLITE)
    assert len(an.messages) == 1
    assert kept(office.app.database, str(an.chat_id)) == before


@pytest.mark.parametrize("role", ["focal", "official", "admin"])
async def test_commands_of_another_role_are_refused_as_buttons_too(
    office: Office, telegram: Telegram, an: Person, role: str
) -> None:
    enrol(office, an, role)
    with office.app.database.transaction() as session:
        may = commands.of(People(session).at("telegram", str(an.chat_id)))
    await an.send("/menu")
    before = kept(office.app.database, str(an.chat_id))
    for name in sorted({*commands.NAMES} - {*may} - ANYBODY):
        await office.press(an.last, f"c:{name}")
        assert NOT_YOURS in an.last.text, name
    assert kept(office.app.database, str(an.chat_id)) == before
    assert telegram


def enrol(office: Office, person: Person, role: str) -> None:
    with office.app.database.transaction() as session:
        people = People(session)
        number = people.welcome("telegram", str(person.chat_id), "Võ Bình An", office.now)
        people.consent(number, "2024", office.now)
        people.join(number, "quan-1", role, office.now)


@pytest.mark.parametrize(
    "data",
    [
        "c:baocao quan-3 2024",
        "c:baocao Quận 3 2024",
        "c:bieumau quan-3 2024",
        "c:tiendo quan-3 2024",
        "c:tiendo quan-3 TV1.3 2024",
        "c:visao quan-3 TV1.3 2024",
        "c:dubao quan-3 TV1.3 2024",
        "c:nhiemvu quan-3",
        "c:minhchung xoa 1",
        "c:danhmuc quan-3",
        "c:danhmuc mau quan-3",
        "c:danhmuc hoantac 1",
    ],
)
async def test_another_agencys_name_in_a_button_opens_nothing_of_it(
    lan: Person, office: Office, data: str
) -> None:
    await lan.send("/menu")
    card, before = lan.last, kept(office.app.database, "101")
    await office.press(card, data)
    assert "Quận 3" not in lan.last.text
    assert kept(office.app.database, "101") == before


@pytest.mark.parametrize(
    "data",
    [
        "s",
        "s:",
        "s::",
        "s::0",
        "s:{token}",
        "s:{token}:",
        "s:{token}:99",
        "s:{token}:-1",
        "s:{token}:0:0",
        "s:{token}:²",
        "s:t0:0",
        "x:{token}:0",
        "c:",
        "c:/",
        "\x00",
        "0" * 64,
    ],
)
async def test_forged_data_changes_nothing(lan: Person, office: Office, data: str) -> None:
    await lan.send("/baocao")
    await lan.send("12/15")
    token = button(lan.last, "Đúng").split(":")[1]
    before = kept(office.app.database, "101")
    await office.press(lan.last, data.format(token=token))
    assert kept(office.app.database, "101") == before
    await lan.send("đúng")
    assert office.figures()["TV1.2"].numerator == 12


async def test_a_colleagues_button_does_nothing_on_ones_own_phone(
    lan: Person, vy: Person, office: Office
) -> None:
    for person in (lan, vy):
        await person.send("/baocao")
    await vy.send("12/15")
    foreign = button(vy.last, "Đúng")
    before = kept(office.app.database, "101")
    await office.press(lan.last, foreign)
    assert kept(office.app.database, "101") == before


@pytest.mark.parametrize("label", ["Đúng", "Nộp báo cáo", "1. Gửi"])
async def test_twenty_taps_at_once_have_one_effect(
    lan: Person, thu: Person, office: Office, label: str
) -> None:
    person = thu if label == "1. Gửi" else lan
    words = {
        "Đúng": ["/baocao", "12/15"],
        "Nộp báo cáo": ["/baocao"],
        "1. Gửi": ["/thongbao", "Mời họp", "1"],
    }[label]
    if label == "Nộp báo cáo":
        office.drafted("quan-1", FIGURES, STATUSES)
    for said in words:
        await person.send(said)
    before = audited(office)
    await office.press(person.last, button(person.last, label), times=20)
    assert len(audited(office)) == len(before) + 1


def audited(office: Office) -> list[str]:
    entries: list[str] = kept(office.app.database, "")["audit"]
    return entries
