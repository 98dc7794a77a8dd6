"""What cannot be played is told, not passed over."""

from argparse import Namespace

import pytest

from chaos import databases
from chaos.__main__ import chosen
from chaos.playing import SCENARIOS, play
from chaos.report import broken
from chaos.stage import Case


def test_without_a_server_its_rows_are_dashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(databases.SERVER, raising=False)
    scenario = next(each for each in SCENARIOS if each.name == "noticed")
    rows = play(scenario, Case("postgresql", "webhook", full=False, seed=7))
    assert [row.promise for row in rows] == ["R4", "R5", "R6"]
    assert {(row.kept, row.found) for row in rows} == {(None, databases.UNSET)}
    assert broken(rows) == []


def test_both_databases_are_asked_for_whether_they_are_there_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(databases.SERVER, raising=False)
    asked = Namespace(database="both", intake="both", only="", stock=False, full=True, seed=7)
    assert {case.kind for _, case in chosen(asked)} == {"sqlite", "postgresql"}
