"""The reader at the command line: what a typed answer would be taken for, as JSON."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from plan.answers import (
    Ask,
    Count,
    Day,
    Given,
    Growth,
    Kind,
    NoData,
    NoObject,
    NotApplicable,
    Postpone,
    Reading,
    Refuse,
    Share,
    Signal,
    Text,
    Value,
    read,
)

Fields = dict[str, Any]
_ANSWERS = {NoData: "no_data", NoObject: "no_object", NotApplicable: "not_applicable"}


def judged(kind: Kind, text: str, *, today: date, year: int | None) -> str:
    """One line of JSON; the fields are described in docs/reader.md."""
    reading = read(kind, text, today=today, year=year)
    if kind is Kind.AGENCY and isinstance(reading, Value):
        from bot.naming import agency_fields

        fields = agency_fields(text, today)
    else:
        fields = fields_of(reading, kind)
    return json.dumps(fields, ensure_ascii=False)


def batch(lines: Iterable[str], *, today: date, year: int | None) -> Iterator[str]:
    """`kind<TAB>text`, a line of JSON each; ValueError names the line that is neither."""
    for number, line in enumerate(lines, 1):
        kind, tab, text = line.rstrip("\r\n").partition("\t")
        if not tab or kind not in set(Kind):
            raise ValueError(f"line {number} is not KIND<TAB>TEXT: {line[:60]!r}")
        yield judged(Kind(kind), text, today=today, year=year)


def fields_of(reading: Reading, kind: Kind) -> Fields:
    return {key: value for key, value in _fields(reading, kind).items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    """Nothing to say; a nought is a figure, although 0 == False."""
    return value is None or value is False or value in ("", [])


def _fields(reading: Reading, kind: Kind) -> Fields:
    match reading:
        case Value(given, confirm, estimate, note):
            flags = {"confirm": confirm, "estimate": estimate, "note": note}
            return {"outcome": "value"} | given_fields(given) | flags
        case Ask(readings, reason, estimate, note):
            offered = [
                _half(given) if kind is Kind.SHARE else given_fields(given) for given in readings
            ]
            flags = {"reason": reason, "estimate": estimate, "note": note}
            return {"outcome": "ask", "readings": offered} | flags
        case Refuse(reason, readings):
            offered = [given_fields(given) for given in readings]
            return {"outcome": "refuse", "reason": reason, "readings": offered}
        case Postpone(on):
            return {"outcome": "postpone", "date": on.isoformat() if on else None}
        case Signal():
            return {"outcome": reading.value}
        case _:
            return {"outcome": _ANSWERS.get(type(reading), "unreadable")}


def _half(given: Given) -> Fields:
    """Of a share whose total is missing, what was met."""
    return {"numerator": given.value} if isinstance(given, Count) else given_fields(given)


def given_fields(given: Given) -> Fields:
    match given:
        case Share(numerator, denominator):
            return {"numerator": numerator, "denominator": denominator}
        case Count(value):
            return {"value": value}
        case Growth(percent):
            whole = percent.denominator == 1
            return {"value": int(percent) if whole else float(percent)}
        case Day(on):
            return {"date": on.isoformat()}
        case Text(text):
            return {"text": text}
