"""The image, as far as it can be made without a container engine: its tree runs by itself."""

import json
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.settings import Settings
from tests.deploy.conftest import DEPLOY, ROOT, Instruction, run, settings_of


def words(container: list[Instruction], instruction: str) -> list[str]:
    return [rest for name, rest in container if name == instruction]


def copied(container: list[Instruction]) -> list[str]:
    return [rest.split()[0].rstrip("/") for rest in words(container, "COPY")]


@pytest.fixture
def tree(container: list[Instruction], tmp_path: Path) -> Path:
    """What the image would hold in its working directory."""
    for name in copied(container):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    return tmp_path


def test_it_is_the_python_that_is_asked_for(container: list[Instruction]) -> None:
    (image,) = words(container, "FROM")
    asked = re.search(r'requires-python = ">=([\d.]+),', (ROOT / "pyproject.toml").read_text())
    assert asked
    assert image.startswith(f"python:{asked[1]}-slim")


def test_only_locked_packages_are_installed(container: list[Instruction]) -> None:
    (install,) = [rest for rest in words(container, "RUN") if "pip install" in rest]
    assert {"--require-hashes", "requirements.lock"} <= set(install.split())


def test_the_bot_in_it_is_not_root(container: list[Instruction]) -> None:
    names = [name for name, _ in container]
    (user,) = words(container, "USER")
    assert user not in {"root", "0"}
    assert names.index("USER") < names.index("CMD")


def test_it_is_stopped_by_the_signal_the_bot_listens_to(container: list[Instruction]) -> None:
    assert words(container, "STOPSIGNAL") == ["SIGTERM"]
    # The form of a list: a shell in between would keep the signal to itself.
    assert json.loads(words(container, "CMD")[0]) == ["python", "-m", "bot", "run"]


def test_its_settings_are_settings_within_its_volume(container: list[Instruction]) -> None:
    pairs = dict(word.split("=", 1) for rest in words(container, "ENV") for word in rest.split())
    ours = {name.lower(): value for name, value in pairs.items() if name != "PYTHONUNBUFFERED"}
    assert set(ours) <= set(Settings.model_fields)
    settings = settings_of(ours)
    (volume,) = words(container, "VOLUME")
    assert all(str(path).startswith(volume) for path in (settings.files_dir, settings.backup_dir))
    assert settings.database_url.startswith(f"sqlite:///{volume}/")
    assert words(container, "EXPOSE") == [str(settings.web_port)]


def test_what_it_holds_is_enough_for_the_bot(tree: Path) -> None:
    parts = "import bot.process; from bot.app import *; the_root()"
    done = run(tree, sys.executable, "-c", parts)
    assert (done.returncode, done.stderr) == (0, "")
    assert run(tree, sys.executable, "-m", "bot", "plan", "check").returncode == 0


def test_nothing_else_goes_to_the_engine(container: list[Instruction]) -> None:
    lines = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == set(copied(container))


class Health(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def health() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), type("Answer", (Health,), {})) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [200, 503])
def test_its_health_is_what_the_bot_says(
    container: list[Instruction], health: HTTPServer, status: int
) -> None:
    (check,) = words(container, "HEALTHCHECK")
    python, *rest = json.loads(check.split("CMD ")[1])
    setattr(health.RequestHandlerClass, "status", status)  # noqa: B010 - the type is the library's
    code = rest[-1].replace(":8080/", f":{health.server_port}/")
    assert python == "python"
    assert (run(ROOT, sys.executable, *rest[:-1], code).returncode == 0) is (status == 200)


def test_its_pg_dump_is_as_new_as_the_server(
    container: list[Instruction], compose: dict[str, dict[str, dict[str, str]]]
) -> None:
    client = re.search(r"postgresql-client-(\d+)", " ".join(words(container, "RUN")))
    server = re.fullmatch(r"postgres:(\d+)-bookworm", compose["services"]["database"]["image"])
    assert client
    assert server
    assert int(client[1]) >= int(server[1])
    assert shlex.split(words(container, "FROM")[0])[0].endswith("-bookworm")
