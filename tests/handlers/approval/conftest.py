"""Reports that were sent, and the leader of an agency beside the named cast."""

from dataclasses import dataclass

import pytest

from bot.app import App
from sandbox.person import Person
from storage.approvals import Approvals
from storage.tables import Decision
from tests.cast import Cast
from tests.handlers.scenes import FIGURES, STATUSES, Office

REASON = "mẫu số là số thư viện cấp xã"


@dataclass(frozen=True)
class Court:
    """Lan's agency has sent its report; Hoa and Thu decide."""

    app: App
    office: Office

    def state(self, agency_id: str = "quan-1") -> str:
        report = self.office.report_of(agency_id)
        return report.state if report else ""

    def decisions(self, agency_id: str = "quan-1") -> list[Decision]:
        report = self.office.report_of(agency_id)
        with self.app.database.transaction() as session:
            found = list(Approvals(session).of(report.id or 0)) if report else []
            session.expunge_all()
            return found


@pytest.fixture
def court(app: App, office: Office) -> Court:
    return Court(app, office)


@pytest.fixture
async def sent(lan: Person, office: Office) -> Person:
    """Lan, who has sent the report of District 1 herself."""
    office.drafted("quan-1", FIGURES, STATUSES)
    await lan.send("/baocao")
    assert "Đã nộp báo cáo" in await lan.click("Nộp báo cáo")
    return lan


@pytest.fixture
def leader(cast: Cast) -> Person:
    """The leader of District 1."""
    return cast.member(110, "Bùi Quang Hải", "quan-1", "official")


async def say(person: Person, *words: str) -> str:
    said = ""
    for word in words:
        said = await person.send(word)
    return said
