"""Making an invitation link from the command line."""

import json
import urllib.error
import urllib.request
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
    return (
        f"https://t.me/{_username(settings)}?start={token}\n(or, typed in the chat: /start {token})"
    )


def _username(settings: Settings) -> str:
    """The bot's name for the link; a placeholder while Telegram or the token is not at hand."""
    url = f"{settings.telegram_api_url}/bot{settings.bot_token.get_secret_value()}/getMe"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - the operator's own URL
            name: str = json.load(answer)["result"]["username"]
    except (OSError, ValueError, KeyError):
        return "<bot>"
    return name
