"""Reads what people type. Never guesses in silence."""

from datetime import date

from plan.answers.figures import Kind, read
from plan.answers.readings import (
    Ask,
    Count,
    Day,
    Given,
    Growth,
    NoData,
    NoObject,
    NotApplicable,
    Postpone,
    Reading,
    Refuse,
    Share,
    Signal,
    Text,
    Unreadable,
    Value,
)
from plan.words import fold

__all__ = [
    "Ask",
    "Count",
    "Day",
    "Given",
    "Growth",
    "Kind",
    "NoData",
    "NoObject",
    "NotApplicable",
    "Postpone",
    "Reading",
    "Refuse",
    "Share",
    "Signal",
    "Text",
    "Unreadable",
    "Value",
    "fold",
    "read",
    "read_count",
    "read_share",
]


def read_share(text: str) -> Reading:
    return read(Kind.SHARE, text, today=date(2026, 10, 20))


def read_count(text: str) -> Reading:
    return read(Kind.VISITS, text, today=date(2026, 10, 20))
