"""A year to play in: people with roles, last year's reports, and a few of this year's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlmodel import Session

from plan.answers import Count, Share
from plan.catalogue import Catalogue, Unit
from storage.agencies import Agencies
from storage.approvals import Approvals, Official
from storage.invites import Invites
from storage.people import People
from storage.reports import Reports
from storage.tables import Report

CHANNEL = "telegram"
INVITE = "thu-moi-quan-3"
NOT_REPORTED_LAST_YEAR = {"quan-4", "huyen-can-gio", "quan-8"}
REPORTED_THIS_YEAR = ("quan-5", "quan-phu-nhuan", "huyen-cu-chi", "so-tc")
FIRST_YEAR = 2023
ONE_EACH = ("TV1.1", "TV1.2", "TV2.1", "TV2.2")
"""A city or a district has one public library of its own."""
SILENT_FROM = 500
"""Chat ids of those who are not on the page: focal points who only receive."""


@dataclass(frozen=True, slots=True)
class Player:
    chat_id: int
    name: str
    about: str
    agency_id: str = ""
    role: str = ""


CAST = (
    Player(101, "Nguyễn Thị Lan", "Đầu mối UBND Quận 1", "quan-1", "focal"),
    Player(102, "Lê Văn Minh", "Đầu mối Sở GD&ĐT", "so-gddt", "focal"),
    Player(103, "Phạm Thị Hoa", "Cán bộ tổng hợp, Sở VH&TT", "so-vhtt", "official"),
    Player(104, "Trần Minh Thu", "Quản trị, Sở VH&TT", "so-vhtt", "admin"),
    Player(105, "Võ Bình An", f"Được mời: /start {INVITE}"),
)


class Seed:
    def __init__(self, session: Session, catalogue: Catalogue, now: datetime) -> None:
        self.catalogue, self.now = catalogue, now
        self.people, self.reports = People(session), Reports(session)
        self.agencies, self.invites = Agencies(session), Invites(session)
        self.random = Random(2024)

    def sow(self) -> list[Player]:
        """Fills the database; returns the people who are not on the page."""
        enrolled = {player: self._enrol(player) for player in CAST if player.role}
        ids = {player.agency_id: id_ for player, id_ in enrolled.items() if player.role == "focal"}
        self.invites.create(INVITE, "quan-3", "focal", self.now, lifetime=timedelta(days=3650))
        silent = list(self._silent())
        ids |= {player.agency_id: self._enrol(player) for player in silent}
        last = self.now.replace(year=self.now.year - 1, month=10, day=30)
        [official] = [id_ for player, id_ in enrolled.items() if player.role == "official"]
        for agency_id, person_id in ids.items():
            if agency_id not in NOT_REPORTED_LAST_YEAR:
                report = self._report(agency_id, person_id, last)
                self._approve(report, official, last + timedelta(days=14))
        for agency_id in REPORTED_THIS_YEAR:
            self._report(agency_id, ids[agency_id], self.now - timedelta(days=2))
        return silent

    def _silent(self) -> Iterator[Player]:
        taken = {player.agency_id for player in CAST if player.role == "focal"} | {"quan-3"}
        owing = [a for a in self.catalogue.agencies if a.duty == "required" and a.id not in taken]
        for n, agency in enumerate(owing):
            name = f"Đầu mối {agency.short}"
            yield Player(SILENT_FROM + n, name, "", agency.id, "focal")

    def _enrol(self, player: Player) -> int:
        person_id = self.people.welcome(CHANNEL, str(player.chat_id), player.name, self.now)
        self.people.consent(person_id, "demo", self.now)
        self.people.join(person_id, player.agency_id, player.role, self.now)
        return person_id

    def _report(self, agency_id: str, person_id: int, at: datetime) -> Report:
        report = self.reports.open(agency_id, at.year, at)
        duties = self.agencies.duties(agency_id, at.date())
        for code in duties.reports:
            answer = self._answer(agency_id, code, at.year)
            self.reports.record(
                report,
                code,
                answer,
                words=_words(answer),
                as_of_on=min(at.date(), date(at.year, 10, 31)),
                person_id=person_id,
                channel=CHANNEL,
                now=at,
            )
        for code in duties.leads:
            status = self.random.choice(("ongoing", "ongoing", "done", "not_started"))
            self.reports.mark(
                report, code, status, note="", person_id=person_id, channel=CHANNEL, now=at
            )
        self.reports.submit(report, person_id, at)
        return report

    def _approve(self, report: Report, official_id: int, at: datetime) -> None:
        by = Official(official_id, CHANNEL, at, at.date())
        Approvals(self.reports.session).approve(report.id or 0, report.version, by)

    def _answer(self, agency_id: str, code: str, year: int) -> Share | Count:
        """An agency has as many libraries next year, and a few more of them do what is wanted."""
        indicator, random = self.catalogue.indicator(code), Random(f"{agency_id} {code}")
        years = year - FIRST_YEAR
        if indicator.unit is Unit.GROWTH:
            yearly = 1 + random.uniform(0.06, 0.16)
            return Count(round(random.randrange(20_000, 90_000) * yearly**years))
        of_category = Random(f"{agency_id} {indicator.category}")
        total = 1 if code in ONE_EACH else of_category.randint(4, 24)
        share = random.uniform(0.2, 0.8) + 0.1 * years
        return Share(min(total, round(total * share)), total)


def _words(answer: Share | Count) -> str:
    if isinstance(answer, Count):
        return str(answer.value)
    return f"{answer.numerator}/{answer.denominator}"
