import asyncio
import gc
import json
import logging
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.app import App
from bot.logs import PlainError, configure, redact
from sandbox.telegram import Telegram
from storage.inbox import Inbox
from tests.cast import Cast

CREDENTIALS = "123456789:AAE-abcdefghijklmnopqrstuvwxyz12345"
PRIVATE = "điều riêng tư"
"""By a name: a traceback quotes the line that raised."""

Logged = pytest.CaptureFixture[str]


def lines(logged: Logged) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logged.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        CREDENTIALS,
        f"https://api.telegram.org/bot{CREDENTIALS}/getMe",
        "http://127.0.0.1:8081/bot123456:TEST/sendMessage",
        f"ClientConnectorError: {CREDENTIALS} refused",
    ],
    ids=["alone", "in a URL", "short", "in a sentence"],
)
def test_a_token_is_never_logged(logged: Logged, text: str) -> None:
    structlog.get_logger().warning(text, url=text)
    written = logged.readouterr().out
    assert "bot<token>" in written
    assert CREDENTIALS not in written
    assert "123456:TEST" not in written


def test_a_token_in_a_traceback_is_never_logged(logged: Logged) -> None:
    try:
        Path(f"/bot{CREDENTIALS}/getMe").stat()
    except OSError:
        structlog.get_logger().exception("failed")
    written = logged.readouterr().out
    assert "FileNotFoundError" in written
    assert CREDENTIALS not in written


@pytest.mark.parametrize("library", ["asyncio", "aiogram.dispatcher", "apscheduler.scheduler"])
def test_what_libraries_say_is_a_line_like_ours(logged: Logged, library: str) -> None:
    logging.getLogger(library).warning("%s is not reached", f"/bot{CREDENTIALS}/getMe")
    captured = logged.readouterr()
    line = json.loads(captured.out)
    assert (line["event"], line["level"]) == ("/bot<token>/getMe is not reached", "warning")
    assert line["logger"] == library
    assert line["timestamp"].endswith("Z")
    assert captured.err == ""


def test_a_token_in_a_librarys_traceback_is_never_logged(logged: Logged) -> None:
    try:
        Path(f"/bot{CREDENTIALS}/getMe").stat()
    except OSError:
        logging.getLogger("asyncio").exception("Task exception was never retrieved")
    [line] = lines(logged)
    assert "FileNotFoundError" in line["exception"]
    assert CREDENTIALS not in json.dumps(line)


def group() -> ExceptionGroup[ValueError]:
    return ExceptionGroup(PRIVATE, [ValueError(PRIVATE), ValueError("x")])


def test_of_a_group_each_part_is_told_without_its_words(logged: Logged) -> None:
    try:
        raise group() from LookupError(PRIVATE)
    except ExceptionGroup:
        structlog.get_logger().exception("failed")
    [line] = lines(logged)
    told = [name for name in line["exception"].splitlines() if name.endswith(("Error", "Group"))]
    assert told == ["LookupError", "ExceptionGroup", "ValueError", "ValueError"]
    assert "riêng tư" not in line["exception"]


def test_our_own_words_and_the_systems_stay(logged: Logged) -> None:
    for error in (PlainError("message.text"), FileNotFoundError(2, "No such file", "riêng tư")):
        structlog.get_logger().error("failed", exc_info=error)
    told = [line["exception"] for line in lines(logged)]
    assert told == ["bot.logs.PlainError: message.text", "FileNotFoundError: No such file"]


async def test_what_nobody_waited_for_is_told_without_its_words(logged: Logged) -> None:
    async def fail() -> None:
        raise ValueError(PRIVATE)

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    gc.collect()
    [line] = lines(logged)
    assert line["event"] == "Task exception was never retrieved"
    assert "ValueError" in line["exception"]
    assert "riêng tư" not in json.dumps(line, ensure_ascii=False)


def test_a_library_speaks_once_however_often_logs_are_set_up(logged: Logged) -> None:
    configure()
    logging.getLogger("asyncio").error("failed")
    assert len(lines(logged)) == 1


def test_what_is_no_token_stays_as_it_is() -> None:
    event = {"event": "step decided", "at": "09:00:00", "seq": 123456, "recipients": 3}
    assert redact(None, "info", dict(event)) == event


def test_a_line_is_json_with_its_level_and_time(logged: Logged) -> None:
    structlog.get_logger().info("running", database="sqlite")
    [line] = lines(logged)
    assert (line["event"], line["level"], line["database"]) == ("running", "info", "sqlite")
    assert line["timestamp"].endswith("Z")


def test_less_than_the_level_is_not_written(logged: Logged) -> None:
    structlog.get_logger().debug("detail")
    assert lines(logged) == []


async def test_what_people_say_is_not_logged(logged: Logged, cast: Cast) -> None:
    lan = cast.lan()
    await lan.send("điều riêng tư")
    assert lan.messages
    assert "riêng tư" not in logged.readouterr().out


async def test_what_could_not_be_read_is_not_logged(
    logged: Logged, app: App, telegram: Telegram
) -> None:
    update = {"update_id": 7, "message": {"from": {"id": 101}, "text": ["điều riêng tư"]}}
    with app.database.transaction() as session:
        Inbox(session).take_in(app.bot.id, [update], app.clock())
    await app.pump()
    written = logged.readouterr().out
    assert "update failed" in written
    assert "riêng tư" not in written
    assert telegram.token not in written
