"""What tests of conversations have in common: the world around a chat, and hasty fingers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.app import App
from handlers.report.drafts import as_of
from plan.answers import Count, NoData, NoObject, NotApplicable, Share
from plan.calendars import local_date
from plan.catalogue import Role
from sandbox.chats import Message
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.agencies import Agencies
from storage.figures import Figure
from storage.invites import Invites
from storage.people import People
from storage.reports import Reports
from storage.tables import Figure as FigureRow
from storage.tables import Membership, Report, Responsibility, TaskStatus

Given = Share | Count | NoData | NoObject | NotApplicable

FIGURES: dict[str, Given | None] = {
    "TV1.2": Share(12, 15),
    "TV1.3": Share(8, 10),
    "TV2.2": Share(3, 4),
    "TV2.3": Share(5, 20),
    "TV3": Count(12_500),
    "VH1": Share(1, 1),
    "VH2": Share(30, 40),
}
STATUSES = {"IV.10.a": "done", "IV.10.b": "ongoing", "IV.10.c": "not_started"}
"""All that District 1 is asked for, answered."""


@dataclass(frozen=True)
class Office:
    app: App
    telegram: Telegram

    @property
    def now(self) -> datetime:
        return self.app.clock()

    def invite(
        self, token: str, agency_id: str = "quan-3", role: str = "focal", days: int = 7
    ) -> None:
        with self.app.database.transaction() as session:
            lifetime = timedelta(days=days)
            Invites(session).create(token, agency_id, role, self.now, lifetime=lifetime)

    def revoke(self, person: Person) -> None:
        with self.app.database.transaction() as session:
            member = People(session).at("telegram", str(person.chat_id))
            assert member
            held = select(Membership).where(Membership.person_id == member.person_id)
            for membership in session.exec(held):
                membership.until_at = self.now

    def appoint(self, person: Person, agency_id: str, role: str) -> None:
        with self.app.database.transaction() as session:
            member = People(session).at("telegram", str(person.chat_id))
            assert member
            People(session).join(member.person_id, agency_id, role, self.now)

    def assign(self, agency_id: str, code: str) -> None:
        """A duty that the plan file does not have."""
        with self.app.database.transaction() as session:
            session.add(Responsibility(agency_id=agency_id, code=code, role=Role.REPORT))

    def unassign(self, agency_id: str, code: str) -> None:
        """A duty that moved on, as of yesterday."""
        with self.app.database.transaction() as session:
            held = select(Responsibility).where(
                Responsibility.agency_id == agency_id, Responsibility.code == code
            )
            for duty in session.exec(held):
                duty.valid_to = local_date(self.now) - timedelta(days=1)

    def reported(self, agency_id: str, year: int, figures: Mapping[str, Given | None]) -> None:
        """A report that was filled in and sent without our looking on."""
        with self.app.database.transaction() as session:
            report, person_id = self._filled(session, agency_id, year, figures, {}, {})
            Reports(session).submit(report, person_id, self.now)

    def restate(self, agency_id: str, year: int, code: str, before: int) -> None:
        """The count of the year before, as that year's report tells it."""
        with self.app.database.transaction() as session:
            report = Reports(session).open(agency_id, year, self.now)
            figure = Reports(session).figures(report)[code]
            stated = update(FigureRow).where(col(FigureRow.id) == figure.id)
            session.connection().execute(stated.values(count_before=before))

    def submit(self, agency_id: str, year: int = 2024) -> None:
        """The report as it stands is sent in by somebody else."""
        with self.app.database.transaction() as session:
            report = Reports(session).open(agency_id, year, self.now)
            person_id = People(session).welcome("telegram", "700", "Ai Đó", self.now)
            Reports(session).submit(report, person_id, self.now)

    def return_(self, agency_id: str, year: int = 2024) -> None:
        with self.app.database.transaction() as session:
            Reports(session).open(agency_id, year, self.now).state = "returned"

    def approve(self, agency_id: str, year: int = 2024) -> None:
        with self.app.database.transaction() as session:
            Reports(session).open(agency_id, year, self.now).state = "approved"

    def drafted(
        self,
        agency_id: str,
        figures: Mapping[str, Given | None],
        statuses: Mapping[str, str],
        year: int = 2024,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Answers given on an earlier day; None is a question that was skipped."""
        with self.app.database.transaction() as session:
            self._filled(session, agency_id, year, figures, statuses, notes or {})

    def all_skipped(
        self, agency_id: str, but: str
    ) -> tuple[dict[str, Given | None], dict[str, str]]:
        """Every question of the agency left for later, but one: that is the next to be asked."""
        with self.app.database.transaction() as session:
            duties = Agencies(session).duties(agency_id, local_date(self.now))
        figures: dict[str, Given | None] = {code: None for code in duties.reports if code != but}
        return figures, dict.fromkeys(duties.leads, "skipped")

    def led_by(self, agency_id: str) -> list[str]:
        """The tasks whose status the agency is asked for."""
        with self.app.database.transaction() as session:
            return Agencies(session).duties(agency_id, local_date(self.now)).leads

    def _filled(
        self,
        session: Session,
        agency_id: str,
        year: int,
        figures: Mapping[str, Given | None],
        statuses: Mapping[str, str],
        notes: Mapping[str, str],
    ) -> tuple[Report, int]:
        person_id = People(session).welcome("telegram", "700", "Ai Đó", self.now)
        reports, on = Reports(session), as_of(year, local_date(self.now))
        report = reports.open(agency_id, year, self.now)
        kept: dict[str, Any] = {"person_id": person_id, "channel": "telegram", "now": self.now}
        for code, answer in figures.items():
            reports.record(report, code, answer, words="", as_of_on=on, **kept)
        for code, status in statuses.items():
            reports.mark(report, code, status, note=notes.get(code, ""), **kept)
        return report, person_id

    def report_of(self, agency_id: str, year: int = 2024) -> Report | None:
        with self.app.database.transaction() as session:
            report = Reports(session).of(agency_id, year)
            session.expunge_all()
            return report

    def figures(self, agency_id: str = "quan-1", year: int = 2024) -> dict[str, Figure]:
        with self.app.database.transaction() as session:
            report = Reports(session).of(agency_id, year)
            found = Reports(session).figures(report) if report else {}
            session.expunge_all()
            return found

    def statuses(self, agency_id: str = "quan-1", year: int = 2024) -> dict[str, TaskStatus]:
        with self.app.database.transaction() as session:
            report = Reports(session).of(agency_id, year)
            found = Reports(session).statuses(report) if report else {}
            session.expunge_all()
            return found

    async def press(self, card: Message, data: str, times: int = 1) -> None:
        """Presses a button that the phone still shows, also when it is gone from the chat."""
        for _ in range(times):
            self.telegram.world.press(card, data)
        await self.telegram.settle()

    async def tick(self) -> None:
        await self.app.tick()
        await self.telegram.settle()


def button(card: Message, label: str) -> str:
    """The data behind a button, remembered before the button goes."""
    rows = (card.keyboard or {})["inline_keyboard"]
    (data,) = {str(each["callback_data"]) for row in rows for each in row if label in each["text"]}
    return data


def said_since(person: Person, count: int) -> list[str]:
    return [message.text for message in person.messages[count:]]
