"""Every letter of a stretch of time: who, when, why, in which words. Nothing is sent or written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html import unescape
from itertools import islice
from typing import TypeAlias

from sqlmodel import Session

from bot.rulebook import Rulebook
from bot.ticker import LOOKED_BACK, by_person, decide, is_again, since
from handlers.reminding.rehearsed import Rehearsed
from handlers.reminding.rendering import Rendering
from plan.calendars import local_date, moment
from plan.reminding.addressing import Entry
from plan.reminding.deciding import wake
from plan.reminding.obligations import obligations
from plan.reminding.situations import Key, Situation
from storage.database import Database
from storage.ledger import Ledger
from storage.people import People
from storage.situations import Situations

TAG = re.compile(r"</?[a-z]+>")
BATCH = 20
"""Letters put into words before whoever writes meanwhile gets their turn."""
Meant: TypeAlias = dict[int, list[Entry]]
"""Person → what their letter is about."""


@dataclass
class Rehearsal:
    """As everything stands now, and as if nobody did anything until then."""

    database: Database
    rulebook: Rulebook
    first: date
    last: date
    entries: list[Entry] = field(default_factory=list)
    """All lines of the ledger, those that are skipped too, once `letters` has gone through."""
    _accounted: dict[str, set[Key]] = field(default_factory=dict)

    def letters(self) -> Iterator[Rehearsed]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[Rehearsed]]:
        """No transaction is open between two of them: whoever writes meanwhile waits for one."""
        begin, looks = self._begin()
        for look in looks:
            yield []
            with self.database.transaction() as session:
                meant, situations = self._decided(session, begin, look)
            yield []
            for people in _in_batches(meant):
                with self.database.transaction() as session:
                    batch = self._worded(session, look, situations, people)
                yield batch

    def _begin(self) -> tuple[datetime, list[datetime]]:
        begin = moment(self.first, time())
        with self.database.transaction() as session:
            self.rulebook.refresh(session)
            started = since(session, begin)
            if local_date(started) == self.first:
                begin = started
            kept = Ledger(session).accounted(begin - LOOKED_BACK)
            self._accounted = {agency_id: set(keys) for agency_id, keys in kept.items()}
            situations, _ = Situations(session).everybody(self.first)
        end = moment(self.last + timedelta(days=1), time())
        due = {at for each in situations for at in self._due(each)}
        return begin, sorted(at for at in due if begin <= at < end)

    def _due(self, agency: Situation) -> Iterator[datetime]:
        rules, years = self.rulebook(), range(self.first.year - 1, self.last.year + 2)
        for each in obligations(rules, agency, years):
            yield from (step.due_at for step in each.steps)
        yield from (wake(rules, doze).due_at for doze in agency.dozes)

    def _decided(
        self, session: Session, begin: datetime, look: datetime
    ) -> tuple[Meant, dict[str, Situation]]:
        situations, roster = Situations(session).everybody(local_date(look))
        after = max(begin - timedelta(microseconds=1), look - LOOKED_BACK)
        again = is_again(look, look)
        rules, known = self.rulebook(), self._accounted
        entries = decide(rules, situations, roster, after, look, known, again=again)
        self._account(entries)
        return by_person(entries), {each.agency_id: each for each in situations}

    def _worded(
        self,
        session: Session,
        look: datetime,
        situations: Mapping[str, Situation],
        meant: Meant,
    ) -> list[Rehearsed]:
        rendering = Rendering(session, self.rulebook.catalogue, self.rulebook(), look)
        boxes = People(session).letterboxes()
        return [
            self._letter(session, rendering, situations, boxes[person_id], about)
            for person_id, about in meant.items()
        ]

    def _letter(
        self,
        session: Session,
        rendering: Rendering,
        situations: Mapping[str, Situation],
        box: tuple[str, str],
        about: Iterable[Entry],
    ) -> Rehearsed:
        member = People(session).at(*box)
        if member is None:
            raise LookupError(box)
        items = [entry.item for entry in about]
        message = rendering.worded(member, items, situations)
        return Rehearsed(
            rendering.now,
            *box,
            name=member.full_name,
            agencies=tuple(dict.fromkeys(situations[item.agency_id].short for item in items)),
            about=tuple((item.obligation, item.step.key) for item in items),
            text=plain_text(message.text),
        )

    def _account(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.entries.append(entry)
            self._accounted.setdefault(entry.item.agency_id, set()).add(entry.item.key)


def _in_batches(meant: Meant) -> Iterator[Meant]:
    pairs = iter(meant.items())
    while batch := dict(islice(pairs, BATCH)):
        yield batch


def plain_text(markup: str) -> str:
    """A message as it is read."""
    return unescape(TAG.sub("", markup))


def counted(
    entries: Iterable[Entry], kinds: Mapping[str, str]
) -> dict[tuple[str, str], Counter[str]]:
    """(obligation without its year, step) → kind of agency → letters or parts of one."""
    table: dict[tuple[str, str], Counter[str]] = {}
    for entry in entries:
        if entry.why is None:
            about = entry.item.obligation.rpartition(":")[0]
            row = table.setdefault((about, entry.item.step.key), Counter())
            row[kinds[entry.item.agency_id]] += 1
    return table
