"""`audit verify` and `audit show`."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.auditing import AuditError, entries, verified
from bot.settings import Settings
from storage.audit import PAGE, Audit
from storage.database import Database
from tests.storage.tampering import OFF

NOW = datetime(2024, 9, 16, 2, 0, tzinfo=UTC)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(_env_file=None, database_url=database_url)


def noted(database: Database, number: int = 3) -> str:
    """Entries a minute apart, sealed; the hash of the newest."""
    with database.transaction() as session:
        audit = Audit(session)
        audit.act_as("telegram", 7)
        for n in range(number):
            at = NOW + timedelta(minutes=n)
            audit.note("figure.recorded", f"quan-1 2024 {n}", after="12/15", now=at)
        while audit.seal():
            pass
        return audit.head().hash


def tampered(database: Database, statement: str) -> None:
    with database.transaction() as session:
        for each in [*OFF[session.get_bind().dialect.name], statement]:
            session.connection().execute(text(each))


def test_an_empty_log_is_whole(settings: Settings, database: Database) -> None:
    assert verified(settings).startswith("0 entries, chain intact, 0 unsealed.")
    assert database


def test_a_whole_chain_is_told_with_its_head(settings: Settings, database: Database) -> None:
    head = noted(database)
    with database.transaction() as session:
        Audit(session).note("report.submitted", now=NOW)
    said = verified(settings)
    assert said.startswith("3 entries, chain intact up to 2024-09-16 02:02:00 UTC, 1 unsealed.")
    assert f"Head: {head}" in said


def test_a_long_chain_is_walked_in_pages(settings: Settings, database: Database) -> None:
    noted(database, PAGE + 1)
    assert verified(settings).startswith(f"{PAGE + 1} entries")
    tampered(database, "DELETE FROM audit WHERE link = (SELECT max(link) - 1 FROM audit)")
    with pytest.raises(AuditError, match=f"link {PAGE} is missing"):
        verified(settings)


def test_a_cut_off_end_is_seen_by_who_noted_the_head(
    settings: Settings, database: Database
) -> None:
    head = noted(database)
    tampered(database, "DELETE FROM audit WHERE link = 3")
    assert verified(settings).startswith("2 entries, chain intact")
    with pytest.raises(AuditError, match="Intact up to link 2"):
        verified(settings, head)


def test_a_head_noted_earlier_is_found_in_a_longer_chain(
    settings: Settings, database: Database
) -> None:
    head = noted(database)
    noted(database)
    assert verified(settings, head).startswith("6 entries")


def test_entries_are_shown_from_a_day_on(settings: Settings, database: Database) -> None:
    noted(database)
    assert [line.split("\t")[0] for line in entries(settings, None, 2)] == ["2", "3"]
    assert entries(settings, NOW.replace(tzinfo=None) + timedelta(minutes=2), 9) == [
        "3\t2024-09-16 02:02:00\ttelegram\tperson 7\tfigure.recorded\tquan-1 2024 2\t- → 12/15"
    ]


def test_a_database_of_another_version_is_not_judged(settings: Settings) -> None:
    empty = settings.model_copy(update={"database_url": "sqlite://"})
    with pytest.raises(AuditError, match="run `migrate` first"):
        verified(empty)


def test_a_broken_chain_is_exit_code_2(settings: Settings, database: Database) -> None:
    noted(database)
    env = {"DATABASE_URL": settings.database_url}
    assert CliRunner().invoke(cli, ["audit", "verify"], env=env).exit_code == 0
    assert "quan-1 2024 2" in CliRunner().invoke(cli, ["audit", "show"], env=env).output
    tampered(database, "UPDATE audit SET after = '15/15' WHERE link = 2")
    broken = CliRunner().invoke(cli, ["audit", "verify"], env=env)
    assert broken.exit_code == 2
    assert "link 2 (entry 2) was changed after sealing" in broken.output
