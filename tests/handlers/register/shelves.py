"""The facility register as an earlier file left it, and as it stands."""

from dataclasses import dataclass
from datetime import date

from bot.app import App
from plan.calendars import local_date
from plan.facilities import Difference, Facility
from storage.facilities import Facilities
from storage.people import People


@dataclass(frozen=True)
class Shelves:
    app: App

    def stock(
        self,
        agency_id: str,
        category: str,
        count: int,
        *,
        first: int = 1,
        valid_to: date | None = None,
    ) -> None:
        """Library no. 1 to no. `count`."""
        rows = tuple(
            Facility(agency_id, category, f"Thư viện số {n}", valid_to=valid_to)
            for n in range(first, first + count)
        )
        now = self.app.clock()
        with self.app.database.transaction() as session:
            person_id = People(session).welcome("telegram", "700", "Ai Đó", now)
            Facilities(session).apply(Difference(added=rows), now, person_id)

    def names(self, agency_id: str = "quan-1", category: str = "TV1.3") -> list[str]:
        with self.app.database.transaction() as session:
            on = local_date(self.app.clock())
            found = Facilities(session).standing(on, agency_id, category)
        return [each.name for each in found]

    def newest(self) -> int:
        with self.app.database.transaction() as session:
            return Facilities(session).newest()
