"""Years that were closed: a snapshot each, by which they are shown ever after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
        if edition is None:
            return None
        contents = self.contents(edition)
        reviews = self._reviews(catalogue, contents.review_id, agency_id)
        return (contents.of(agency_id) if agency_id else contents).assess(catalogue, reviews)

    def reviews(self, catalogue: Catalogue, agency_id: str = "") -> dict[str, Review]:
        """What 2025 was found to be, once it is closed; empty before. For years that are open."""
        edition = self.latest(FIRST)
        return self._reviews(catalogue, edition.id if edition else None, agency_id)

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

    def _reviews(
        self, catalogue: Catalogue, edition_id: int | None, agency_id: str
    ) -> dict[str, Review]:
        if edition_id is None:
            return {}
        query = EDITIONS.where(col(FrozenYear.id) == edition_id)
        edition = Edition(*self.session.connection().execute(query).one())
        contents = self.contents(edition)
        held = contents.of(agency_id) if agency_id else contents
        return held.reviews(catalogue, local_date(edition.at))

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
