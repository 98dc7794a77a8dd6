"""A life with the system, and then it is forgotten: nothing is left but what the data map names."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.person import Person
from storage.database import Database
from tests import datamap
from tests.cast import Cast
from tests.handlers.files.documents import PDF
from tests.handlers.scenes import Office

CHAT, NAME = 7_700_112_233, "Hồ Thị Ngọc Ẩn"
TYPED = "khổng tước"
"""Stands in whatever she types, so that it can be found again."""
ANSWER = "mười ba trên mười lăm"
TRACES = (str(CHAT), NAME, TYPED, ANSWER)
DAY = timedelta(days=1)


@pytest.fixture
def office(app: App, cast: Cast) -> Office:
    return Office(app, cast.telegram)


@pytest.fixture
def an(cast: Cast) -> Person:
    return cast.member(CHAT, NAME, "quan-1", "focal")


async def live(an: Person, office: Office, cast: Cast) -> None:
    """She does everything that leaves a trace, beside a colleague and an administrator."""
    vy, thu = cast.vy(), cast.thu()
    office.appoint(an, "so-vhtt", "admin")
    office.drafted("quan-1", {"TV1.2": None}, {})
    for said in ("/baocao", "/sua TV1.3", f"{TYPED} 12/15", "12/15 ạ", "đúng"):
        await an.send(said)
    await vy.send("/sua TV1.3")
    await an.send(f"/sua TV1.3 {ANSWER}")
    await an.send("đúng")
    await vy.send("9/15")
    await vy.send("đúng")
    for _ in range(3):
        await an.send(f"chắc là {TYPED}")
    await an.send("nhờ hỗ trợ")
    assert NAME in thu.last.text
    await an.send("/minhchung TV1.3")
    await an.send_document(PDF, f"{TYPED}.pdf", caption=f"ảnh {TYPED}")
    for said in ("/loivan", "1", f"Kết quả {TYPED}", "xong", "xong"):
        await an.send(said)
    for said in ("/nhactoi TV1.2 25/10", "đúng", "/thongbao", f"Mời họp {TYPED}", "1", "gửi"):
        await an.send(said)
    for said in (f"/xingiahan 15/11 mất {TYPED} rồi", "gửi", f"/tamhoan 3 ngày {TYPED}"):
        await an.send(said)
    for said in ("/uyquyen 7/10 - 8/10 Vy", "đúng", "/xungho bà"):
        await an.send(said)
    assert NAME in thu.last.text
    await office.tick()
    await an.send("/dulieucuatoi")
    await an.send("/sua TV1.2")


def places(database: Database, *traces: str) -> Iterator[tuple[str, str]]:
    """Every column of every table in which one of these is found."""
    with database.transaction() as session:
        for table in SQLModel.metadata.sorted_tables:
            for row in session.connection().execute(table.select()).mappings():
                for name, value in row.items():
                    if any(trace in str(value) for trace in traces):
                        yield table.name, name


async def erase(an: Person, office: Office, clock: PushedClock) -> None:
    await an.send("/xoadulieu")
    await an.send("xóa")
    clock.push_to(clock.now() + 3 * DAY)
    await office.tick()
    assert "đã được xóa" in an.last.text


async def test_before_it_is_forgotten_it_is_everywhere(
    an: Person, office: Office, cast: Cast
) -> None:
    await live(an, office, cast)
    found = set(places(office.app.database, *TRACES))
    assert found >= {
        *{("person", "full_name"), ("contact", "address"), ("inbox", "payload")},
        *{("inbox", "user_key"), ("outbox", "payload"), ("outbox", "address")},
        *{("outbox", "dedupe_key"), ("conversation", "address"), ("conversation", "prompt")},
        *{("evidence", "caption"), ("evidence", "address"), ("narrative", "text")},
        *{("figure", "words"), ("broadcast", "address")},
    }


async def test_afterwards_only_what_the_map_says_is_left(
    an: Person, office: Office, cast: Cast, clock: PushedClock
) -> None:
    await live(an, office, cast)
    await erase(an, office, clock)
    farewell = {("outbox", "address"), ("outbox", "payload"), ("outbox", "dedupe_key")}
    left = set(places(office.app.database, *TRACES))
    assert left - farewell <= datamap.stays()
    clock.push_to(clock.now() + 4 * DAY)
    await office.app.prune()
    left = set(places(office.app.database, *TRACES))
    assert left <= datamap.stays()
    assert set(places(office.app.database, str(CHAT), NAME)) == set()


async def test_the_figures_and_every_key_hold(
    an: Person, office: Office, cast: Cast, clock: PushedClock
) -> None:
    await live(an, office, cast)
    await erase(an, office, clock)
    assert office.figures()["TV1.3"].numerator == 13
    with office.app.database.transaction() as session:
        if office.app.database.is_sqlite:
            assert session.connection().execute(text("PRAGMA foreign_key_check")).all() == []


async def test_a_new_invitation_makes_a_new_person(
    an: Person, office: Office, cast: Cast, clock: PushedClock
) -> None:
    await live(an, office, cast)
    await erase(an, office, clock)
    office.invite("thu-moi", "quan-1")
    for said in ("/start thu-moi", "đúng", "đồng ý", "Hồ Ẩn"):
        await an.send(said)
    said = await an.send("/dulieucuatoi")
    assert "Họ và tên: Hồ Ẩn" in said
    assert "Câu trả lời đã ghi (kể cả đã sửa): chưa có" in said
