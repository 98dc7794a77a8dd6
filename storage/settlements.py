"""Whatever an administrator settles, as changes that can be shown, carried out and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from storage.choices import Choices
from storage.daysoff import DaysOff
from storage.tables import CalendarDay, TaskDate

SETTING, DAY, TASK = "setting", "day", "task"
UNDO = "undo:"


@dataclass(frozen=True, slots=True)
class Change:
    """`key` names a setting, a day (2026-02-16) or a task. None: nothing stands there.

    Of a day: kind, name, source, estimated; of a task: kind, value, lead_days.
    """

    what: str
    key: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Done:
    """What was settled last, under a number of its own, and how it was told."""

    number: int
    changes: tuple[Change, ...]
    told: str


class Settlements:
    def __init__(self, session: Session) -> None:
        self.session = session

    def change(self, what: str, key: str, after: Any) -> Change:  # noqa: ANN401 - JSON
        return Change(what, key, self._standing(what, key), after)

    def carry_out(self, changes: Sequence[Change], now: datetime, by: int) -> bool:
        """All of them, or none where something else stands there by now."""
        if any(self._standing(each.what, each.key) != each.before for each in changes):
            return False
        for each in changes:
            self._put(each, now, by)
        return True

    def remember(self, topic: str, changes: Sequence[Change], told: str, now: datetime) -> int:
        """So that it can be taken back; returns its number."""
        last = Choices(self.session).get(UNDO + topic)
        number = (last["number"] if last else 0) + 1
        kept = {"number": number, "changes": packed(changes), "told": told}
        Choices(self.session).keep(UNDO + topic, kept, now)
        return number

    def last(self, topic: str) -> Done | None:
        """None where nothing was settled, or it was taken back."""
        kept = Choices(self.session).get(UNDO + topic)
        if not kept or not kept["changes"]:
            return None
        return Done(kept["number"], unpacked(kept["changes"]), kept["told"])

    def undo(self, topic: str, done: Done, now: datetime, by: int) -> bool:
        """False where something else was settled since about the same."""
        back = [replace(each, before=each.after, after=each.before) for each in done.changes]
        if not self.carry_out(back, now, by):
            return False
        kept = {"number": done.number, "changes": [], "told": ""}
        Choices(self.session).keep(UNDO + topic, kept, now)
        return True

    def _standing(self, what: str, key: str) -> Any:  # noqa: ANN401 - JSON
        if what == SETTING:
            return Choices(self.session).get(key)
        if what == DAY:
            day = self.session.get(CalendarDay, date.fromisoformat(key))
            names = ("kind", "name", "source", "estimated")
            return day and {name: getattr(day, name) for name in names}
        task = self.session.get(TaskDate, key)
        return task and {name: getattr(task, name) for name in ("kind", "value", "lead_days")}

    def _put(self, each: Change, now: datetime, by: int) -> None:
        choices, days, value = Choices(self.session), DaysOff(self.session), each.after
        if each.what == SETTING:
            choices.settle(each.key, value, now, by)
        elif each.what == DAY and value is None:
            days.remove([date.fromisoformat(each.key)], now)
        elif each.what == DAY:
            days.put(date.fromisoformat(each.key), now=now, by=by, **value)
        elif value is None:
            choices.undate_task(each.key, now)
        else:
            choices.date_task(each.key, now=now, by=by, **value)


def packed(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [asdict(each) for each in changes]


def unpacked(kept: Iterable[dict[str, Any]]) -> tuple[Change, ...]:
    return tuple(Change(**each) for each in kept)
