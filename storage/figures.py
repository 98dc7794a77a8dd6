"""A figure as it stands, and the statements that read and keep it.

No ORM: every question of a report reads all of its figures, which as columns is three times as
fast as as objects that can be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, bindparam, insert, or_, select, update
from sqlmodel import col

from plan.answers import Count, NoData, NoObject, NotApplicable, Share
from storage.tables import Figure as FigureRow
from storage.tables import FigurePart, Report

LOCKED = ("approved", "frozen")
REPORTED = ("submitted", *LOCKED)

Answer = Share | Count | NoData | NoObject | NotApplicable | None


@dataclass(frozen=True, slots=True)
class Figure:
    id: int
    report_id: int
    indicator: str
    state: str
    numerator: int | None
    denominator: int | None
    count: int | None
    count_before: int | None
    basis: str
    estimate: bool
    words: str
    reason: str
    document: str
    as_of_on: date
    person_id: int
    channel: str
    message_id: int | None
    recorded_at: datetime
    superseded_at: datetime | None
    approval_id: int | None = None


COLUMNS = tuple(getattr(FigureRow, name) for name in Figure.__slots__)
STANDING = col(FigureRow.superseded_at).is_(None)
BY_ITSELF = col(FigureRow.approval_id).is_not(None)
OFFICIAL = or_(col(Report.state).in_(LOCKED), BY_ITSELF)
"""Approved, with its report or by itself."""
SENT_IN = or_(col(Report.state).in_(REPORTED), BY_ITSELF)
"""What is approved by itself counts also while the rest of its report is being corrected."""
FIGURES = select(*COLUMNS).where(col(FigureRow.report_id) == bindparam("report_id"), STANDING)
REPORTED_FIGURE = (
    select(*COLUMNS)
    .join(Report, col(Report.id) == col(FigureRow.report_id))
    .where(
        col(Report.agency_id) == bindparam("agency_id"),
        col(Report.year) == bindparam("year"),
        SENT_IN,
        col(FigureRow.indicator) == bindparam("indicator"),
        STANDING,
    )
)
ANSWERED_IN = select(*COLUMNS).where(
    col(FigureRow.message_id) == bindparam("message_id"),
    col(FigureRow.person_id) == bindparam("person_id"),
    col(FigureRow.channel) == bindparam("channel"),
    STANDING,
)
PARTS = (
    select(
        col(FigureRow.indicator),
        col(FigurePart.part),
        col(FigurePart.numerator),
        col(FigurePart.denominator),
    )
    .join(FigurePart, col(FigurePart.figure_id) == col(FigureRow.id))
    .where(col(FigureRow.report_id) == bindparam("report_id"), STANDING)
)
SUPERSEDED = (
    update(FigureRow)
    .where(
        col(FigureRow.report_id) == bindparam("of_report"),
        col(FigureRow.indicator) == bindparam("of_code"),
        STANDING,
    )
    .values(superseded_at=bindparam("now"))
    .returning(*COLUMNS)
)
RECORDED = insert(FigureRow).returning(*COLUMNS)
EXPLAINED = (
    update(FigureRow)
    .where(col(FigureRow.id) == bindparam("number"), STANDING)
    .values(reason=bindparam("why"))
    .returning(*COLUMNS)
)
NO_PARTS: Mapping[str, Share] = MappingProxyType({})
NOTHING: dict[str, Any] = {"numerator": None, "denominator": None, "count": None}
"""Spelled out, so that every figure is kept by the same statement."""


def said(figure: Row[Any] | Figure | None, parts: Mapping[str, Share] = NO_PARTS) -> str:
    """For the audit log: a figure in a word; then what each of its parts is, and that it has a
    reason.
    """
    if figure is None:
        return ""
    each = (f"{part} {share.numerator}/{share.denominator}" for part, share in parts.items())
    reason = [f"reason of {len(figure.reason)} characters"] if figure.reason else []
    return ", ".join([in_a_word(figure), *each, *reason])


def in_a_word(figure: Row[Any] | Figure) -> str:
    if figure.state != "value":
        return str(figure.state)
    if figure.denominator is not None:
        return f"{figure.numerator}/{figure.denominator}"
    before = "" if figure.count_before is None else f"{figure.count_before} > "
    return f"{before}{figure.count}"


def columns_of(answer: Answer) -> dict[str, Any]:
    match answer:
        case Share(numerator, denominator):
            return NOTHING | {"state": "value", "numerator": numerator, "denominator": denominator}
        case Count(value):
            return NOTHING | {"state": "value", "count": value}
        case NoData():
            return NOTHING | {"state": "no_data"}
        case NoObject():
            return NOTHING | {"state": "no_object"}
        case NotApplicable():
            return NOTHING | {"state": "not_applicable"}
        case None:
            return NOTHING | {"state": "skipped"}
