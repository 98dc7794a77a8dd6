"""What is asked all the time reads no table whole that grows with people or with years."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

import pytest
from sqlalchemy import Select, join, select
from sqlmodel import SQLModel, col

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage.database import Database
from storage.tables import Agency, Membership, OutboxRow, Person
from tests.bot.post import Post
from tests.cast import Cast
from tests.handlers.broadcast.press import Press
from tests.statements import Statement, executed

OF_THE_PLAN = {"agency", "agency_name", "responsibility", "task_date"}
OF_THE_OPERATOR = {"setting", "calendar_day", "schedule", "lease", "pulse", "hearing"}
OF_THE_OPERATOR |= {"saved_audience", "notice_template"}
OF_A_DAY = {"errand"}
GROWING = SQLModel.metadata.tables.keys() - OF_THE_PLAN - OF_THE_OPERATOR - OF_A_DAY
SMALL = {"inbox_waiting", "outbox_queued", "outbox_open", "outbox_undone", "audit_unsealed"}
"""Indexes of what is at hand only."""
SCAN = re.compile(r"SCAN (?P<table>\w+?)(?:_\d+)?(?: USING (?:COVERING )?INDEX (?P<index>\w+))?")
Watch: TypeAlias = Callable[[], AbstractContextManager[None]]


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def scans(database: Database, statements: Iterable[Statement]) -> set[str]:
    """Those that read the whole of a growing table, each with its table."""
    asked = {each.text: each.parameters for each in statements}
    with database.engine.connect() as connection:
        return {
            f"{read['table']}: {asked_for}"
            for asked_for, values in asked.items()
            if asked_for.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked_for}", values)
            if (read := SCAN.fullmatch(step.detail))
            and read["table"] in GROWING
            and read["index"] not in SMALL
        }


@pytest.fixture
def nothing_is_scanned(app: App) -> Watch:
    @contextmanager
    def watched() -> Iterator[None]:
        with executed(app.database.engine) as statements:
            yield
        assert statements
        assert scans(app.database, statements) == set()

    return watched


@pytest.fixture
def press(app: App, telegram: Telegram, clock: PushedClock) -> Press:
    return Press(app, telegram, clock)


SAID = (
    *("/start", "/baocao", "12/15", "chưa có", "rất tốt", "/quaylai", "/boqua", "/sua TV1.2 1/2"),
    *("/huy", "/tieptuc", "/menu", "/han", "/viec", "/lichsu", "/giaitrinh", "/loivan", "/danhan"),
    *("/minhchung", "/nhactoi", "/tamhoan", "/uyquyen", "/bangiao", "/xingiahan", "/lichnhac"),
)


async def test_what_a_focal_point_says(nothing_is_scanned: Watch, cast: Cast) -> None:
    lan = cast.lan()
    with nothing_is_scanned():
        for said in SAID:
            await lan.send(said)
        await lan.click(lan.buttons[0][0])


async def test_a_notice_from_the_draft_to_its_answers(
    nothing_is_scanned: Watch, cast: Cast, press: Press
) -> None:
    thu, lan = cast.thu(), cast.lan()
    with nothing_is_scanned():
        await press.compose(thu, text="Kính gửi {xung_ho} {ten}, {don_vi} báo cáo trước {han}.")
        await thu.send("gửi")
        await press.passes()
        await lan.click("Đã nhận")
        await lan.send("/hoi 1 mấy giờ ạ?")
        await thu.send("/thongbao 1 chuanhan")
        await thu.send("/thongbao 1 thuhoi")
        await thu.click("Thu hồi")
        await press.passes()
    assert press.tally().sent == 1


async def test_a_reminder(nothing_is_scanned: Watch, cast: Cast, post: Post, app: App) -> None:
    lan = cast.lan()
    post.remind(lan)
    with nothing_is_scanned():
        await app.sender.flush()
    assert lan.messages


async def test_a_second_of_the_clock(nothing_is_scanned: Watch, cast: Cast, app: App) -> None:
    cast.thu()
    with nothing_is_scanned():
        await app.tick()
        await app.intake.poll()
        await app.fetching.round()
        await app.errands.round()


HELD = join(Membership, Agency, col(Agency.id) == col(Membership.agency_id))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (select(col(Person.id)).where(col(Person.full_name) == "Lan"), 1),
        (select(col(Person.id)).where(col(Person.id) == 1), 0),
        (select(col(OutboxRow.id)).where(col(OutboxRow.state) == "sent"), 1),
        # What the sender asked for each letter until it was seen in a profile.
        (
            select(col(Person.id), col(Membership.role))
            .outerjoin(HELD, col(Membership.person_id) == col(Person.id))
            .where(col(Person.id) == 1),
            1,
        ),
    ],
)
def test_a_scan_is_seen(database: Database, query: Select[int], found: int) -> None:
    with database.engine.connect() as connection, executed(database.engine) as statements:
        connection.execute(query)
    assert len(scans(database, statements)) == found
