"""What judgements are made of, as it is read from the database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from sqlmodel import Session

from plan.answers import Count, NoData, Share
from plan.attainment import Assessment, Judgement, Standing
from plan.catalogue import Catalogue, Unit
from storage.agencies import Agencies
from storage.figures import Answer
from storage.picked import Picked
from storage.reports import Reports
from storage.standings import Standings
from storage.tables import Decision
from storage.years import Year
from tests.statements import executed

Y2024 = Year(2024, date(2024, 12, 1))


class Town:
    """Reports as they may be: each a set of answers, in a state."""

    def __init__(self, session: Session, person_id: int, now: datetime) -> None:
        self.session, self.person_id, self.now = session, person_id, now

    def report(
        self, agency_id: str, year: int, state: str, answers: Mapping[str, Answer], **more: Any
    ) -> None:
        reports = Reports(self.session)
        report = reports.open(agency_id, year, self.now)
        kept = {"person_id": self.person_id, "channel": "telegram", "now": self.now, **more}
        on = date(year, 6, 30)
        for code, answer in answers.items():
            reports.record(report, code, answer, words="", as_of_on=on, **kept)
        report.state = state
        self.session.flush()

    def pick(self, agency_id: str, *codes: str) -> None:
        """Approved by themselves."""
        report = Reports(self.session).open(agency_id, 2024, self.now)
        decision = Decision(
            report_id=report.id or 0,
            version=1,
            kind="partly",
            person_id=self.person_id,
            channel="telegram",
            at=self.now,
        )
        self.session.add(decision)
        self.session.flush()
        Picked(self.session).mark(report, codes, decision.id)


@pytest.fixture
def town(session: Session, lan: int, now: datetime) -> Town:
    return Town(session, lan, now)


@pytest.fixture
def standings(session: Session, catalogue: Catalogue) -> Standings:
    return Standings(session, catalogue)


def test_an_agency_stands_as_it_has_reported(town: Town, standings: Standings) -> None:
    town.report("quan-1", 2024, "approved", {"TV1.2": Share(12, 15)})
    found = standings.of_agency("quan-1", Y2024, due=True)
    assert found["TV1.2"].in_2025.standing is Standing.MET
    assert found["TV1.3"].in_2025.standing is Standing.NOT_REPORTED
    assert "BT1" not in found


def test_what_is_not_approved_is_provisional(town: Town, standings: Standings) -> None:
    town.report("quan-1", 2024, "submitted", {"TV1.2": Share(12, 15)})
    (judgement,) = [standings.of_agency("quan-1", Y2024, due=True)["TV1.2"].in_2025]
    assert judgement.standing is Standing.WAITING
    assert judgement.provisional_standing is Standing.MET


@pytest.mark.parametrize("state", ["submitted", "returned", "draft"])
def test_what_is_approved_by_itself_counts_beside_what_waits(
    town: Town, standings: Standings, state: str
) -> None:
    town.report("quan-1", 2024, state, {"TV1.2": Share(12, 15), "TV1.3": Share(8, 10)})
    town.pick("quan-1", "TV1.2")
    for found in (
        standings.of_agency("quan-1", Y2024, due=True),
        standings.of_city(Y2024, due=True),
    ):
        assert found["TV1.2"].in_2025.measure
        assert found["TV1.3"].in_2025.measure is None
        assert bool(found["TV1.3"].in_2025.provisional) is (state == "submitted")


@pytest.mark.parametrize(("draft", "standing"), [(True, "waiting"), (False, "not_reported")])
def test_a_draft_counts_where_it_is_asked_for(
    town: Town, standings: Standings, *, draft: bool, standing: str
) -> None:
    town.report("quan-1", 2024, "draft", {"TV1.2": Share(12, 15)})
    found = standings.of_agency("quan-1", Y2024, due=True, draft=draft)
    assert found["TV1.2"].in_2025.standing == standing


def test_districts_that_have_ended_are_asked_for_the_year_they_ended_in(
    town: Town, standings: Standings
) -> None:
    town.report("quan-1", 2025, "approved", {"TV1.2": Share(3, 4)})
    found = standings.of_city(Year(2025, date(2025, 12, 1)), due=True)["TV1.2"]
    assert (found.in_2025.coverage.reported, found.in_2025.coverage.asked) == (1, 22)
    assert found.in_2030.standing is Standing.ENDED


@pytest.mark.parametrize(
    ("state", "answer", "counted"),
    [("draft", Share(1, 2), 0), ("submitted", None, 0), ("submitted", Share(1, 2), 1)],
    ids=["draft", "skipped", "sent"],
)
def test_only_answers_that_were_sent_count_for_the_city(
    town: Town, standings: Standings, state: str, answer: Answer, counted: int
) -> None:
    town.report("quan-1", 2024, state, {"TV1.3": answer})
    assert standings.of_city(Y2024, due=True)["TV1.3"].in_2025.coverage.reported == counted


def test_parts_and_reasons_come_along(town: Town, standings: Standings) -> None:
    parts = {"thanh-pho": Share(1, 1), "cap-huyen": Share(2, 3)}
    town.report("quan-1", 2024, "approved", {"VH1": Share(3, 4)}, parts=parts, reason="sửa chữa")
    (figure,) = standings.known(["VH1"])["VH1"].figures
    assert (figure.parts, figure.reason) == (parts, "sửa chữa")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("year", [2023, 2024, 2025, 2027])
def test_the_city_as_it_is_summed_is_the_city_agency_by_agency(
    town: Town, standings: Standings, catalogue: Catalogue, seed: int, year: int
) -> None:
    at = Year(year, date(2027, 12, 1))
    fill(town, catalogue, Random(seed), at)
    summed = standings.of_city(at, due=True)
    singly = {code: each.judged(at, due=True) for code, each in standings.known().items()}
    assert {code: facts(each) for code, each in summed.items()} == {
        code: facts(each) for code, each in singly.items()
    }


def fill(town: Town, catalogue: Catalogue, random: Random, at: Year) -> None:
    for year in range(2022, at.number + 1):
        for agency in Agencies(town.session).on(date(year, 6, 1))[::4]:
            answers = {
                each.code: answer(random, growth=each.unit is Unit.GROWTH)
                for each in catalogue.indicators
                if random.random() < 0.4
            }
            town.report(agency.id, year, random.choice(("draft", "submitted", "approved")), answers)


def answer(random: Random, *, growth: bool) -> Answer:
    if random.random() < 0.2:
        return random.choice((NoData(), None))
    total = random.randint(0, 9)
    return Count(random.randint(0, 900)) if growth else Share(random.randint(0, total), total)


def facts(found: Assessment) -> tuple[object, ...]:
    return bare(found.in_2025), bare(found.in_2030), found.guide


def bare(judgement: Judgement) -> tuple[object, ...]:
    numbers = [m and m.percent for m in (judgement.measure, judgement.provisional)]
    coverage = replace(judgement.coverage, missing=())
    return judgement.standing, *numbers, judgement.gap, judgement.pace, coverage


@pytest.mark.parametrize("agencies", [1, 6])
def test_the_number_of_statements_does_not_grow(
    town: Town, standings: Standings, agencies: int
) -> None:
    for agency in Agencies(town.session).on(Y2024.on)[:agencies]:
        town.report(agency.id, 2024, "submitted", {"TV1.2": Share(1, 2), "TV3": Count(10)})
    with executed(town.session.get_bind()) as statements:
        standings.of_city(Y2024, due=True)
    assert len(statements) == 6
    with executed(town.session.get_bind()) as statements:
        standings.of_agency("quan-1", Y2024, due=True)
    assert len(statements) == 4
    with executed(town.session.get_bind()) as statements:
        standings.known(years={2022, 2023, 2024})
    assert len(statements) == 3
