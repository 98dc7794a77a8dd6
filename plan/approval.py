"""What a decision on a report needs, and whether a report came in time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plan.calendars import local_date
from plan.deadlines import Deadline

REASON_LEAST, REASON_MOST = 10, 500
DOCUMENT_MOST = 60


class Level(StrEnum):
    """Who stands behind an approval."""

    UNIT = "unit"
    """The agency's own leader, where the agency wants that; nothing becomes official by it."""
    OFFICE = "office"
    """An official of the standing agency, never one who has a part in the report."""


class Refusal(StrEnum):
    """Why a decision was not taken. Nothing was changed."""

    REASON = "reason"
    """No reason, or one too short to be any use, or too long."""
    DUE_DAY = "due_day"
    """The day by which it is to come again has passed."""
    NOTHING_PICKED = "nothing_picked"
    UNKNOWN_CODE = "unknown_code"
    """Something was picked that the report does not hold."""
    APPROVED = "approved"
    """Something was picked that is approved already: to be changed it is opened again first."""
    OWN = "own"
    """Nobody approves what they have sent or answered themselves."""


class Filing(StrEnum):
    ON_TIME = "on_time"
    EXTENDED = "extended"
    """After the deadline, within an extension that was granted."""
    LATE = "late"


def weigh_reason(reason: str) -> Refusal | None:
    """Spaces at the ends do not count, nor does a row of signs for words."""
    said = reason.strip()
    letters = sum(sign.isalnum() for sign in said)
    fits = REASON_LEAST <= len(said) <= REASON_MOST and letters >= REASON_LEAST // 2
    return None if fits else Refusal.REASON


@dataclass(frozen=True, slots=True)
class Held:
    """The codes that a report answers, and those among them that are approved by themselves."""

    codes: Collection[str]
    approved: Collection[str] = ()

    @property
    def waiting(self) -> set[str]:
        return set(self.codes) - set(self.approved)


def weigh_picked(picked: Collection[str], held: Held) -> Refusal | None:
    """Whether these can be decided on."""
    if not picked:
        return Refusal.NOTHING_PICKED
    if not set(picked) <= set(held.codes):
        return Refusal.UNKNOWN_CODE
    return None if set(picked) <= held.waiting else Refusal.APPROVED


def weigh_return(
    reason: str, picked: Collection[str], held: Held, until_on: date, today: date
) -> Refusal | None:
    if refusal := weigh_reason(reason):
        return refusal
    if until_on < today:
        return Refusal.DUE_DAY
    return weigh_picked(picked, held)


def names_document(number: str) -> bool:
    """The number of a paper report, such as 123/BC-UBND: some sign of a number, and one line."""
    said = number.strip()
    has_digit = any(sign.isdecimal() for sign in said)
    return has_digit and len(said) <= DOCUMENT_MOST and said.isprintable()


def filing(first_sent_at: datetime, deadline: Deadline, extended_until: date | None) -> Filing:
    """Judged by when it first came: a correction does not make it late.

    `extended_until` is the last day of an extension.
    """
    if not deadline.passed(first_sent_at):
        return Filing.ON_TIME
    extended = extended_until is not None and local_date(first_sent_at) <= extended_until
    return Filing.EXTENDED if extended else Filing.LATE
