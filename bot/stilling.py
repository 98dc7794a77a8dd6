"""What a restore leaves to people: notices that may have left since, and a letter about all of it.

What else the clock does once more does no harm, or is due. The open question of who was active
the day before is asked again: its answer is not there. The draft of a campaign day that is not
there any more is made and offered again: it leaves when somebody agrees. Evidence that was to be
fetched is fetched, and its sender told: its row needs it. The author of a notice gets its result,
as it is known now; and the day's digest of troubles comes again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.alerts import JUMPED
from bot.handling import queue_reply
from bot.notices import wanted
from handlers.health import alerts
from storage.broadcasts import RUNNING, Broadcasts
from storage.health import Health
from storage.outbox import Outbox
from storage.people import People
from storage.pulses import Pulses
from storage.recipients import Recipients
from storage.tables import Broadcast


@dataclass(frozen=True, slots=True)
class Notices:
    """`drafts` were to leave by now; `waiting` are to leave later."""

    drafts: Sequence[Broadcast]
    waiting: Sequence[Broadcast]


def lay_by(session: Session, now: datetime) -> Notices:
    """Nothing of a notice leaves that may have left since. Whoever has not been written to yet gets
    a letter now, for `still` to hold with the others; then the notice finishes by the clock.
    """
    notices, recipients = Broadcasts(session), Recipients(session)
    drafts = list(notices.due(now))
    unconfirmed = {"leaves_at": None, "confirmed_at": None, "approved_by": None}
    for notice in drafts:
        notices.move(notice, (notice.state,), "draft", now, **unconfirmed)
        recipients.thaw(notice.id or 0)
    for notice in notices.in_state(*RUNNING):
        # When it left, and not the next office moment: what is for later is not held.
        at = min(notice.leaves_at or now, now)
        while recipients.feed(notice.id or 0, now, wanted(notice, at)):
            pass
        notices.move(notice, ("stopped",), "sending", now)
    return Notices(drafts, notices.in_state("scheduled", "undoable"))


def tell(session: Session, notices: Notices, as_of: datetime | None, now: datetime) -> None:
    """Administrators, once, before anything else: the letter leaves when the bot starts."""
    found, people = Health(session).troubles(now), People(session)
    for message in alerts.restored(as_of, found, notices.drafts, notices.waiting, people):
        key = f"restored:{now.isoformat()}:{message.chat_id}"
        queue_reply(Outbox(session), key, message, now)
    # It tells of the letters that are held: nobody need suspect the line.
    Pulses(session).beat(JUMPED, now)
