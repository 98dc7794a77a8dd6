"""Updates that are pushed: nobody else's, none lost, each once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from threading import Event

import pytest

from bot.app import App
from bot.intake import ALLOWED
from bot.settings import Settings
from bot.webhook import HEADER
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.inbox import Inbox
from storage.tables import Hearing
from tests.bot.door import Door, opened, said, until
from tests.bot.test_intake import no_inbox, nothing
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("logged")
UNREADABLE = [b"", b"{", b"\xff\xfe\xfd", b"[]", b"5", b"null", b'"x"', b"{}", b"[" * 200_000]
UNREADABLE += [b'{"update_id": NaN}', b'{"update_id": ' + b"9" * 5000 + b"}"]
NO_NUMBER = [None, "7", 7.0, True, -1, 2**63, 10**40, [7], {"update_id": 7}]


@pytest.fixture
async def door(app: App, settings: Settings) -> AsyncIterator[Door]:
    async with opened(app, settings) as door:
        yield door


@pytest.fixture
async def an(cast: Cast, telegram: Telegram, door: Door) -> Person:
    """Says something without waiting for an answer; Telegram pushes."""
    await door.announce()
    return telegram.person(cast.an().chat_id, "Võ Bình An", settle=nothing)


def kept(app: App) -> int:
    with app.database.transaction() as session:
        return Inbox(session).unfinished()


async def all_answered(app: App, telegram: Telegram) -> None:
    """All is pushed; then the webhook is gone, so that `pump` may poll."""
    await until(lambda: len(telegram.world.updates) == 0)
    telegram.world.webhook.url = ""
    await app.pump()


def counted(door: Door, line: str) -> bool:
    return f"\n{line}\n" in door.metrics.page(None).decode()


async def test_what_is_pushed_is_answered(
    app: App, an: Person, door: Door, telegram: Telegram
) -> None:
    await an.send("xin chào")
    await all_answered(app, telegram)
    assert len(an.messages) == 1
    assert counted(door, 'webhook_answers_total{status="200"} 1.0')


async def test_taken_means_committed(app: App, door: Door) -> None:
    assert await door.push(said(7)) == 200
    assert kept(app) == 1
    assert [await door.webhook.poll(), await door.webhook.poll()] == [1, 0]


async def test_pushed_twice_is_handled_once(app: App, door: Door, cast: Cast) -> None:
    an = cast.an()
    assert [await door.push(said(7)), await door.push(said(7))] == [200, 200]
    await app.pump()
    assert [await door.push(said(7)), len(an.messages)] == [200, 1]
    assert counted(door, 'updates_total{result="duplicate"} 2.0')


async def test_polled_before_and_pushed_now_is_handled_once(
    app: App, door: Door, cast: Cast
) -> None:
    cast.an()
    with app.database.transaction() as session:
        Inbox(session).take_in(app.bot.id, [said(7)], app.clock())
    await door.push(said(7))
    assert kept(app) == 1


@pytest.mark.parametrize(
    "secret",
    ["", "wrong", "bí mật đây", "\u00e9" * 43, "x" * 257, "x" * 8000],
    ids=["empty", "wrong", "Vietnamese", "Latin", "long", "very long"],
)
async def test_who_does_not_know_the_secret_is_refused(app: App, door: Door, secret: str) -> None:
    assert await door.push(said(7), secret) == 401
    assert kept(app) == 0


async def test_without_the_secret_nothing_is_read(app: App, door: Door) -> None:
    assert (await door.post(said(7), {})).status == 401
    assert (await door.post(b"{", {})).status == 401
    assert kept(app) == 0


async def test_half_the_secret_is_refused(app: App, door: Door) -> None:
    for wrong in (door.webhook.secret[:-1], door.webhook.secret + "x"):
        assert await door.push(said(7), wrong) == 401
    assert kept(app) == 0


async def test_a_header_beyond_all_limits_is_refused(app: App, door: Door) -> None:
    assert await door.push(said(7), "x" * 100_000) in {400, 401}
    assert kept(app) == 0


async def test_bytes_that_are_no_text_are_no_secret(app: App, door: Door) -> None:
    head = f"POST {door.webhook.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{HEADER}: "
    reader, writer = await asyncio.open_connection("127.0.0.1", door.web.port)
    writer.write(head.encode() + b"\xff\xfe\xe9\r\n\r\n{}")
    assert b" 401 " in await reader.readline()
    writer.close()
    assert kept(app) == 0


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
async def test_what_is_no_json_object_is_refused(app: App, door: Door, body: bytes) -> None:
    assert await door.push(body) == 400
    assert kept(app) == 0
    assert counted(door, 'updates_total{result="malformed"} 1.0')


async def test_what_has_no_number_is_refused(app: App, door: Door) -> None:
    for number in NO_NUMBER:
        assert await door.push({**said(7), "update_id": number}) == 400
    assert kept(app) == 0


async def test_a_body_over_a_megabyte_is_refused(app: App, door: Door) -> None:
    assert await door.push(said(7, "x" * 1_000_000)) == 200
    assert await door.push(said(8, "x" * 1_100_000)) == 413
    assert kept(app) == 1


async def test_nobody_finds_the_webhook_by_looking(door: Door) -> None:
    assert (await door.get("/telegram/"))[0] == 404
    assert (await door.get(door.webhook.path))[0] == 405
    assert len(door.webhook.path) > 50


async def test_while_the_database_refuses_telegram_is_told_to_come_again(
    app: App, door: Door
) -> None:
    async with no_inbox(app):
        answer = await door.post(said(7), {HEADER: door.webhook.secret})
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert kept(app) == 0
    assert [await door.push(said(7)), kept(app)] == [200, 1]


async def test_telegram_comes_again_by_itself(
    app: App, an: Person, door: Door, telegram: Telegram
) -> None:
    door.webhook.retry_seconds = 1
    async with no_inbox(app):
        await an.send("xin chào")
        await until(lambda: counted(door, 'webhook_answers_total{status="503"} 1.0'))
    await all_answered(app, telegram)
    assert len(an.messages) == 1


async def test_telegram_is_not_kept_waiting_for_a_database_that_hangs(app: App, door: Door) -> None:
    door.webhook.commit_seconds = 0.1
    over = Event()
    hanging = asyncio.create_task(app.desks[0].run(over.wait, 10))
    assert await door.push(said(7)) == 503
    over.set()
    await hanging
    assert [await door.push(said(7)), kept(app)] == [200, 1]


async def test_many_at_once_share_a_commit(app: App, door: Door) -> None:
    before = commits(door)
    pushes = [door.push(said(number, user_id=number)) for number in range(1, 41)]
    assert set(await asyncio.gather(*pushes)) == {200}
    assert commits(door) - before < 20
    assert kept(app) == 40


async def test_telegram_is_told_where_to_push(an: Person, door: Door, telegram: Telegram) -> None:
    del an
    [asked] = [each.params for each in telegram.requests if each.method == "setWebhook"]
    assert asked["url"] == door.address + door.webhook.path
    assert asked["secret_token"] == door.webhook.secret
    assert "drop_pending_updates" not in asked
    assert asked["allowed_updates"] == ALLOWED


async def test_the_address_is_behind_the_proxy_of_the_settings(door: Door) -> None:
    assert door.webhook.address.startswith("https://tiendo.example.vn/telegram/")


async def test_what_waited_for_a_poll_is_pushed(
    app: App, door: Door, cast: Cast, telegram: Telegram
) -> None:
    an = telegram.person(cast.an().chat_id, "Võ Bình An", settle=nothing)
    await an.send("xin chào")
    await door.announce()
    await all_answered(app, telegram)
    assert len(an.messages) == 1


async def test_a_webhook_that_somebody_took_away_is_set_again(
    an: Person, door: Door, telegram: Telegram
) -> None:
    del an
    telegram.world.webhook.url = ""
    await door.webhook.look()
    assert telegram.world.webhook.url == door.webhook.address


async def test_quiet_is_no_silence(app: App, an: Person, door: Door, clock: PushedClock) -> None:
    del an
    app.hearing.keep()
    clock.push_to(clock.now() + timedelta(hours=2))
    await door.webhook.look()
    assert (app.hearing.doubtful, app.hearing.heard_at) == (False, clock.now())


async def test_that_telegram_did_not_get_through_is_a_silence(
    app: App, an: Person, door: Door, telegram: Telegram, clock: PushedClock
) -> None:
    app.hearing.keep()
    async with no_inbox(app):
        await an.send("xin chào")
        await until(lambda: telegram.world.webhook.last_error is not None)
        await door.webhook.look()
        assert (app.hearing.doubtful, app.hearing.heard_at) == (True, None)
    clock.push_to(clock.now() + timedelta(minutes=3))
    assert await door.push(said(7)) == 200
    app.hearing.keep()
    assert silence_noticed(app)


async def test_telegram_out_of_reach_is_a_silence(
    app: App, an: Person, door: Door, telegram: Telegram
) -> None:
    del an
    app.hearing.keep()
    await telegram.stop()
    running = asyncio.create_task(door.webhook.run())
    await until(lambda: app.hearing.doubtful)
    await telegram.start()
    await telegram.is_asked("setWebhook", times=1)
    await until(lambda: app.hearing.heard_at is not None)
    running.cancel()
    await asyncio.wait([running])


async def test_who_does_not_hold_the_lease_leaves_the_webhook_alone(
    app: App, door: Door, telegram: Telegram
) -> None:
    await app.desks[0].run(app.leasing.give_up)
    running = asyncio.create_task(door.webhook.run())
    await asyncio.sleep(0.1)
    running.cancel()
    await asyncio.wait([running])
    assert not telegram.counts.requests["setWebhook"]


async def test_neither_path_nor_secret_is_logged(
    app: App, door: Door, logged: pytest.CaptureFixture[str]
) -> None:
    await door.push(said(7))
    await door.push(b"{")
    async with no_inbox(app):
        await door.push(said(8))
    written = "".join(logged.readouterr())
    assert "update not kept" in written
    assert door.webhook.path not in written
    assert door.webhook.secret not in written


def commits(door: Door) -> float:
    lines = door.metrics.page(None).decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("db_tx_seconds_count"))


def silence_noticed(app: App) -> bool:
    with app.database.transaction() as session:
        row = session.get(Hearing, "telegram")
        return row is not None and row.resumed_at == app.clock()
