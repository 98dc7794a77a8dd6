"""What a restore has done, as its operator is told."""

from dataclasses import dataclass
from datetime import datetime

from plan import retention
from plan.calendars import ZONE
from storage.backup.aftermath import Stilled
from storage.backup.since import Carried


@dataclass(frozen=True, slots=True)
class Restored:
    stilled: Stilled
    steps: int
    """Reminder steps that fell due since the backup: `unknown`, and not sent."""
    drafts: int
    """Notices that were to leave by now: drafts again."""
    waiting: int
    """Notices that are to leave later, and will."""
    carried: Carried
    erased: int | None
    """People erased since the backup, and now again; None where the other could not be read."""
    earliest_at: datetime
    """Before then nobody is erased of whom nobody can tell whether they still want it."""
    aside: str = ""
    """Where the database is that was there before; "" where there was none."""
    files: int = 0
    """Of people's files that were missing and are there again."""
    missing: int = 0
    """Of those that the database names and no folder has."""

    def __str__(self) -> str:
        parts = [f"Restored.{self._aside()}", self._letters(), self._people()]
        if self.carried.put_off:
            parts.append(self._put_off())
        return "\n".join(parts)

    def _aside(self) -> str:
        if not self.aside:
            return ""
        days = retention.ASIDE.length.days
        return (
            f" The database that was there is now {self.aside}. Who is erased from now on is still "
            f"in it: drop it within {days} days, once all is well."
        )

    def _letters(self) -> str:
        return (
            f"Not sent, to be decided by a person: {self.stilled.unknown} letters, "
            f"{self.steps} reminder steps. Replies given up: {self.stilled.cancelled}. "
            f"Updates laid by as dead letters: {self.stilled.dead}.\n"
            f"Notices that are drafts again: {self.drafts}; still to leave later: {self.waiting}. "
            "The administrators are told when the bot starts.\n"
            f"Files of people brought back: {self.files}; missing: {self.missing}."
        )

    def _people(self) -> str:
        if self.erased is None:
            return (
                "Who was erased since the backup is not known here: look into your register of "
                "requests, and use `forget`. Nor is it known whose roles were ended and which "
                "invitations were used or revoked: end them again, with /thoivai."
            )
        carried = self.carried
        return (
            f"People erased since the backup, and now again: {self.erased}. Requests to erase "
            f"withdrawn since: {carried.withdrawn}; made since, and open again: {carried.filed}.\n"
            f"Roles ended since, and now again: {carried.ended}; given since, and not there: "
            f"{carried.given}. Invitations used or revoked since, and now closed: "
            f"{carried.invites}."
        )

    def _put_off(self) -> str:
        until = self.earliest_at.astimezone(ZONE)
        return (
            f"Requests to erase of which it is not known whether they were withdrawn since: "
            f"{self.carried.put_off}. They are not carried out before {until:%Y-%m-%d %H:%M}; "
            "ask these people, or look into your register."
        )
