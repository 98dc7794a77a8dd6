"""Invitations: single use, expiring, kept as a hash."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import Invite, Membership

LIFETIME = timedelta(days=7)


class Invites:
    def __init__(self, session: Session) -> None:
        self.session = session

    def create(
        self,
        token: str,
        agency_id: str,
        role: str,
        now: datetime,
        *,
        by: int | None = None,
        lifetime: timedelta = LIFETIME,
        purpose: str = "",
    ) -> Invite:
        """`purpose`: `handover` or `deputy`, where a focal point makes it for a colleague."""
        invite = Invite(
            token_hash=_hash(token),
            agency_id=agency_id,
            role=role,
            created_at=now,
            expires_at=now + lifetime,
            created_by=by,
            purpose=purpose,
        )
        self.session.add(invite)
        self.session.flush()
        Audit(self.session).note("invite.created", f"{agency_id} {role}", now=now)
        return invite

    def usable(self, token: str, now: datetime) -> Invite | None:
        """The invite behind a token, or None: unknown, used, expired and revoked look alike."""
        return self.open(_hash(token), now)

    def open(self, token_hash: str, now: datetime) -> Invite | None:
        invite = self.session.get(Invite, token_hash)
        if invite is None or invite.used_at or invite.revoked_at or invite.expires_at <= now:
            return None
        return invite if self._still_meant(invite) else None

    def pending(self, by: int, purpose: str, now: datetime) -> Sequence[Invite]:
        """What this person has made for that purpose, and nobody has taken up yet."""
        query = select(Invite).where(
            Invite.created_by == by,
            Invite.purpose == purpose,
            col(Invite.used_at).is_(None),
            col(Invite.revoked_at).is_(None),
            col(Invite.expires_at) > now,
        )
        return self.session.exec(query.order_by(col(Invite.created_at))).all()

    def revoke(self, invite: Invite, now: datetime) -> None:
        invite.revoked_at = now
        self.session.flush()
        subject = f"{invite.agency_id} {invite.role}"
        Audit(self.session).note("invite.revoked", subject, now=now)

    def _still_meant(self, invite: Invite) -> bool:
        """What a focal point has made ends with their own role."""
        if not invite.purpose:
            return True
        held = select(Membership.id).where(
            Membership.person_id == invite.created_by,
            Membership.agency_id == invite.agency_id,
            Membership.role == invite.role,
            col(Membership.until_at).is_(None),
        )
        return self.session.exec(held).first() is not None

    def get(self, token_hash: str) -> Invite:
        return self.session.get_one(Invite, token_hash)

    def use(self, token_hash: str, person_id: int, now: datetime) -> bool:
        """Takes the invite; of two people at once, one gets True."""
        taken = self.session.connection().execute(
            update(Invite)
            .where(
                col(Invite.token_hash) == token_hash,
                col(Invite.used_at).is_(None),
                col(Invite.revoked_at).is_(None),
                col(Invite.expires_at) > now,
            )
            .values(used_at=now, used_by=person_id)
        )
        if taken.rowcount == 1:
            Audit(self.session).note("invite.used", f"person {person_id}", now=now)
        return taken.rowcount == 1


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
