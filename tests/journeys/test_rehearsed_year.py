"""A year by the sandbox's clock, for all seeded agencies: what is rehearsed is what comes."""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlmodel import select

from bot.app import App
from bot.rehearsal import Rehearsal, counted
from bot.ticker import next_look
from plan.calendars import ZONE, local_date
from sandbox.clock import PushedClock
from sandbox.seeded import CAST, REPORTED_THIS_YEAR, Seed
from sandbox.telegram import Telegram
from storage.ledger import Ledger
from storage.tables import Agency, Reminder

FIRST, LAST = date(2024, 9, 16), date(2025, 9, 12)
pytestmark = pytest.mark.timeout(900)


CAMPAIGNS = ("Chiến dịch: ", "Bản trình duyệt")
"""Drafts of notices that the calendar offers to administrators are no reminders."""


@dataclass(frozen=True, order=True)
class Heard:
    at: datetime
    address: str
    text: str


@dataclass(frozen=True)
class City:
    """A focal point in every agency that must report, a few of which have."""

    app: App
    telegram: Telegram
    clock: PushedClock

    def settle(self) -> dict[str, str]:
        """Agency → its kind."""
        with self.app.database.transaction() as session:
            sown = Seed(session, self.app.services.catalogue, self.clock.now()).sow()
            for player in [*CAST, *sown]:
                self.telegram.person(player.chat_id, player.name)
            return {row.id: row.kind for row in session.exec(select(Agency))}

    def rehearse(self) -> tuple[Rehearsal, list[Heard]]:
        rehearsal = Rehearsal(self.app.database, self.app.rulebook, FIRST, LAST)
        return rehearsal, sorted(
            Heard(each.at, each.address, each.text) for each in rehearsal.letters()
        )

    async def replay(self) -> list[Heard]:
        """Every look of every working day, with the clock standing still meanwhile."""
        look = next_look(self.app.services.calendar, self.clock.now())
        heard: list[Heard] = []
        while local_date(look) <= LAST:
            self.clock.push_to(look)
            # The year takes longer than a lease lasts.
            await self.app.desks[0].run(self.app.leasing.seek)
            before = len(self.telegram.world.sent)
            await self.app.tick()
            await self.app.sender.flush()
            sent = self.telegram.world.sent[before:]
            reminders = [each for each in sent if not each.text.startswith(CAMPAIGNS)]
            heard += [Heard(look, str(each.chat_id), each.text) for each in reminders]
            look = next_look(self.app.services.calendar, look)
        return sorted(heard)

    def ledger(self) -> list[Reminder]:
        with self.app.database.transaction() as session:
            return list(session.exec(select(Reminder)))


@pytest.fixture
def city(app: App, telegram: Telegram, clock: PushedClock) -> City:
    return City(app, telegram, clock)


async def test_a_year_brings_exactly_what_was_rehearsed(city: City) -> None:
    kinds = city.settle()
    rehearsal, expected = city.rehearse()
    heard = await city.replay()
    sys.stdout.write(told(rehearsal, kinds))
    assert heard == expected
    assert_nothing_doubled(heard)
    assert_nothing_missed(city, rehearsal)
    assert_in_office_hours(city, heard)
    assert_reported_are_left_alone(city)


def assert_nothing_doubled(heard: list[Heard]) -> None:
    """One letter a person and day; two on the last day of the report."""
    days = Counter((local_date(each.at), each.address) for each in heard)
    assert {day for (day, _), count in days.items() if count > 1} == {date(2024, 11, 4)}
    assert set(days.values()) == {1, 2}
    assert set(Counter(heard).values()) == {1}


def assert_nothing_missed(city: City, rehearsal: Rehearsal) -> None:
    """Each line that was rehearsed stands in the ledger, once, and nothing else does."""
    lines = [(row.agency_id, row.obligation, row.step, row.person_id) for row in city.ledger()]
    foreseen = [
        (each.item.agency_id, each.item.obligation, each.item.step.key, each.person_id)
        for each in rehearsal.entries
    ]
    assert sorted(lines) == sorted(foreseen)
    assert {row.state for row in city.ledger()} == {"planned", "skipped"}
    with city.app.database.transaction() as session:
        fates = {line.fate for line in Ledger(session).of_year(2024)}
    assert fates == {"sent", "skipped"}


def assert_in_office_hours(city: City, heard: list[Heard]) -> None:
    calendar = city.app.services.calendar
    assert [each for each in heard if calendar.next_office_moment(each.at) != each.at] == []
    assert {f"{each.at.astimezone(ZONE):%H:%M}" for each in heard} == {"08:00", "13:30"}


def assert_reported_are_left_alone(city: City) -> None:
    of_report = [row for row in city.ledger() if row.obligation == "report:2024"]
    assert {r.reason for r in of_report if r.agency_id in REPORTED_THIS_YEAR} == {"reported"}


def told(rehearsal: Rehearsal, kinds: dict[str, str]) -> str:
    """Letters by step and kind of agency."""
    table = counted(rehearsal.entries, kinds)
    columns = sorted({kind for row in table.values() for kind in row})
    lines = [f"{'':44}" + "".join(f"{kind:>14}" for kind in columns)]
    for (about, step), row in table.items():
        lines.append(f"{about:38}{step:6}" + "".join(f"{row[kind]:>14}" for kind in columns))
    return "\n".join(lines)
