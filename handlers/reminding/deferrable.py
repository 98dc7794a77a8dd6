"""What a focal point may put off: coming up, not late, not sent back, and not done yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.commands import FOCAL
from handlers.reminding.errand import Errand
from handlers.report.drafts import code_meant
from plan.answers import fold
from plan.calendars import WorkingCalendar
from plan.reminding.deciding import To, judge, receivers
from plan.reminding.obligations import obligations
from storage.situations import Situations

KINDS = {"report", "task", "plan", "campaign"}
WAYS = {"report": {"baocao", "bao-cao"}, "plan": {"kehoach", "ke-hoach"}}
SEASON = timedelta(days=30)
"""What is reminded of later than that, nobody needs to put off yet."""


@dataclass(frozen=True, slots=True)
class Deferrable:
    agency_id: str
    short: str
    key: str
    aim_on: date
    latest: date

    def named_in(self, said: str) -> str | None:
        """What follows the name of this one, as buttons and people type it."""
        words = said.split()
        if words and words[0] == self.agency_id:
            words = words[1:]
        if not words or not self._is(words[0]):
            return None
        return " ".join(words[1:])

    def _is(self, said: str) -> bool:
        kind, about, *_ = self.key.split(":")
        if said == self.key or fold(said) in WAYS.get(kind, ()):
            return True
        return kind == "task" and code_meant(said, [about]) is not None


def latest_for(aim_on: date, calendar: WorkingCalendar) -> date:
    """A working day before the last one on time."""
    return calendar.shift(calendar.on_or_before(aim_on), -1)


def deferrable(errand: Errand) -> list[Deferrable]:
    """The nearest first."""
    own, rules = errand.member.agencies_as(FOCAL), errand.rules
    found = []
    for agency in Situations(errand.session).on(errand.today, own):
        for each in obligations(rules, agency, (errand.today.year, errand.today.year + 1)):
            latest = latest_for(each.aim_on, rules.calendar)
            in_season = each.steps[0].due_at <= errand.now + SEASON
            meant = To.FOCAL in receivers(rules, each, each.steps[0])
            if each.kind not in KINDS or not meant or not in_season or latest <= errand.today:
                continue
            if judge(rules, agency, each, errand.today) is None:
                found.append(
                    Deferrable(agency.agency_id, agency.short, each.key, each.aim_on, latest)
                )
    return sorted(found, key=lambda each: (each.aim_on, each.agency_id, each.key))
