"""Answers as tests write them: `told("quan-1", "12/15")`."""

from collections.abc import Mapping
from datetime import date
from itertools import count

from plan.answers import Share
from plan.attainment import Reported
from plan.attainment.reported import Holders
from plan.catalogue import Indicator
from plan.loading import load

NUMBERS = count(1)
INDICATORS: Mapping[str, Indicator] = {each.code: each for each in load().indicators}


def told(
    agency_id: str,
    said: str,
    year: int = 2025,
    *,
    on: str = "",
    approved: bool = True,
    before: int | None = None,
    basis: str = "",
    reason: str = "",
    parts: Mapping[str, str] | None = None,
) -> Reported:
    """`said` is a share, a count or the name of a state; as of 31 October of the year."""
    share = share_of(said) if "/" in said else None
    number = int(said) if said.isdecimal() else None
    return Reported(
        agency_id=agency_id,
        year=year,
        entry_id=next(NUMBERS),
        state="value" if share or number is not None else said,
        as_of_on=date.fromisoformat(on or f"{year}-10-31"),
        approved=approved,
        numerator=share.numerator if share else None,
        denominator=share.denominator if share else None,
        count=number,
        count_before=before,
        basis=basis,
        reason=reason,
        parts={code: share_of(each) for code, each in (parts or {}).items()},
    )


def share_of(said: str) -> Share:
    numerator, denominator = said.split("/")
    return Share(int(numerator), int(denominator))


def asked(*names: str, until: str = "") -> Holders:
    return {name: date.fromisoformat(until) if until else None for name in names}
