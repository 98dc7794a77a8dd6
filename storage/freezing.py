"""Years that were closed: a snapshot each, by which they are shown ever after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select as columns
from sqlalchemy import update
from sqlmodel import Session, col, select

from plan.attainment import Assessment, Review
from plan.attainment.judging import FIRST
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.freezing import Contents, Difference, differences, fingerprint, unpacked
from storage.attained import Attained
from storage.audit import Audit
from storage.tables import FrozenYear, Report, TaskStatus
from storage.years import Year

CONTENTS, JUDGED = 4, 64
"""What a process keeps of closed years: those that were used last."""
NOTED = 16
"""Signs of the hash that the log has: the row keeps all of it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a year was closed as, without its contents."""

    id: int
    year: int
    edition: int
    sha256: str
    reason: str
    person_id: int
    at: datetime

    @property
    def number(self) -> str:
        """As it is quoted: CN-2026/1."""
        return f"CN-{self.year}/{self.edition}"


EDITIONS = columns(*(getattr(FrozenYear, name) for name in Edition.__slots__))


@dataclass(frozen=True, slots=True)
class Draft:
    """A year as it would be closed now."""

    contents: Contents
    packed: str
    before: Edition | None
    changes: tuple[Difference, ...]
    """Since that edition; nothing where there is none."""

    @property
    def sha256(self) -> str:
        return fingerprint(self.packed)


@lru_cache(maxsize=CONTENTS)
def _contents_of(_database: object, _edition: int, _sha256: str) -> list[Contents]:
    """A place in this process; empty until the row has been read and its hash has been found
    right.
    """
    return []


@lru_cache(maxsize=JUDGED)
def _judged_of(
    _database: object, _edition: int, _sha256: str, _agency_id: str
) -> list[dict[str, Assessment]]:
    """As with contents."""
    return []


class Frozen:
    """`judged` and `reviews` are for whoever shows a year; the others for whoever closes it."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def latest(self, year: int) -> Edition | None:
        """None for a year that was never closed: it is shown as it stands."""
        found = self.editions(year)
        return found[-1] if found else None

    def editions(self, year: int) -> list[Edition]:
        """The oldest first."""
        self.session.flush()
        query = EDITIONS.where(col(FrozenYear.year) == year).order_by(col(FrozenYear.edition))
        return [Edition(*row) for row in self.session.connection().execute(query)]

    def contents(self, edition: Edition) -> Contents:
        """ValueError where the row is not what was closed: somebody has changed the database."""
        place = _contents_of(self.session.get_bind(), edition.id, edition.sha256)
        if not place:
            place.append(self._read(edition))
        return place[0]

    def _read(self, edition: Edition) -> Contents:
        query = columns(col(FrozenYear.contents)).where(col(FrozenYear.id) == edition.id)
        packed = self.session.connection().execute(query).scalar_one()
        if fingerprint(packed) != edition.sha256:
            msg = f"{edition.number} is not what was closed: its hash differs"
            raise ValueError(msg)
        return unpacked(packed)

    def judged(
        self, catalogue: Catalogue, year: int, agency_id: str = ""
    ) -> dict[str, Assessment] | None:
        """Indicator → how it stood, of the city or of one agency; None for an open year."""
        edition = self.latest(year)
        return self._judged(catalogue, edition, agency_id) if edition else None

    def reviews(self, catalogue: Catalogue, agency_id: str = "") -> dict[str, Review]:
        """What 2025 was found to be, once it is closed; empty before. For years that are open."""
        edition = self.latest(FIRST)
        return self._reviews(catalogue, edition, agency_id) if edition else {}

    def draft(self, catalogue: Catalogue, year: Year) -> Draft:
        before = self.latest(year.number)
        contents = self._now(catalogue, year)
        changes = differences(self.contents(before), contents) if before else []
        return Draft(contents, contents.packed(), before, tuple(changes))

    def freeze(
        self, draft: Draft, *, reason: str, person_id: int, channel: str, now: datetime
    ) -> Edition:
        """Closes the year as its draft has it; what was approved is locked from now on."""
        year = draft.contents.year
        row = FrozenYear(
            year=year,
            edition=draft.before.edition + 1 if draft.before else 1,
            contents=draft.packed,
            sha256=draft.sha256,
            reason=reason,
            person_id=person_id,
            channel=channel,
            at=now,
        )
        self.session.add(row)
        self.session.flush()
        approved = col(Report.year) == year, col(Report.state) == "approved"
        self.session.connection().execute(update(Report).where(*approved).values(state="frozen"))
        self.session.expire_all()
        edition = self.editions(year)[-1]
        was = draft.before.number if draft.before else ""
        told = f"{edition.number} {edition.sha256[:NOTED]}"
        Audit(self.session).note("year.frozen", str(year), before=was, after=told, now=now)
        return edition

    def _judged(
        self, catalogue: Catalogue, edition: Edition, agency_id: str
    ) -> dict[str, Assessment]:
        """Worked out once: what was closed does not change."""
        place = _judged_of(self.session.get_bind(), edition.id, edition.sha256, agency_id)
        if not place:
            contents = self.contents(edition)
            review = self._edition(contents.review_id)
            reviews = self._reviews(catalogue, review, agency_id) if review else {}
            held = contents.of(agency_id) if agency_id else contents
            place.append(held.assess(catalogue, reviews))
        return dict(place[0])

    def _reviews(self, catalogue: Catalogue, edition: Edition, agency_id: str) -> dict[str, Review]:
        """What was found of 2025, to stand from that day on whatever is reported later."""
        if edition.year != FIRST:
            msg = f"2025 is what is reviewed, not {edition.year}"
            raise ValueError(msg)
        on, judged = local_date(edition.at), self._judged(catalogue, edition, agency_id)
        return {code: Review(on, found.in_2025) for code, found in judged.items()}

    def _edition(self, number: int | None) -> Edition | None:
        if number is None:
            return None
        query = EDITIONS.where(col(FrozenYear.id) == number)
        return Edition(*self.session.connection().execute(query).one())

    def _now(self, catalogue: Catalogue, year: Year) -> Contents:
        known = Attained(self.session, catalogue).known()
        review = self.latest(FIRST) if year.number > FIRST else None
        return Contents(
            year=year.number,
            answers={code: each.answers_until(year.number) for code, each in known.items()},
            asked={code: each.asked(year) for code, each in known.items()},
            statuses=self._statuses(year.number),
            review_id=review.id if review else None,
        )

    def _statuses(self, year: int) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        query = (
            select(Report.agency_id, TaskStatus.code, TaskStatus.status, TaskStatus.note)
            .join(Report, col(Report.id) == col(TaskStatus.report_id))
            .where(col(Report.year) == year, col(TaskStatus.superseded_at).is_(None))
        )
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for agency_id, code, status, note in self.session.exec(query):
            found.setdefault(agency_id, {})[code] = (status, note)
        return found
