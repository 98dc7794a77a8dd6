"""A queued digest put into words at the moment it leaves, of what is still true then."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiogram.methods import SendMessage
from sqlmodel import Session

from handlers.language import words_for
from handlers.reminding.digest import compose
from handlers.reminding.matters import Matter, Progress, Teller
from handlers.report.drafts import asked_of, missing
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.addressing import AT_THE_OFFICE, ROLES, Roster, unsaid
from plan.reminding.deciding import Item, To, renewed
from plan.reminding.rules import Rules
from plan.reminding.situations import Situation
from storage.agencies import Agencies
from storage.ledger import Ledger, Line
from storage.people import Member
from storage.reports import Reports
from storage.situations import Situations
from storage.years import Year


@dataclass(frozen=True, slots=True)
class Rendering:
    session: Session
    catalogue: Catalogue
    rules: Rules
    now: datetime

    def letter(self, letter_id: int, member: Member) -> SendMessage | str:
        """The message, or why nothing is sent; lines that are not said keep their reason."""
        ledger = Ledger(self.session)
        lines = [line for line in ledger.of_letter(letter_id) if line.state == "planned"]
        situations, roster = self._now(lines)
        reasons = {}
        items = []
        for line in lines:
            agency = situations.get(line.agency_id)
            why = (
                unsaid(self.rules, agency, roster, line.key, line.person_id, self.now)
                if agency
                else "moved"
            )
            item = renewed(self.rules, agency, line.key, self.now) if agency and not why else None
            if item is None:
                reasons[line.id] = str(why)
            else:
                items.append(item)
        ledger.drop(reasons, self.now)
        if not items:
            return ", ".join(sorted(set(reasons.values()))) or "nothing to say"
        return self.worded(member, items, situations)

    def worded(
        self, member: Member, items: Iterable[Item], situations: Mapping[str, Situation]
    ) -> SendMessage:
        offices = {each.agency_id for each in situations.values() if each.standing}
        matters = [
            self._matter(item, situations[item.agency_id], member, offices) for item in items
        ]
        words = words_for(member.language)
        return compose(Teller(words, self.rules, self.catalogue, self.now), member, matters)

    def _matter(
        self, item: Item, agency: Situation, member: Member, offices: Collection[str]
    ) -> Matter:
        role = _as_whom(item, member, offices)
        progress = None
        if item.obligation.startswith("report:") and role is To.FOCAL:
            progress = self._progress(agency.agency_id, int(item.obligation.rpartition(":")[2]))
        return Matter(item, agency, role, progress)

    def _progress(self, agency_id: str, year: int) -> Progress:
        reports = Reports(self.session)
        on = Year(year, local_date(self.now)).on
        codes = asked_of(agency_id, Agencies(self.session), on)
        report = reports.of(agency_id, year)
        figures = reports.figures(report) if report else {}
        statuses = reports.statuses(report) if report else {}
        lacking = missing(codes, figures, statuses)
        return Progress(len(codes), tuple(lacking), begun=bool(figures or statuses))

    def _now(self, lines: Collection[Line]) -> tuple[dict[str, Situation], Roster]:
        found, today = Situations(self.session), local_date(self.now)
        about = {line.agency_id for line in lines}
        if any(line.obligation.startswith("reach:") for line in lines):
            everybody, roster = found.everybody(today)
            return {each.agency_id: each for each in everybody}, roster
        offices = found.offices()
        situations = {each.agency_id: each for each in found.on(today, {*about, *offices})}
        return situations, found.roster(offices, about)


def _as_whom(item: Item, member: Member, offices: Collection[str]) -> To:
    """The first of the item's receivers that the person is; a deputy is told as the first."""
    for to in item.to:
        within = offices if to in AT_THE_OFFICE else (item.agency_id,)
        if set(within) & set(member.agencies_as(ROLES[to])):
            return to
    return item.to[0]
