"""Typed reading of one table of the plan file: what is wrong is noted, not raised."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Defect:
    entry: str
    problem: str


class Table:
    """Every reader gives back a value of its type, after a defect a harmless one."""

    def __init__(self, values: Mapping[str, object], entry: str, defects: list[Defect]) -> None:
        self.entry = entry
        self.defects = defects
        self._values = values
        self._read: set[str] = set()

    def note(self, problem: str) -> None:
        self.defects.append(Defect(self.entry, problem))

    def has(self, key: str) -> bool:
        return key in self._values

    def take(self, key: str, *, optional: bool = False) -> object:
        self._read.add(key)
        if not optional and key not in self._values:
            self.note(f"{key} is missing")
        return self._values.get(key)

    def text(self, key: str, longest: int = 5_000, *, optional: bool = False) -> str:
        value = self.take(key, optional=optional)
        return "" if value is None else self._checked(key, value, longest)

    def slug(self, key: str) -> str:
        value = self.text(key)
        if value and not SLUG.fullmatch(value):
            self.note(f"{key} {value!r} is not made of a-z, 0-9 and single hyphens")
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        items = self._list(key, optional=optional)
        found = tuple(self._checked(key, item, 5_000) for item in items)
        for item in {item for item in found if found.count(item) > 1}:
            self.note(f"{key} names {item!r} twice")
        return found

    def whole(self, key: str, low: int, high: int) -> int:
        value = self.take(key)
        if value is None:
            return low
        return self.within(key, value, low, high)

    def within(self, key: str, value: object, low: int, high: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            self.note(f"{key} must be a whole number, not {value!r}")
        elif not low <= value <= high:
            self.note(f"{key} must lie between {low} and {high}, not {value}")
        else:
            return value
        return low

    def flag(self, key: str) -> bool:
        value = self.take(key, optional=True)
        if value is not None and not isinstance(value, bool):
            self.note(f"{key} must be true or false, not {value!r}")
        return value is True

    def day(self, key: str) -> date | None:
        value = self.take(key, optional=True)
        return None if value is None else self._date(key, value)

    def days(self, key: str) -> frozenset[date]:
        found = (self._date(key, item) for item in self._list(key, optional=True))
        return frozenset(day for day in found if day is not None)

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        return kind(self.one_of(key, tuple(kind)))

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.take(key)
        if value in allowed:
            return str(value)
        if value is not None:
            self.note(f"{key} must be one of {', '.join(allowed)}, not {value!r}")
        return allowed[0]

    def tables(self, key: str, *, optional: bool = False) -> list["Table"]:
        """The tables of a list, each called `key` and its code or number."""
        found = []
        for number, item in enumerate(self._list(key, optional=optional), start=1):
            if isinstance(item, dict):
                name = str(item.get("code") or item.get("id") or "").strip() or f"#{number}"
                found.append(Table(item, f"{key} {name}", self.defects))
            else:
                self.note(f"{key} must hold tables, not {item!r}")
        return found

    def table(self, key: str, *, optional: bool = False) -> "Table":
        value = self.take(key, optional=optional)
        if value is not None and not isinstance(value, dict):
            self.note(f"{key} must be a table, not {value!r}")
        return Table(value if isinstance(value, dict) else {}, key, self.defects)

    def finish(self) -> None:
        for key in sorted(self._values.keys() - self._read):
            self.note(f"unknown key {key!r}")

    def _list(self, key: str, *, optional: bool) -> list[object]:
        value = self.take(key, optional=optional)
        if value is not None and not isinstance(value, list):
            self.note(f"{key} must be a list, not {value!r}")
        return value if isinstance(value, list) else []

    def _date(self, key: str, value: object) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.note(f"{key} must hold a date such as 2026-01-02, not {value!r}")
        return None

    def _checked(self, key: str, value: object, longest: int) -> str:
        if not isinstance(value, str):
            self.note(f"{key} must be text, not {value!r}")
            return ""
        if not value.strip():
            self.note(f"{key} is empty")
        elif value != unicodedata.normalize("NFC", value):
            self.note(f"{key} is not in composed form (Unicode NFC)")
        elif len(value) > longest:
            self.note(f"{key} is longer than {longest} characters")
        return value
