"""Agencies by the names people type, for the command line."""

from datetime import date
from typing import Any

from handlers.lookup import search
from plan.catalogue import Agency
from plan.loading import load
from storage.agencies import NamedAgency


def agency_fields(text: str, today: date) -> dict[str, Any]:
    """`text` is the agency's full name, `note` its id; several or merely alike ones are asked."""
    catalogue = load()
    agencies = [_named(agency) for agency in catalogue.agencies if _is_there(agency, today)]
    found = search(text, agencies, catalogue)
    if found.certain:
        return {"outcome": "value", **_fields(found.certain)}
    if not found.agencies:
        return {"outcome": "unreadable"}
    readings = [_fields(agency) for agency in found.agencies]
    return {"outcome": "ask", "readings": readings, "reason": "alike" if found.alike else "several"}


def _named(agency: Agency) -> NamedAgency:
    return NamedAgency(
        agency.id, agency.name, agency.short, agency.kind, agency.duty, agency.standing
    )


def _is_there(agency: Agency, today: date) -> bool:
    begun = agency.valid_from is None or agency.valid_from <= today
    return begun and (agency.valid_to is None or today <= agency.valid_to)


def _fields(agency: NamedAgency) -> dict[str, str]:
    return {"text": agency.name, "note": agency.id}
