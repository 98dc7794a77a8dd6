"""The way to the database is cut at the worst moment: around a commit of the sender's."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlmodel import Session

from bot.app import App
from bot.leasing import Leasing, Tenure
from bot.outcomes import Message
from bot.sender import Sender
from bot.wording import Prepare, Render
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.database import Database
from storage.outbox import Letter, Outbox
from tests.bot.post import Post, lose
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("logged")


class Severed(Database):
    """The next transaction fails: before its commit, or as that is answered."""

    before = after = False

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        before, after = self.before, self.after
        self.before = self.after = False
        with super().transaction() as session:
            yield session
            if before:
                raise _cut()
        if after:
            raise _cut()


def _cut() -> OperationalError:
    return OperationalError("COMMIT", None, OSError("the connection was lost"))


@pytest.fixture
def severed(app: App) -> Iterator[Severed]:
    database = Severed(app.database.url)
    yield database
    database.dispose()


@pytest.fixture
async def sending(sender: Sender, severed: Severed, post: Post) -> Sender:
    """It has taken over, and its moment of waiting is past."""
    await sender.flush()
    post.pass_seconds(1)
    sender.database = severed
    return sender


async def test_what_was_marked_as_leaving_unheard_leaves_all_the_same(
    sending: Sender, severed: Severed, post: Post, cast: Cast
) -> None:
    lan, minh = cast.lan(), cast.minh()
    post.reply(lan)
    post.remind(minh, "so-gddt")
    severed.after = True
    with pytest.raises(OperationalError):
        await sending.round()
    assert {row.state for row in post.rows()} == {"sending"}
    await sending.flush()
    assert {row.state for row in post.rows()} == {"sent"}
    assert (len(lan.messages), len(minh.messages)) == (1, 1)


async def test_what_is_on_the_wire_meanwhile_is_not_sent_again(
    sending: Sender, severed: Severed, post: Post, cast: Cast, telegram: Telegram
) -> None:
    lan, minh = cast.lan(), cast.minh()
    telegram.faults.add(Fault(Kind.HOLD_DELIVERED, "sendMessage", seconds=0.5))
    post.reply(lan)
    await sending.round()
    await telegram.is_asked("sendMessage")
    post.reply(minh, key="other")
    severed.after = True
    with pytest.raises(OperationalError):
        await sending.round()
    await sending.flush()
    assert (len(lan.messages), len(minh.messages)) == (1, 1)


async def test_what_another_left_on_the_wire_is_settled_by_the_next_round(
    new_sender: Callable[[], Sender], severed: Severed, post: Post, cast: Cast, app: App
) -> None:
    lan = cast.lan()
    post.reply(lan)
    with app.database.transaction() as session:
        before = Outbox(session, fence=0)
        before.sending(before.due(app.clock(), replies=1, bulk=0), app.clock())
    sender = new_sender()
    sender.database, severed.before = severed, True
    with pytest.raises(OperationalError):
        await sender.round()
    await sender.flush()
    post.pass_seconds(1)
    await sender.flush()
    assert (post.row.state, len(lan.messages)) == ("sent", 1)


async def test_a_letter_whose_wording_fails_in_the_database_stops_no_other(
    sending: Sender, post: Post, cast: Cast
) -> None:
    lan, minh = cast.lan(), cast.minh()
    sending.prepare = meddling(sending.prepare, lan, ask_nowhere)
    post.reply(lan, key="a")
    post.reply(minh, key="b")
    # The whole round fails with it, once.
    with pytest.raises(DBAPIError):
        await sending.flush()
    await sending.flush()
    assert [row.state for row in post.rows()] == ["failed", "sent"]
    assert len(minh.messages) == 1


async def test_where_the_database_goes_away_no_letter_is_at_fault(
    sending: Sender, post: Post, cast: Cast
) -> None:
    lan, as_before = cast.lan(), sending.prepare
    post.reply(lan)
    sending.prepare = meddling(as_before, lan, lose)
    for _ in range(3):
        with pytest.raises(SQLAlchemyError):
            await sending.round()
    sending.prepare = as_before
    await sending.flush()
    assert (post.row.state, len(lan.messages)) == ("sent", 1)


def ask_nowhere(connection: Connection) -> None:
    connection.execute(text("SELECT nothing FROM nowhere"))


def meddling(prepare: Prepare, person: Person, meddle: Callable[[Connection], None]) -> Prepare:
    """Does something to the connection as a letter to this person is put into words."""

    def prepared(letters: Sequence[Letter], session: Session, now: datetime) -> Render:
        render = prepare(letters, session, now)

        def rendered(letter: Letter) -> Message | str:
            if letter.address == str(person.chat_id):
                meddle(session.connection())
            return render(letter)

        return rendered

    return prepared


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_lease_whose_commit_was_lost_is_not_held(app: App, severed: Severed) -> None:
    """Else the next to ask would get the same number, and both would work, for good."""
    mine, theirs = leasing(app, "mine", severed), leasing(app, "theirs", app.database)
    severed.before = True
    with pytest.raises(OperationalError):
        mine.seek()
    theirs.seek()
    mine.seek()
    assert [each.tenures[0].held() for each in (mine, theirs)] == [False, True]


def leasing(app: App, owner: str, database: Database) -> Leasing:
    work = [Tenure("work")]
    return Leasing(work, owner, database, app.desks[0], app.clock, lambda _: None)
