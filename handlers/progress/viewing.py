"""Who looks at what: the person's rights and everything that a view is made of."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.commands import ADMIN, FOCAL, OFFICIAL
from handlers.language import Markup, Words
from handlers.lookup import Lookup
from handlers.talk import Talk
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.deadlines import Deadline
from plan.reminding.rules import Rules
from storage.agencies import Agencies
from storage.easings import Easings
from storage.freezing import Frozen
from storage.people import Member
from storage.reports import Reports
from storage.standings import Standings
from storage.years import Year


@dataclass(frozen=True, slots=True)
class Viewing:
    talk: Talk
    words: Words
    member: Member
    lookup: Lookup
    agencies: Agencies
    reports: Reports
    catalogue: Catalogue
    rules: Rules
    now: datetime
    today: date

    @property
    def sees_all(self) -> bool:
        """Officials and administrators; a focal point sees its own and the city's totals."""
        return self.member.may(OFFICIAL, ADMIN)

    @property
    def standings(self) -> Standings:
        return Standings(self.agencies.session, self.catalogue)

    def own(self, agency_id: str) -> bool:
        return agency_id in self.member.agencies_as(FOCAL)

    def closed(self, year: int) -> Markup:
        """Said wherever a closed year is shown; nothing for one that is open."""
        edition = Frozen(self.agencies.session).latest(year)
        if edition is None:
            return Markup()
        day = self.words.day(local_date(edition.at))
        return self.words(
            "The year is closed ({number}, {day}): it is shown as it was then.",
            number=edition.number,
            day=day,
        )

    def year(self, number: int) -> Year:
        return Year(number, self.today)

    def deadline(self, year: int, agency_id: str | None = None) -> Deadline:
        """The agency's own, where it was given another."""
        own = Easings(self.agencies.session).extended_until(agency_id, year) if agency_id else None
        return self.rules.deadline(year, own)

    def due(self, year: int, agency_id: str | None = None) -> bool:
        """Whether that deadline has passed."""
        return self.deadline(year, agency_id).passed(self.now)
