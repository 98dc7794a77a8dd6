"""The token is in no log, no answer, no file and no table, whatever goes wrong."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import SendMessage
from aiohttp import ClientResponseError
from pydantic import SecretStr
from typer.testing import CliRunner

from bot import logs
from bot.__main__ import cli
from bot.app import App
from bot.asking import Unanswered, who_am_i
from bot.outcomes import attempt
from bot.session import Session
from bot.settings import Settings
from sandbox.clock import PushedClock
from sandbox.faults import Fault, Kind
from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.handlers.scenes import FIGURES, STATUSES, Office
from tests.security.traces import dump

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz12345"  # noqa: S105 - of no bot
SECRETS = (TOKEN, TOKEN.split(":")[1], TOKEN.replace(":", "%3A"))
KINDS = [kind for kind in Kind if kind not in {Kind.HOLD, Kind.HOLD_DELIVERED}]
MESSAGE = SendMessage(chat_id=101, text="Đã nhận.")
Heard = pytest.CaptureFixture[str]


@asynccontextmanager
async def bot_at(server: str, proxy: str | None = None) -> AsyncIterator[Bot]:
    session = Session(api=TelegramAPIServer.from_base(server), proxy=proxy)
    session.connect_seconds = 0.2
    async with Bot(TOKEN, session=session).context() as bot:
        yield bot


def logged(error: BaseException, heard: Heard) -> str:
    """What the logs say of an error: our own, and a library's."""
    logs.configure()
    structlog.get_logger().error("failed", error=str(error), exc_info=error)
    logging.getLogger("aiohttp").error("failed: %s", error, exc_info=error)
    told = heard.readouterr()
    return told.out + told.err


@pytest.mark.parametrize(
    ("server", "proxy"),
    [
        ("http://127.0.0.1:9", None),
        ("http://127.0.0.1:99999", None),
        ("http://", None),
        ("127.0.0.1", None),
        ("http://[::1", None),
        ("ftp://127.0.0.1", None),
        ("http://127.0.0.1:9", "socks5://127.0.0.1:9"),
        ("http://127.0.0.1:9", "http://127.0.0.1:9"),
        ("http://", "socks5://127.0.0.1:9"),
    ],
)
async def test_a_wrong_address_or_proxy_does_not_tell_it(
    capsys: Heard, server: str, proxy: str | None
) -> None:
    async with bot_at(server, proxy) as bot:
        for call in (bot.get_me(), bot.download_file("photos/1.jpg", BytesIO())):
            with pytest.raises(Exception) as raised:  # noqa: PT011 - whichever it is
                await call
            told = logged(raised.value, capsys)
            assert not [secret for secret in SECRETS if secret in told]


async def test_a_file_that_is_gone_does_not_tell_it(telegram: Telegram, capsys: Heard) -> None:
    async with bot_at(telegram.url) as bot:
        with pytest.raises(ClientResponseError) as raised:
            await bot.download_file("photos/gone.jpg", BytesIO())
    assert TOKEN in str(raised.value)
    told = logged(raised.value, capsys)
    assert "bot<token>" in told
    assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize("server", ["http://127.0.0.1:9", "http://", "http://[::1"])
async def test_what_is_kept_of_a_failed_send_does_not_tell_it(server: str) -> None:
    async with bot_at(server) as bot:
        with suppress(ValueError):
            outcome = await attempt(bot, MESSAGE)
            assert not [secret for secret in SECRETS if secret in str(outcome)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["sendMessage", "getFile", "download"])
async def test_no_failure_of_telegram_tells_it(
    lan: Person,
    app: App,
    telegram: Telegram,
    clock: PushedClock,
    capsys: Heard,
    method: str,
    kind: Kind,
) -> None:
    await lan.send("/baocao")
    telegram.faults.add(Fault(kind, method, times=3))
    for _ in range(3):
        await lan.send_photo()
        clock.push_to(clock.now() + timedelta(minutes=5))
    told = capsys.readouterr()
    assert telegram.token not in told.out + told.err + dump(app.database)
    assert not [message for message in lan.messages if telegram.token in message.text]


async def test_polling_that_fails_does_not_tell_it(
    app: App, telegram: Telegram, capsys: Heard
) -> None:
    await telegram.stop()
    polling = asyncio.create_task(app.intake.run())
    await asyncio.sleep(0.2)
    polling.cancel()
    told = capsys.readouterr().out
    assert "poll failed" in told
    assert telegram.token not in told


async def test_it_is_in_no_file_that_leaves_or_stays(
    lan: Person, office: Office, telegram: Telegram
) -> None:
    office.drafted("quan-1", FIGURES, STATUSES)
    await lan.send("/baocao")
    await lan.send("/bieumau")
    await lan.send_photo()
    stored = [p for p in office.app.settings.files_dir.rglob("*") if p.is_file()]
    sent = [file.upload.data for file in telegram.world.files._files.values()]  # noqa: SLF001
    assert len(stored) == 1
    assert len(sent) == 2
    assert not [data for data in [*sent, *(p.read_bytes() for p in stored)] if token_in(data)]


@pytest.mark.parametrize("token", [f"{TOKEN} getMe", f"{TOKEN}\n", "", "no token", f"{TOKEN}/é"])
@pytest.mark.parametrize(
    "server", ["http://127.0.0.1:9", "http://127.0.0.1:99999", "http://[::1", "ftp://127.0.0.1"]
)
def test_an_invitation_tells_its_link_and_no_token(
    database_url: str, tmp_path: Path, capsys: Heard, token: str, server: str
) -> None:
    env = {
        "BOT_TOKEN": token,
        "TELEGRAM_API_URL": server,
        "DATABASE_URL": database_url,
        "BACKUP_DIR": str(tmp_path / "backups"),
    }
    made = CliRunner().invoke(cli, ["invite", "--agency", "quan-1", "--role", "focal"], env=env)
    assert "https://t.me/<bot>?start=" in made.stdout
    asked = Settings(_env_file=None, bot_token=SecretStr(token), telegram_api_url=server)
    with pytest.raises(Unanswered) as raised:
        who_am_i(asked)
    told = made.output + str(made.exception) + "".join(capsys.readouterr()) + str(raised.value)
    assert not [secret for secret in SECRETS if secret in told]


def token_in(data: bytes) -> bool:
    return b"123456:TEST" in data


def test_the_settings_do_not_show_it() -> None:
    settings = Settings(_env_file=None, bot_token=SecretStr(TOKEN))
    assert TOKEN not in repr(settings) + str(settings.model_dump())
