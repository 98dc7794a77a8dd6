"""A year as it was frozen: all that its progress is worked out from, in one text with a hash."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Any, TypeAlias

from plan.answers import Share
from plan.attainment import Assessment, Holders, Reported, Review, assess
from plan.catalogue import Catalogue, Indicator

FORMAT = 1
ABSENT = ("", False)
FIELDS = [each.name for each in fields(Reported)]
Statuses: TypeAlias = Mapping[str, Mapping[str, tuple[str, str]]]
"""Agency → code of a task → (status, note)."""
Answers: TypeAlias = Mapping[str, Sequence[Reported]]
"""Indicator → the answers of all years up to the one that is frozen: growth needs them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """`review_id` is the edition of 2025 whose judgement stood when this was frozen."""

    year: int
    answers: Answers
    asked: Mapping[str, Mapping[int, Holders]]
    statuses: Statuses
    review_id: int | None = None

    def packed(self) -> str:
        """The same text for the same contents, in whatever order they were read."""
        answers = {
            code: sorted([_packed(each) for each in found], key=lambda row: (row[0], row[1]))
            for code, found in self.answers.items()
        }
        asked = {
            code: {
                year: {name: day.isoformat() if day else None for name, day in holders.items()}
                for year, holders in years.items()
            }
            for code, years in self.asked.items()
        }
        whole = {
            "format": FORMAT,
            "year": self.year,
            "review": self.review_id,
            "answers": answers,
            "asked": asked,
            "statuses": self.statuses,
        }
        return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def of(self, agency_id: str) -> "Contents":
        """The same for one agency alone."""
        return Contents(
            year=self.year,
            answers={
                code: [each for each in found if each.agency_id == agency_id]
                for code, found in self.answers.items()
            },
            asked={
                code: {
                    year: {name: day for name, day in holders.items() if name == agency_id}
                    for year, holders in years.items()
                }
                for code, years in self.asked.items()
            },
            statuses={agency_id: self.statuses.get(agency_id, {})},
            review_id=self.review_id,
        )

    def assess(
        self, catalogue: Catalogue, reviews: Mapping[str, Review] | None = None
    ) -> dict[str, Assessment]:
        """Indicator → how it stood; a year that is frozen is over."""
        return {
            indicator.code: self._assess(indicator, (reviews or {}).get(indicator.code))
            for indicator in catalogue.indicators
        }

    def _assess(self, indicator: Indicator, review: Review | None) -> Assessment:
        figures = self.answers.get(indicator.code, ())
        asked = self.asked.get(indicator.code, {})
        return assess(indicator, self.year, figures, asked, review=review)


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer, as it was frozen and as it stands: 12/15, no_data, done, or nothing.

    `approved` and `approved_before` tell whether it was official.
    """

    agency_id: str
    year: int
    code: str
    before: str
    after: str
    approved_before: bool
    approved: bool


def fingerprint(packed: str) -> str:
    return sha256(packed.encode()).hexdigest()


def unpacked(packed: str) -> Contents:
    whole = json.loads(packed)
    if whole["format"] != FORMAT:
        msg = f"frozen in format {whole['format']}, which this version does not read"
        raise ValueError(msg)
    return Contents(
        year=whole["year"],
        answers={code: [_reported(row) for row in rows] for code, rows in whole["answers"].items()},
        asked={
            code: {int(year): _days(holders) for year, holders in years.items()}
            for code, years in whole["asked"].items()
        },
        statuses={
            agency: {code: (status, note) for code, (status, note) in found.items()}
            for agency, found in whole["statuses"].items()
        },
        review_id=whole["review"],
    )


def _days(holders: Mapping[str, str | None]) -> Holders:
    return {name: date.fromisoformat(day) if day else None for name, day in holders.items()}


def differences(before: Contents, after: Contents) -> list[Difference]:
    """By agency and code; who is asked is no answer, and is not among them."""
    old, new = dict(_said(before)), dict(_said(after))
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return [_difference(key, old.get(key, ABSENT), new.get(key, ABSENT)) for key in sorted(changed)]


def _difference(
    key: tuple[str, int, str], before: tuple[str, bool], after: tuple[str, bool]
) -> Difference:
    agency_id, year, code = key
    return Difference(agency_id, year, code, before[0], after[0], before[1], after[1])


def _said(contents: Contents) -> Iterator[tuple[tuple[str, int, str], tuple[str, bool]]]:
    for code, found in contents.answers.items():
        for each in found:
            yield (each.agency_id, each.year, code), (_answer(each), each.approved)
    for agency, statuses in contents.statuses.items():
        for code, (status, note) in statuses.items():
            told = f"{status} – {note}" if note else status
            yield (agency, contents.year, code), (told, True)


def _answer(given: Reported) -> str:
    if given.state != "value":
        return given.state
    if given.denominator is None:
        before = "" if given.count_before is None else f"{given.count_before} > "
        return f"{before}{given.count}"
    parts = ", ".join(
        f"{code} {each.numerator}/{each.denominator}" for code, each in sorted(given.parts.items())
    )
    return f"{given.numerator}/{given.denominator}" + (f" ({parts})" if parts else "")


def _packed(given: Reported) -> list[Any]:
    row = [getattr(given, name) for name in FIELDS]
    row[FIELDS.index("as_of_on")] = given.as_of_on.isoformat()
    row[FIELDS.index("parts")] = {code: astuple(each) for code, each in given.parts.items()}
    return row


def _reported(row: Sequence[Any]) -> Reported:
    kept = dict(zip(FIELDS, row, strict=True))
    kept["as_of_on"] = date.fromisoformat(kept["as_of_on"])
    kept["parts"] = {code: Share(met, total) for code, (met, total) in kept["parts"].items()}
    return Reported(**kept)
