"""The files of `deploy/`, read as the programs read them that they are for."""

import configparser
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typing_extensions import override

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
Instruction = tuple[str, str]


class OnceOnly(configparser.RawConfigParser):
    @override
    def optionxform(self, optionstr: str) -> str:
        """As it is: systemd minds the case."""
        return optionstr


@pytest.fixture(scope="session")
def container() -> list[Instruction]:
    """(instruction, its words), comments and line ends taken away."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if line and not line.startswith("#"))
    return [
        (line.split()[0], " ".join(line.split()[1:]))
        for line in lines.replace("\\\n", " ").splitlines()
    ]


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def unit() -> configparser.RawConfigParser:
    """Strict: a key that stands there twice is an error."""
    parser = OnceOnly(strict=True)
    parser.read(DEPLOY / "tiendo.service", encoding="utf-8")
    return parser


def environment(name: str) -> dict[str, str]:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))


def settings_of(given: dict[str, str]) -> Settings:
    """Of these alone, whatever this process' own environment says."""
    return Settings.model_validate({name.lower(): text for name, text in given.items()})


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603 - this project's own
