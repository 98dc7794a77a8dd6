import pytest

from bot.app import App
from bot.sender import Sender
from sandbox.faults import Fault, Kind
from sandbox.telegram import Telegram
from storage.outbox import TRIES
from tests.bot.post import Post
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("logged")

AMBIGUOUS = [
    Kind.BAD_GATEWAY,
    Kind.LOST_ANSWER,
    Kind.HOLD,
    Kind.HOLD_DELIVERED,
    Kind.RESET,
    Kind.RESET_DELIVERED,
]


def sends(telegram: Telegram) -> int:
    return telegram.counts.requests["sendMessage"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(Kind.BLOCKED),
        Fault(Kind.BLOCKED, words="user is deactivated"),
        Fault(Kind.BAD_REQUEST, words="chat not found"),
    ],
    ids=["blocked", "deactivated", "chat not found"],
)
async def test_who_cannot_be_reached_is_marked_and_not_tried_again(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram, fault: Fault
) -> None:
    fault.met = 0
    post.reply(cast.lan())
    telegram.faults.add(fault)
    await sender.flush()
    assert (post.row.state, post.reachable()) == ("failed", [])
    post.pass_seconds(3600)
    await sender.flush()
    assert sends(telegram) == 1


async def test_a_rejected_message_fails_but_its_reader_stays(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    post.reply(cast.lan())
    telegram.faults.add(Fault(Kind.BAD_REQUEST, words="message is too long"))
    await sender.flush()
    assert (post.row.state, post.reachable()) == ("failed", ["101"])


@pytest.mark.parametrize("lane", ["reply", "reminder"])
async def test_an_error_of_telegram_is_tried_again(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram, lane: str
) -> None:
    lan = cast.lan()
    (post.reply if lane == "reply" else post.remind)(lan)
    telegram.faults.add(Fault(Kind.SERVER_ERROR, "sendMessage"))
    await sender.flush()
    assert (post.row.state, post.row.attempts) == ("queued", 1)
    post.pass_seconds(2)
    await sender.flush()
    assert (post.row.state, len(lan.messages)) == ("sent", 1)


async def test_an_error_that_stays_ends_in_failure(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    post.reply(cast.lan())
    telegram.faults.add(Fault(Kind.SERVER_ERROR, "sendMessage", times=None))
    for _ in range(TRIES + 2):
        await sender.flush()
        post.pass_seconds(600)
    assert (post.row.state, sends(telegram)) == ("failed", TRIES)


@pytest.mark.parametrize("lane", ["reply", "reminder"])
async def test_a_refused_connection_costs_no_try(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram, lane: str
) -> None:
    lan = cast.lan()
    (post.reply if lane == "reply" else post.remind)(lan)
    await telegram.stop()
    for _ in range(TRIES + 1):
        await sender.flush()
        assert (post.row.state, post.row.attempts) == ("queued", 0)
        post.pass_seconds(60)
    await telegram.start()
    await sender.flush()
    assert (post.row.state, len(lan.messages)) == ("sent", 1)


@pytest.mark.parametrize("kind", AMBIGUOUS)
async def test_a_reminder_that_may_have_arrived_is_held(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram, app: App, kind: Kind
) -> None:
    app.bot.session.timeout = 0.5
    lan = cast.lan()
    post.remind(lan)
    telegram.faults.add(Fault(kind, "sendMessage", times=None, seconds=1))
    for _ in range(3):
        await sender.flush()
        post.pass_seconds(600)
    assert (post.row.state, sends(telegram)) == ("unknown", 1)
    assert len(lan.messages) == kind.delivers


@pytest.mark.parametrize("kind", AMBIGUOUS)
async def test_a_reply_that_may_have_arrived_is_sent_again(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram, app: App, kind: Kind
) -> None:
    app.bot.session.timeout = 0.5
    lan = cast.lan()
    post.reply(lan)
    telegram.faults.add(Fault(kind, "sendMessage", seconds=1))
    await sender.flush()
    post.pass_seconds(2)
    await sender.flush()
    assert (post.row.state, sends(telegram)) == ("sent", 2)
    assert len(lan.messages) == 1 + kind.delivers


async def test_formatting_that_is_refused_is_sent_as_plain_text(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    lan = cast.lan()
    post.reply(lan, "12 <b> 15")
    await sender.flush()
    assert (lan.last.text, post.row.state, sends(telegram)) == ("12 <b> 15", "sent", 2)


async def test_plain_text_is_tried_only_once(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    post.reply(cast.lan())
    refusal = Fault(Kind.BAD_REQUEST, words="can't parse entities: what?", times=None)
    telegram.faults.add(refusal)
    await sender.flush()
    assert (post.row.state, sends(telegram)) == ("failed", 2)


async def test_a_chat_that_moved_is_followed(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    lan, moved = cast.lan(), telegram.person(777, "Lan")
    refusal = Fault(
        Kind.BAD_REQUEST, chat_id=101, parameters={"migrate_to_chat_id": 777}, times=None
    )
    telegram.faults.add(refusal)
    post.reply(lan)
    await sender.flush()
    assert (post.row.state, len(moved.messages)) == ("sent", 1)


async def test_a_refused_token_burns_nothing(
    sender: Sender, post: Post, cast: Cast, telegram: Telegram
) -> None:
    lan = cast.lan()
    post.remind(lan)
    await with_token(telegram, "123456:ANOTHER")
    await sender.flush()
    assert (post.row.state, post.row.attempts) == ("queued", 0)
    await with_token(telegram, "123456:TEST")
    post.pass_seconds(60)
    await sender.flush()
    assert (post.row.state, len(lan.messages)) == ("sent", 1)


async def with_token(telegram: Telegram, token: str) -> None:
    await telegram.stop()
    telegram.token = token
    await telegram.start()
