import re
from typing import Any

from sqlalchemy import make_url

from bot.settings import Settings
from tests.deploy.conftest import DEPLOY, ROOT, environment

WATCHDOG_SECONDS = 25
"""After which the bot, told to stop, ends whatever it is doing."""
Compose = dict[str, Any]


def seconds(period: str) -> int:
    found = re.fullmatch(r"(\d+)s", period)
    assert found, period
    return int(found[1])


def test_nobody_is_shot_before_the_watchdog(compose: Compose) -> None:
    for service in compose["services"].values():
        assert seconds(service["stop_grace_period"]) > WATCHDOG_SECONDS


def test_what_it_refers_to_is_there(compose: Compose) -> None:
    build = compose["services"]["bot"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    mounted = {
        volume.split(":")[0]
        for service in compose["services"].values()
        for volume in service["volumes"]
    }
    assert mounted == set(compose["volumes"])


def test_secrets_are_in_files_of_their_own(compose: Compose) -> None:
    for service in compose["services"].values():
        assert "environment" not in service
        assert (DEPLOY / f"{service['env_file']}.example").is_file()
    assert "deploy/*.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_examples_hold_no_secret() -> None:
    for name in ("bot.env.example", "tiendo.env.example"):
        assert environment(name)["BOT_TOKEN"] == ""
    assert environment("database.env.example")["POSTGRES_PASSWORD"] == ""


def test_the_bots_database_is_the_one_that_is_made() -> None:
    made, url = environment("database.env.example"), environment("bot.env.example")["DATABASE_URL"]
    known = make_url(url)
    assert (known.username, known.database) == (made["POSTGRES_USER"], made["POSTGRES_DB"])
    assert known.host == "database"
    assert known.drivername == "postgresql+psycopg"


def test_the_examples_name_settings() -> None:
    for name in ("bot.env.example", "tiendo.env.example"):
        assert {each.lower() for each in environment(name)} <= set(Settings.model_fields)


def test_two_bots_wait_for_the_database_and_come_back(compose: Compose) -> None:
    bot, database = compose["services"]["bot"], compose["services"]["database"]
    assert bot["deploy"]["replicas"] == 2
    assert bot["depends_on"]["database"]["condition"] == "service_healthy"
    assert "pg_isready" in database["healthcheck"]["test"][1]
    assert bot["restart"] == database["restart"] == "unless-stopped"


def test_logs_outlive_the_container(compose: Compose) -> None:
    assert compose["services"]["bot"]["logging"]["driver"] == "journald"


def test_nothing_is_open_to_the_world(compose: Compose) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == []
