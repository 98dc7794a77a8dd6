from datetime import date

from sqlmodel import Session, col, delete, func, select

from plan.catalogue import Catalogue
from storage.agencies import Agencies
from storage.seeding import seed
from storage.tables import Agency, AgencyName, Responsibility

TODAY = date(2024, 9, 16)


def counts(session: Session) -> list[int]:
    tables = (Agency, AgencyName, Responsibility)
    return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def test_every_agency_of_the_plan_is_there(session: Session, catalogue: Catalogue) -> None:
    found = {agency.id: agency.name for agency in Agencies(session).on(TODAY)}
    assert found == {agency.id: agency.name for agency in catalogue.agencies}


def test_every_duty_of_the_plan_is_there(session: Session, catalogue: Catalogue) -> None:
    for agency in catalogue.agencies:
        rows = Agencies(session).responsibilities(agency.id, TODAY)
        wanted = [(duty.code, duty.role, duty.proposed) for duty in catalogue.duties_of(agency.id)]
        assert [(row.code, row.role, row.proposed) for row in rows] == wanted


def test_seeding_again_adds_nothing(session: Session, catalogue: Catalogue) -> None:
    before = counts(session)
    assert seed(session, catalogue) == 0
    assert counts(session) == before


def test_what_an_operator_changed_stays_changed(session: Session, catalogue: Catalogue) -> None:
    agency = session.get_one(Agency, "quan-1")
    agency.duty = "on_request"
    for row in Agencies(session).responsibilities("quan-1", TODAY):
        session.delete(row)
    session.flush()
    seed(session, catalogue)
    session.refresh(agency)
    assert agency.duty == "on_request"
    assert not Agencies(session).responsibilities("quan-1", TODAY)


def test_an_agency_that_is_missing_is_added(session: Session, catalogue: Catalogue) -> None:
    before = counts(session)
    for table in (Responsibility, AgencyName):
        session.exec(delete(table).where(col(table.agency_id) == "quan-1"))
    session.delete(session.get_one(Agency, "quan-1"))
    session.flush()
    assert seed(session, catalogue) == 1
    assert counts(session) == before
