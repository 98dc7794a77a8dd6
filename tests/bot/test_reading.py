"""The reader at the command line: one line of JSON for each text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli

Read = Callable[..., dict[str, Any]]


@pytest.fixture
def run() -> Callable[..., str]:
    def invoke(*arguments: str, exit_code: int = 0) -> str:
        done = CliRunner().invoke(cli, ["read", "--today", "2026-10-20", *arguments])
        assert done.exit_code == exit_code, done.output
        return done.stdout

    return invoke


@pytest.fixture
def said(run: Callable[..., str]) -> Read:
    return lambda kind, text: json.loads(run("--kind", kind, "--year", "2026", text))


@pytest.mark.parametrize(
    ("kind", "text", "fields"),
    [
        ("share", "12/15", {"outcome": "value", "numerator": 12, "denominator": 15}),
        ("visits", "hai triệu rưỡi", {"outcome": "value", "value": 2_500_000, "confirm": True}),
        ("growth", "12,5", {"outcome": "value", "value": 12.5}),
        ("share", "0/5", {"outcome": "value", "numerator": 0, "denominator": 5}),
        ("count", "0", {"outcome": "value", "value": 0}),
        ("visits", "0 lượt", {"outcome": "value", "value": 0}),
        ("growth", "0%", {"outcome": "value", "value": 0}),
        ("growth", "-5", {"outcome": "value", "value": -5}),
        ("date", "mùng 5/11", {"outcome": "value", "date": "2026-11-05"}),
        ("text", "Huy động vốn", {"outcome": "value", "text": "Huy động vốn"}),
        ("share", "mai gửi", {"outcome": "postpone", "date": "2026-10-21"}),
        ("confirm", "không sai", {"outcome": "yes"}),
        ("share", "không áp dụng", {"outcome": "not_applicable"}),
        ("share", "abc", {"outcome": "unreadable"}),
    ],
)
def test_tells_what_was_read(said: Read, kind: str, text: str, fields: dict[str, Any]) -> None:
    assert said(kind, text) == fields


def test_half_a_share_is_offered_as_what_was_met(said: Read) -> None:
    assert said("share", "12")["readings"] == [{"numerator": 12}]


def test_a_refusal_names_its_reason_and_what_may_have_been_meant(said: Read) -> None:
    swapped = [{"numerator": 12, "denominator": 15}]
    assert said("share", "15/12") == {"outcome": "refuse", "reason": "over", "readings": swapped}


def test_an_estimate_and_a_code_are_named(said: Read) -> None:
    assert said("visits", "khoảng 1200")["estimate"] is True
    assert said("share", "TV1.2: 12/15")["note"] == "TV1.2"


def test_finds_an_agency_by_name(run: Callable[..., str]) -> None:
    found = json.loads(run("--kind", "agency", "so van hoa"))
    assert found == {"outcome": "value", "text": "Sở Văn hóa và Thể thao", "note": "so-vhtt"}
    assert json.loads(run("--kind", "agency", "binh"))["reason"] == "several"
    assert json.loads(run("--kind", "agency", "zzz")) == {"outcome": "unreadable"}


def test_words_about_the_conversation_name_no_agency(said: Read) -> None:
    assert said("agency", "bỏ qua") == {"outcome": "skip"}


def test_a_growth_that_looks_like_an_option_is_none(run: Callable[..., str]) -> None:
    assert json.loads(run("--kind", "growth", "-5%"))["value"] == -5


def test_a_doubtful_half_is_what_was_met(said: Read) -> None:
    assert said("share", "O5")["readings"] == [{"numerator": 5}]
    assert said("share", "chưa có thư viện nào đạt")["readings"] == [{"numerator": 0}]


def test_reads_a_file_line_by_line(run: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "lines.tsv"
    # As a spreadsheet saves it: a mark at its head, lines that end in CR LF.
    file.write_bytes("\ufeffshare\t12/15\r\nconfirm\tok\r\n".encode())
    outcomes = [json.loads(line)["outcome"] for line in run("--batch", str(file)).splitlines()]
    assert outcomes == ["value", "yes"]


def test_a_line_that_is_no_case_is_named(run: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text("share\t12/15\nnonsense\n", encoding="utf-8")
    assert len(run("--batch", str(file), exit_code=2).splitlines()) == 1
