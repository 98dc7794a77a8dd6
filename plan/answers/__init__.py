"""Reads what people type. Never guesses in silence."""

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
]
