"""The desk alone: inbox → handler → figures, conversation and outbox, durable, without HTTP."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import still, town
from bench.whole import QUESTIONS, YEAR
from bot.app import App


def messages_of(citizens: Sequence[town.Citizen]) -> list[dict[str, Any]]:
    """What the crowd types, as raw updates, everybody's first message first."""
    return [
        still.typed(citizen.chat_id, _said(citizen)[place])
        for place in range(1 + 2 * QUESTIONS)
        for citizen in citizens
    ]


def _said(citizen: town.Citizen) -> list[str]:
    """Of each person and question, another figure."""
    figures = [f"{citizen.number}/{2000 + 10 * n + citizen.number % 7}" for n in range(QUESTIONS)]
    return [f"/baocao {YEAR}", *(text for figure in figures for text in (figure, "đúng"))]


def rate(path: Path, people: int, times: int) -> float:
    """Messages a second of so many people at once; the first time is not counted."""
    with still.still(path) as app:
        codes = town.share_codes(app.services.catalogue, QUESTIONS)
        citizens = town.found(app.database, people * (times + 1), codes, still.NOW)
        _talk(app, citizens[:people])
        start = perf_counter()
        handled = sum(_talk(app, citizens[n * people :][:people]) for n in range(1, times + 1))
        return handled / (perf_counter() - start)


def _talk(app: App, citizens: Sequence[town.Citizen]) -> int:
    still.take_in(app, messages_of(citizens))
    return still.handle_all(app)
