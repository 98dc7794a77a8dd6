"""Copying the plan's agencies and duties into an empty or older database."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from plan.catalogue import Catalogue
from storage.audit import Audit
from storage.tables import Agency, AgencyName, Responsibility


def take_over(session: Session, catalogue: Catalogue, now: datetime) -> int:
    """As `seed`, in a database that is in use: the log tells which agencies came."""
    before = set(session.exec(select(Agency.id)))
    added = seed(session, catalogue)
    if added:
        came = sorted(set(session.exec(select(Agency.id))) - before)
        told = " ".join([str(added), *came])
        Audit(session).note("agencies.added", before=str(len(before)), after=told, now=now)
    return added


def seed(session: Session, catalogue: Catalogue) -> int:
    """Adds the agencies the database does not know yet, with their duties; returns how many.

    An agency that is there already is left alone: what an operator changed stays changed.
    """
    known = set(session.exec(select(Agency.id)))
    new = [agency for agency in catalogue.agencies if agency.id not in known]
    for agency in new:
        bounds: dict[str, Any] = {"valid_from": agency.valid_from, "valid_to": agency.valid_to}
        session.add(
            Agency(
                id=agency.id,
                kind=agency.kind,
                duty=agency.duty.value,
                standing=agency.standing,
                **bounds,
            )
        )
        session.flush()
        session.add(AgencyName(agency_id=agency.id, name=agency.name, short=agency.short, **bounds))
        for duty in catalogue.duties_of(agency.id):
            session.add(
                Responsibility(
                    agency_id=agency.id,
                    code=duty.code,
                    role=duty.role.value,
                    proposed=duty.proposed,
                    basis=duty.basis,
                    **bounds,
                )
            )
    session.flush()
    return len(new)
