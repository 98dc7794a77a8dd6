import configparser
import re
import shutil
import sys
from pathlib import Path

from tests.deploy.conftest import DEPLOY, ROOT, OnceOnly, environment, run, settings_of
from tests.deploy.test_compose import WATCHDOG_SECONDS

Unit = configparser.RawConfigParser
DAYS_OF_A_YEAR = 366
ANALYZE = shutil.which("systemd-analyze")


def test_nobody_is_shot_before_the_watchdog(unit: Unit) -> None:
    assert unit.getint("Service", "TimeoutStopSec") > WATCHDOG_SECONDS
    assert unit["Service"]["KillSignal"] == "SIGTERM"


def test_it_comes_back_whatever_happens(unit: Unit) -> None:
    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"


def test_it_may_write_where_its_data_lies_and_nowhere_else(unit: Unit) -> None:
    place = unit["Service"]["ReadWritePaths"]
    given = settings_of(environment("tiendo.env.example"))
    assert place == f"/var/lib/{unit['Service']['StateDirectory']}"
    assert given.database_url.startswith(f"sqlite:///{place}/")
    assert {given.files_dir.parent, given.backup_dir.parent} == {Path(place)}
    assert unit["Service"]["ProtectSystem"] == "strict"
    assert unit["Service"]["NoNewPrivileges"] == "true"


def test_it_starts_what_make_install_makes(unit: Unit) -> None:
    service = unit["Service"]
    home = service["WorkingDirectory"]
    assert service["ExecStart"] == f"{home}/.venv/bin/python -m bot run"
    assert unit["Unit"]["Documentation"] == f"file:{home}/docs/operations.md"
    assert (ROOT / "docs" / "operations.md").is_file()


def test_a_year_of_logs_is_kept(unit: Unit) -> None:
    assert unit["Service"]["LogNamespace"] == "tiendo"
    journal = OnceOnly(strict=True)
    journal.read(DEPLOY / "journald.conf", encoding="utf-8")
    days = re.fullmatch(r"(\d+)day", journal["Journal"]["MaxRetentionSec"])
    assert days
    assert int(days[1]) > DAYS_OF_A_YEAR
    assert journal["Journal"]["Storage"] == "persistent"


def test_systemd_understands_it(tmp_path: Path) -> None:
    """Where there is one to be asked."""
    text = (DEPLOY / "tiendo.service").read_text(encoding="utf-8")
    copy = tmp_path / "tiendo.service"
    copy.write_text(text.replace("/opt/tiendo/.venv/bin/python", sys.executable), encoding="utf-8")
    if ANALYZE:
        done = run(tmp_path, ANALYZE, "verify", str(copy))
        assert (done.returncode, done.stderr) == (0, "")
