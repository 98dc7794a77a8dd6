"""What goes wrong with one agency, one morning or one notice holds up nothing else."""

from datetime import date, timedelta

import pytest

from bot.app import App
from bot.ticker import SINCE
from storage.choices import Choices
from storage.easings import Easings
from storage.people import People
from storage.tables import Broadcast
from tests.bot.post import Ladder, Post, Tick
from tests.cast import Cast

SECOND = timedelta(seconds=1)
Logged = pytest.CaptureFixture[str]


def test_an_agency_that_cannot_be_decided_holds_up_no_other(
    tick: Tick, app: App, cast: Cast, ladder: Ladder, logged: Logged
) -> None:
    cast.lan()
    cast.minh()
    with app.database.transaction() as session:
        # An extension until the end of all days: there is no working day after it.
        Easings(session).grant("quan-1", 2024, "extension", date.max, reason="", now=app.clock())
    assert tick(ladder.step("open").due_at) == 1
    assert "agency not decided" in logged.readouterr().out


def test_a_morning_that_cannot_be_decided_is_tried_again(
    tick: Tick, app: App, cast: Cast, ladder: Ladder, logged: Logged
) -> None:
    cast.lan()
    due_at = ladder.step("open").due_at
    with app.database.transaction() as session:
        kept = Choices(session).get(SINCE)
        Choices(session).keep(SINCE, "no instant", app.clock())
    assert tick(due_at) == 0
    assert "morning not decided" in logged.readouterr().out
    with app.database.transaction() as session:
        Choices(session).keep(SINCE, kept, app.clock())
    assert tick(due_at + SECOND) == 1


async def test_a_notice_that_cannot_be_reported_on_undoes_no_reminder(
    app: App, cast: Cast, ladder: Ladder, post: Post
) -> None:
    cast.lan()
    thu = cast.thu()
    with app.database.transaction() as session:
        author = People(session).at("telegram", str(thu.chat_id))
        assert author is not None
        People(session).speak(author.person_id, "xx", app.clock())  # a language without a catalogue
        row = Broadcast(
            text="",
            audience="all",
            recipients=0,
            person_id=author.person_id,
            channel="telegram",
            address=str(thu.chat_id),
            changed_at=app.clock(),
            state="sending",
        )
        session.add(row)
    post.clock.push_to(ladder.step("open").due_at)
    with pytest.raises(FileNotFoundError):
        await app.tick()
    assert "101" in [row.address for row in post.rows()]
