"""The bot as it runs in production: a process of its own, against the sandbox over HTTP."""

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.alone import AlreadyRunningError, alone
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.database import Database
from storage.inbox import Inbox
from storage.outbox import Outbox

ROOT = Path(__file__).parents[2]
STARTING = 30.0
STOPPING = 10.0


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "tiendo.db")
    return f"sqlite:///{tmp_path / 'tiendo.db'}"


@pytest.fixture
def an(telegram: Telegram) -> Person:
    return telegram.person(105, "Võ Bình An")


@asynccontextmanager
async def running(
    telegram: Telegram,
    url: str,
    folder: Path,
    token: str = "",
    run: Sequence[str] = ("-m", "bot", "run"),
) -> AsyncIterator[Process]:
    """`python -m bot run`, with warnings as errors."""
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": token or telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "DATABASE_URL": url,
    }
    command = [sys.executable, "-W", "error", *run]
    process = await asyncio.create_subprocess_exec(
        *command, env=env, cwd=folder, stdout=PIPE, stderr=STDOUT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ended(process: Process) -> str:
    """What it has written, once it has ended within its time."""
    async with asyncio.timeout(STOPPING):
        output, _ = await process.communicate()
    return output.decode()


async def until(process: Process, words: str) -> str:
    """What it has written, up to the line with these words in it."""
    written = ""
    async with asyncio.timeout(STARTING):
        while process.stdout and words not in written:
            written += (await process.stdout.readline()).decode()
    return written


def left(url: str) -> tuple[int, dict[str, int]]:
    database = Database(url)
    with database.transaction() as session:
        found = Inbox(session).unfinished(), Outbox(session).counts()
    database.dispose()
    return found


async def test_it_answers_and_ends_on_sigterm(
    telegram: Telegram, an: Person, url: str, tmp_path: Path
) -> None:
    async with running(telegram, url, tmp_path) as process:
        await an.send("xin chào")
        assert await an.hears(within=STARTING)
        process.send_signal(signal.SIGTERM)
        output = await ended(process)
    assert process.returncode == 0, output
    assert '"event": "running"' in output
    assert telegram.token not in output


async def test_sigterm_in_the_middle_of_work_loses_and_doubles_nothing(
    telegram: Telegram, an: Person, url: str, tmp_path: Path
) -> None:
    async with running(telegram, url, tmp_path) as process:
        await telegram.is_asked("getUpdates", within=STARTING)
        everybody = [an, *(telegram.person(200 + n, "Người thử") for n in range(19))]
        for each in everybody:
            await each.send("xin chào")
        await an.hears()
        process.send_signal(signal.SIGTERM)
        assert process.returncode is None
        await ended(process)
    assert process.returncode == 0
    assert "sending" not in left(url)[1]
    async with running(telegram, url, tmp_path):
        async with asyncio.timeout(STARTING):
            while not all(each.messages for each in everybody):
                await telegram.world.changed.wait()
    assert [len(each.messages) for each in everybody] == [1] * 20


async def test_sigint_ends_it_too(telegram: Telegram, url: str, tmp_path: Path) -> None:
    async with running(telegram, url, tmp_path) as process:
        await telegram.is_asked("getUpdates", within=STARTING)
        process.send_signal(signal.SIGINT)
        await ended(process)
    assert process.returncode == 0


HANGS = """
import asyncio
from bot.process import serve
from bot.settings import Settings

async def hang(app, stop):
    print("hangs", flush=True)
    await stop.wait()
    await asyncio.sleep(60)

serve(Settings(), hang, patience=0.5)
"""


WORKS_ON = """
import asyncio, time
from bot.process import serve
from bot.settings import Settings

async def works_on(app, stop):
    thread = asyncio.create_task(asyncio.to_thread(time.sleep, 60))
    print("works", flush=True)
    await stop.wait()

serve(Settings(), works_on, patience=0.5)
"""


@pytest.mark.parametrize(
    ("work", "says"), [(HANGS, "hangs"), (WORKS_ON, "works")], ids=["hangs", "a thread works on"]
)
async def test_a_stop_that_is_not_obeyed_ends_the_process_all_the_same(
    telegram: Telegram, url: str, tmp_path: Path, work: str, says: str
) -> None:
    async with running(telegram, url, tmp_path, run=("-c", work)) as process:
        await until(process, says)
        process.send_signal(signal.SIGTERM)
        output = await ended(process)
    assert process.returncode == 1
    assert "did not end in time" in output


async def test_nor_is_it_where_the_work_has_failed(
    telegram: Telegram, url: str, tmp_path: Path
) -> None:
    fails = WORKS_ON.replace("await stop.wait()", "await asyncio.sleep(0.1); raise OSError")
    async with running(telegram, url, tmp_path, run=("-c", fails)) as process:
        await until(process, "works")
        output = await ended(process)
    assert process.returncode == 1
    assert "did not end in time" in output


async def test_a_second_process_on_the_same_file_is_refused(
    telegram: Telegram, url: str, tmp_path: Path
) -> None:
    with alone(url):
        async with running(telegram, url, tmp_path) as process:
            async with asyncio.timeout(STARTING):
                output, _ = await process.communicate()
    assert process.returncode == 1
    assert "Another process is running" in output.decode()
    assert telegram.counts.requests["getUpdates"] == 0


async def test_a_refused_token_is_not_written_to_the_log(
    telegram: Telegram, url: str, tmp_path: Path
) -> None:
    wrong = "654321:WRONG-abcdefghijklmnopqrst"
    async with running(telegram, url, tmp_path, token=wrong) as process:
        written = await until(process, "poll failed")
        process.send_signal(signal.SIGTERM)
        written += await ended(process)
    assert telegram.requests
    assert wrong not in written


def test_the_database_is_free_again_when_its_process_ends(database_url: str) -> None:
    for _ in range(2):
        with alone(database_url):
            pass


def test_a_second_holder_is_told_which_database_and_what_to_do(url: str) -> None:
    with (
        alone(url),
        pytest.raises(AlreadyRunningError, match=r"running on .*tiendo.*DATABASE_URL"),
        alone(url),
    ):
        pass


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_there_may_be_several(database_url: str) -> None:
    with alone(database_url), alone(database_url):
        pass


def test_another_database_has_a_process_of_its_own(database_url: str, url: str) -> None:
    with alone(database_url), alone(url.replace("tiendo.db", "another.db")):
        pass
