"""Fixtures build; tests tell. Only Telegram is fake: see `sandbox/`."""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlmodel import SQLModel

from bot import logs
from bot.app import App
from bot.settings import Settings
from plan.catalogue import Catalogue
from plan.loading import load
from sandbox.clock import PushedClock
from sandbox.telegram import Telegram
from storage import schema
from storage.database import Database
from storage.seeding import seed
from tests.cast import Cast
from tests.postgres import Lender

POSTGRES = "TEST_POSTGRES_URL"
ROOM = 2 * 1024**3
MONDAY = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)
"""09:00 on Monday 16 September 2024 in Ho Chi Minh City: before the first reminder."""

CONVERSATIONS = ("tests/handlers/", "tests/security/test_roles")


def pytest_configure(config: pytest.Config) -> None:
    """Where memory can hold the files of the tests, no test waits for a disk."""
    memory = Path("/dev/shm")  # noqa: S108 - below it, one directory of this run
    if config.option.basetemp or hasattr(config, "workerinput") or not memory.is_dir():
        return
    if shutil.disk_usage(memory).free > ROOM:
        config.option.basetemp = memory / f"tiendo-tests-{os.getpid()}"
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Cases of a conversation differ in what is typed, not in what is asked of the database: the
    first of them runs on PostgreSQL too. All do where cases are picked by name.
    """
    if config.option.keyword or any("::" in argument for argument in config.args):
        return
    seen, left_out = set[str](), []
    for item in items:
        function, _, case = item.nodeid.partition("[")
        if not function.startswith(CONVERSATIONS) or "postgresql" not in case:
            continue
        if function in seen:
            left_out.append(item)
        seen.add(function)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything is present, so a skipped database or browser is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("CI skips nothing: see the reasons below", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A migrated and seeded file, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "tiendo.db"
    _prepare(Database(f"sqlite:///{path}"), catalogue)
    return path


@pytest.fixture(scope="session")
def postgres(catalogue: Catalogue) -> Iterator[Lender]:
    url = os.environ.get(POSTGRES)
    if not url:
        pytest.skip(f"{POSTGRES} is not set")
    lender = Lender(url, catalogue)
    yield lender
    lender.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated, seeded database: every test that asks for one runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "tiendo.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        lender: Lender = request.getfixturevalue("postgres")
        with lender.lend() as url:
            yield url
    _forget_engines()


def _forget_engines() -> None:
    """SQLAlchemy keeps a mapper's compiled statements, and questions to PostgreSQL's catalogue, for
    each engine there ever was: a megabyte a test, and a collector of garbage that takes longer with
    each.
    """
    for mapper in SQLModel._sa_registry.mappers:  # noqa: SLF001 - there is no public way
        vars(mapper).pop("_compiled_cache", None)
    for each in vars(PGDialect).values():
        if hasattr(each, "cache_clear"):
            each.cache_clear()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> PushedClock:
    """Stands still until the test pushes it."""
    return PushedClock(lambda: MONDAY, MONDAY)


@pytest.fixture
def monotonic() -> Callable[[], float]:
    """A second passes at each look, so that no test waits for the pace of sending."""
    seconds = count(1.0)
    return lambda: next(seconds)


@pytest.fixture
async def telegram(clock: PushedClock) -> AsyncIterator[Telegram]:
    async with Telegram(now=clock.now) as running:
        yield running


@pytest.fixture
def settings(telegram: Telegram, database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=telegram.token,
        telegram_api_url=telegram.url,
        database_url=database_url,
        files_dir=tmp_path / "files",
        backup_dir=tmp_path / "backups",
        admin_ids=frozenset({"900"}),
        desks=2,
    )


@pytest.fixture
async def app(
    settings: Settings, telegram: Telegram, clock: PushedClock, monotonic: Callable[[], float]
) -> AsyncIterator[App]:
    """The whole bot, moved by hand: each verb of a person returns when it has answered."""
    logs.configure("WARNING")
    tokens = count(1)
    running = App(
        settings, clock=clock.now, monotonic=monotonic, new_token=lambda: f"t{next(tokens)}"
    )
    await running.start()
    telegram.settle = running.pump
    yield running
    await running.close()


@pytest.fixture
def cast(app: App, telegram: Telegram, clock: PushedClock) -> Cast:
    return Cast(app.database, telegram, clock.now)


def _prepare(database: Database, catalogue: Catalogue) -> None:
    schema.upgrade(database)
    with database.transaction() as session:
        seed(session, catalogue)
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
