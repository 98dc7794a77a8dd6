"""Making an invitation link from the command line."""

from datetime import datetime, timedelta

from bot.backups import migrated_alone
from bot.settings import Settings
from plan.calendars import local_date
from plan.loading import load
from storage.agencies import Agencies
from storage.audit import Audit
from storage.database import Database
from storage.invites import Invites
from storage.seeding import take_over

ROLES = ("focal", "official", "admin")


class InviteError(Exception):
    """The invitation cannot be made as asked; the message says why."""


def create(
    settings: Settings, agency: str, role: str, token: str, *, days: int, now: datetime
) -> str:
    if role not in ROLES:
        raise InviteError(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
    # First: nobody who gives up waiting leaves an invitation whose link no one has seen.
    name = _username(settings)
    database = Database(settings.database_url)
    try:
        migrated_alone(settings, database, now)
        with database.transaction() as session:
            Audit(session).act_as("cli", None)
            take_over(session, load(settings.plan_file), now)
            known = {item.id for item in Agencies(session).on(local_date(now))}
            if agency not in known:
                raise InviteError(f"There is no agency {agency!r}. `plan show` lists the ids.")
            Invites(session).create(token, agency, role, now, lifetime=timedelta(days=days))
    finally:
        database.dispose()
    return f"https://t.me/{name}?start={token}\n(or, typed in the chat: /start {token})"


def _username(settings: Settings) -> str:
    """The bot's name for the link; a placeholder while Telegram or the token is not at hand."""
    if settings.bot_username:
        return settings.bot_username
    # Its library takes seconds to import: only who has not set the name pays.
    from bot.asking import Unanswered, who_am_i

    try:
        return who_am_i(settings).removeprefix("@")
    except Unanswered:
        return "<bot>"
