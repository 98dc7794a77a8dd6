"""Every letter of a stretch of time: who, when, why, in which words. Nothing is sent or written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html import unescape

from sqlmodel import Session

from bot.rulebook import Rulebook
from bot.ticker import LOOKED_BACK, by_person, decide, is_again, since
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


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One letter, its text as it is read. `why`: each obligation and step that it speaks of."""

    at: datetime
    channel: str
    address: str
    name: str
    agencies: tuple[str, ...]
    why: tuple[str, ...]
    text: str


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
        begin, looks = self._begin()
        for look in looks:
            # A transaction for each morning: the bot beside it is held up by none of them.
            with self.database.transaction() as session:
                yield from self._morning(session, begin, look)

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

    def _morning(self, session: Session, begin: datetime, look: datetime) -> Iterator[Rehearsed]:
        rules = self.rulebook()
        situations, roster = Situations(session).everybody(local_date(look))
        after = max(begin - timedelta(microseconds=1), look - LOOKED_BACK)
        again = is_again(look, look)
        entries = decide(rules, situations, roster, after, look, self._accounted, again=again)
        self._account(entries)
        rendering = Rendering(session, self.rulebook.catalogue, rules, look)
        known = {each.agency_id: each for each in situations}
        boxes = People(session).letterboxes()
        for person_id, about in by_person(entries).items():
            yield self._letter(session, rendering, known, boxes[person_id], about)

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
            why=tuple(f"{item.obligation} {item.step.key}" for item in items),
            text=plain_text(message.text),
        )

    def _account(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.entries.append(entry)
            self._accounted.setdefault(entry.item.agency_id, set()).add(entry.item.key)


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
