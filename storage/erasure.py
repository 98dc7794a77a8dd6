"""Taking a person out of the database: the number stays, and leads to nobody.

What the agency reported is the agency's, so figures, statuses, texts and kept files stay, without
the words and the chat they came from. Table by table: `docs/data-map.md`.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import String, Update, case, cast, delete, literal, or_, update
from sqlalchemy.sql.dml import Delete
from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.errands import DROPPED
from storage.evidence import KEPT, REMOVED, WANTED
from storage.people import People
from storage.quotations import Quotations
from storage.tables import (
    Absence,
    Agency,
    Broadcast,
    Contact,
    Conversation,
    Errand,
    Evidence,
    Figure,
    InboxRow,
    Membership,
    NoticeMessage,
    OutboxRow,
    Person,
    Snooze,
)

PROOF = ("reminder", "digest", "broadcast")
"""Letters that prove that an agency was told: they stay, without the chat."""
UNSENT = ("queued", "held", "unknown", "failed")
ERASED = "erased"
Known: TypeAlias = tuple[int, datetime]
"""A person's number, and when they came: together nobody else."""


class Erasure:
    def __init__(self, session: Session) -> None:
        self.session = session

    def forget(self, person_id: int, instead: str, now: datetime) -> None:
        """In one transaction, at once; `instead` is what they are called where others are asked.

        Nobody comes back by it: a new invitation makes a new person.
        """
        self.session.flush()
        chats = self.chats(person_id)
        for channel, address in chats:
            self.forget_chat(channel, address, f"{ERASED}:{person_id}")
        name = self.session.get_one(Person, person_id).full_name
        Quotations(self.session).take_out(name, [address for _, address in chats], instead)
        People(self.session).end_roles(person_id, now)
        self._strip(person_id)
        self._withdraw_consent(person_id, now)
        self.session.expire_all()

    def chats(self, person_id: int) -> list[tuple[str, str]]:
        query = select(Contact.channel, Contact.address).where(Contact.person_id == person_id)
        return [(channel, address) for channel, address in self.session.exec(query)]

    def forget_chat(self, channel: str, address: str, instead: str = ERASED) -> None:
        """What was said there on both sides, but for the message that is being handled."""
        self.session.flush()
        here = col(Conversation.channel) == channel, col(Conversation.address) == address
        self._run(delete(Conversation).where(*here))
        handled = col(InboxRow.user_key) == address, col(InboxRow.done_at).is_not(None)
        self._run(delete(InboxRow).where(*handled))
        letters = col(OutboxRow.channel) == channel, col(OutboxRow.address) == address
        self._run(delete(OutboxRow).where(*letters, col(OutboxRow.kind).not_in(PROOF)))
        state = case((col(OutboxRow.state).in_(UNSENT), "cancelled"), else_=col(OutboxRow.state))
        # The key of a letter names its chat, too.
        key = literal(f"{ERASED}:") + cast(col(OutboxRow.id), String)
        self._run(
            update(OutboxRow)
            .where(*letters)
            .values(address=instead, dedupe_key=key, message_id=None, state=state, error=None)
        )

    def former(
        self, before: datetime, on: date, most: int, without: Collection[int] = ()
    ) -> Sequence[int]:
        """Who has held no role since then, in no agency that still existed on that day."""
        held = select(Membership.id).join(Agency, col(Agency.id) == col(Membership.agency_id))
        held = held.where(
            col(Membership.person_id) == col(Person.id),
            or_(col(Membership.until_at).is_(None), col(Membership.until_at) >= before),
            or_(col(Agency.valid_to).is_(None), col(Agency.valid_to) >= on),
        )
        query = select(Person.id).where(
            Person.full_name != "", Person.created_at < before, ~held.exists()
        )
        query = query.where(col(Person.id).not_in(without))
        found = self.session.exec(query.order_by(col(Person.id)).limit(most))
        return [number or 0 for number in found]

    def erased(self) -> set[Known]:
        query = select(Person.id, Person.created_at).where(Person.full_name == "")
        return {(number or 0, created_at) for number, created_at in self.session.exec(query)}

    def present(self, gone: set[Known]) -> list[int]:
        """Who of these is here, with a name. In another history a number may be somebody else."""
        query = select(Person.id, Person.created_at).where(Person.full_name != "")
        found = {(number or 0, created_at) for number, created_at in self.session.exec(query)}
        return sorted(number for number, _ in found & gone)

    def _strip(self, person_id: int) -> None:
        """Of what stays, whatever leads back to the chat, and the words that were typed there."""
        self._run(
            update(Figure)
            .where(col(Figure.person_id) == person_id)
            .values(words="", message_id=None)
        )
        theirs = col(Evidence.person_id) == person_id
        unkept = {"title": "", "caption": ""}
        self._run(
            update(Evidence).where(theirs, col(Evidence.state) == WANTED).values(state=REMOVED)
        )
        self._run(update(Evidence).where(theirs, col(Evidence.state) != KEPT).values(**unkept))
        self._run(update(Evidence).where(theirs).values(address="", remote_id="", album=""))
        self._run(update(Broadcast).where(col(Broadcast.person_id) == person_id).values(address=""))
        theirs = or_(
            col(NoticeMessage.person_id) == person_id, col(NoticeMessage.author_id) == person_id
        )
        self._run(update(NoticeMessage).where(theirs).values(text=""))
        self._run(update(Absence).where(col(Absence.person_id) == person_id).values(reason=""))
        # Its bytes go with the next round of the job that made them.
        gone = {"state": DROPPED, "address": ""}
        self._run(update(Errand).where(col(Errand.person_id) == person_id).values(**gone))
        self._run(delete(Snooze).where(col(Snooze.person_id) == person_id))
        self._run(delete(Contact).where(col(Contact.person_id) == person_id))

    def _withdraw_consent(self, person_id: int, now: datetime) -> None:
        person = self.session.get_one(Person, person_id)
        was = f"consent {person.consent_version}" if person.consented_at else "no consent"
        person.full_name, person.language, person.address_form = "", "vi", "anh-chi"
        person.consented_at = person.consent_version = person.campaigns_muted_at = None
        self.session.flush()
        Audit(self.session).note(
            "person.erased", f"person {person_id}", before=was, after=ERASED, now=now
        )

    def _run(self, statement: Update | Delete) -> None:
        self.session.connection().execute(statement)
