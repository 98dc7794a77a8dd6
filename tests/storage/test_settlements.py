"""What is settled can be shown, is carried out as a whole, and can be taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from storage.choices import Choices
from storage.database import Database
from storage.daysoff import DaysOff
from storage.settlements import DAY, SETTING, TASK, Change, Settlements, packed, unpacked

NOW = datetime(2024, 9, 16, 2, tzinfo=UTC)
OFF = {"kind": "off", "name": "Bão", "source": "", "estimated": False}
DATED = {"kind": "date", "value": "05-18", "lead_days": 14}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def settlements(session: Session) -> Settlements:
    return Settlements(session)


@pytest.mark.parametrize(
    ("what", "key", "value"),
    [(SETTING, "escalation", [2, 4]), (DAY, "2024-11-04", OFF), (TASK, "II.1.a", DATED)],
)
def test_a_change_is_made_and_taken_back(
    settlements: Settlements, what: str, key: str, value: Any
) -> None:
    change = settlements.change(what, key, value)
    assert change == Change(what, key, None, value)
    assert settlements.carry_out([change], NOW, 1)
    assert settlements.change(what, key, None).before == value
    settlements.remember("lich", [change], "…", NOW)
    done = settlements.last("lich")
    assert done
    assert settlements.undo("lich", done, NOW, 1)
    assert settlements.change(what, key, None).before is None
    assert settlements.last("lich") is None


def test_where_one_of_them_was_settled_otherwise_none_is_made(
    settlements: Settlements, session: Session
) -> None:
    both = [settlements.change(DAY, "2024-11-04", OFF), settlements.change(TASK, "II.1.a", DATED)]
    Choices(session).date_task("II.1.a", "month", "6", 3, NOW)
    assert not settlements.carry_out(both, NOW, 1)
    assert date(2024, 11, 4) not in DaysOff(session).all()


def test_what_was_settled_since_is_not_undone(settlements: Settlements, session: Session) -> None:
    change = settlements.change(SETTING, "escalation", [2, 4])
    settlements.carry_out([change], NOW, 1)
    settlements.remember("mocnhac", [change], "…", NOW)
    Choices(session).settle("escalation", [3, 3], NOW)
    done = settlements.last("mocnhac")
    assert done
    assert not settlements.undo("mocnhac", done, NOW, 1)
    assert Choices(session).get("escalation") == [3, 3]


def test_each_has_a_number_of_its_own(settlements: Settlements) -> None:
    change = settlements.change(SETTING, "escalation", [2, 4])
    assert [settlements.remember("lich", [change], "…", NOW) for _ in range(2)] == [1, 2]


def test_changes_are_kept_as_they_are(settlements: Settlements) -> None:
    change = settlements.change(DAY, "2024-11-04", OFF)
    assert unpacked(packed([change])) == (change,)
