"""What was sent in comes with its approval and its parts, and with who was asked."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest
from sqlmodel import Session, select

from plan.answers import Count, NoData, Share
from plan.attainment import Holders, Reported, Standing, assess
from plan.catalogue import Catalogue
from storage.attained import Attained
from storage.figures import Answer
from storage.reports import Reports
from storage.tables import Responsibility
from storage.years import Year

END = date(2025, 6, 30)


@pytest.fixture
def office(session: Session, catalogue: Catalogue, lan: int, now: datetime) -> "Office":
    return Office(session, catalogue, lan, now)


class Office:
    def __init__(
        self, session: Session, catalogue: Catalogue, person_id: int, now: datetime
    ) -> None:
        self.session, self.catalogue, self.person_id, self.now = session, catalogue, person_id, now

    def report(
        self,
        agency_id: str,
        year: int,
        answers: Mapping[str, Answer],
        state: str = "approved",
        parts: Mapping[str, Share] | None = None,
    ) -> None:
        reports = Reports(self.session)
        report = reports.open(agency_id, year, self.now)
        for code, answer in answers.items():
            reports.record(
                report,
                code,
                answer,
                words="as typed",
                as_of_on=date(year, 6, 30),
                person_id=self.person_id,
                channel="telegram",
                now=self.now,
                parts=parts,
            )
        report.state = state
        self.session.flush()

    def answers(self, until: int = 2030, agency_id: str | None = None) -> dict[str, list[Reported]]:
        known = Attained(self.session, self.catalogue).known(agency_id=agency_id)
        return {code: each.answers_until(until) for code, each in known.items()}

    def asked(self, code: str, year: Year) -> dict[int, Holders]:
        return Attained(self.session, self.catalogue).known([code])[code].asked(year)


def test_what_was_sent_in_comes_with_its_approval_and_parts(office: Office) -> None:
    parts = {"thanh-pho": Share(1, 2), "cap-huyen": Share(3, 3)}
    office.report("so-vhtt", 2024, {"VH1": Share(4, 5)}, parts=parts)
    office.report("quan-1", 2024, {"VH1": Share(1, 1)}, state="submitted")
    first, second = office.answers()["VH1"]
    assert (first.agency_id, first.year, first.approved) == ("so-vhtt", 2024, True)
    assert (first.numerator, first.denominator, first.parts) == (4, 5, parts)
    assert (second.agency_id, second.approved, second.parts) == ("quan-1", False, {})
    assert first.as_of_on == date(2024, 6, 30)


def test_growth_comes_with_the_map_it_was_counted_on(office: Office) -> None:
    office.report("quan-1", 2024, {"TV3": Count(12_500)})
    (answer,) = office.answers()["TV3"]
    assert (answer.state, answer.count, answer.count_before) == ("value", 12_500, None)
    assert (answer.basis, answer.estimate, answer.reason) == ("", False, "")


def test_drafts_what_was_skipped_and_what_was_replaced_do_not_come(office: Office) -> None:
    office.report("quan-1", 2024, {"TV1.3": Share(1, 9)}, state="draft")
    office.report("quan-3", 2024, {"TV1.3": None, "TV2.3": NoData()})
    office.report("quan-4", 2024, {"TV1.3": Share(2, 9)})
    office.report("quan-4", 2024, {"TV1.3": Share(3, 9)})
    found = office.answers()
    assert [each.numerator for each in found["TV1.3"]] == [3]
    assert [each.state for each in found["TV2.3"]] == ["no_data"]


def test_later_years_and_other_agencies_can_be_left_out(office: Office) -> None:
    for agency_id in ("quan-1", "quan-3"):
        for year in (2024, 2025):
            office.report(agency_id, year, {"TV1.3": Share(1, 2)})
    found = office.answers(2024, "quan-3")["TV1.3"]
    assert [(each.agency_id, each.year) for each in found] == [("quan-3", 2024)]


def test_who_is_asked_in_the_year_and_for_2025(office: Office) -> None:
    asked = office.asked("TV1.5", Year(2026, date(2026, 11, 28)))
    assert asked == {number: dict.fromkeys(["bo-tu-lenh", "cong-an"]) for number in (2025, 2026)}


def test_districts_are_asked_in_2025_until_they_end(office: Office, session: Session) -> None:
    moved = select(Responsibility).where(
        Responsibility.agency_id == "quan-1", Responsibility.code == "TV1.2"
    )
    session.exec(moved).one().valid_to = END
    year = Year(2025, date(2025, 12, 1))
    libraries, halls = (office.asked(code, year)[2025] for code in ("TV1.2", "VH1"))
    assert libraries["quan-1"] == END
    assert len(libraries) == 22
    assert (halls["quan-3"], halls["so-vhtt"]) == (END, None)
    assert office.asked("TV1.3", year)[2025]["quan-1"] is None


def test_from_the_database_to_the_judgement(office: Office, catalogue: Catalogue) -> None:
    office.report("quan-1", 2024, {"TV1.2": Share(3, 4)})
    office.report("quan-3", 2025, {"TV1.2": Share(5, 6)})
    year = Year(2026, date(2026, 11, 28))
    asked = office.asked("TV1.2", year)
    found = assess(catalogue.indicator("TV1.2"), 2026, office.answers()["TV1.2"], asked)
    assert found.in_2025.measure
    assert found.in_2025.measure.percent == 80
    assert (found.in_2025.coverage.reported, found.in_2025.coverage.asked) == (2, 22)
    assert (found.in_2025.standing, found.in_2030.standing) == (Standing.MET, Standing.ENDED)
