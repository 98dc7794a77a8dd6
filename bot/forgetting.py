"""Erasing somebody who asked on paper, from the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlmodel import Session

from bot.erasing import erase
from bot.settings import Settings
from storage import schema
from storage.audit import Audit
from storage.database import Database
from storage.erasure import Erasure
from storage.people import People
from storage.requests import ERASE, Requests


class ForgetError(Exception):
    """Nobody can be erased as asked; the message says why."""


def described(settings: Settings, who: str) -> str:
    """Who that is, for the operator to be sure. Nothing is written."""
    channel, address = split(who)
    with opened(settings) as session:
        member = People(session).at(channel, address)
        if member is None:
            return f"Nobody has joined from {who}: what was said there lately is deleted."
        roles = ", ".join(f"{role} of {agency}" for role, agency in sorted(member.roles))
        return f"{member.full_name} (person {member.person_id}), {roles or 'without a role'}."


def forget(settings: Settings, who: str, now: datetime) -> str:
    channel, address = split(who)
    with opened(settings) as session:
        Audit(session).act_as("cli", None)
        member = People(session).at(channel, address)
        person_id = member.person_id if member else None
        Requests(session).answered(ERASE, person_id, channel, now)
        if person_id is None:
            Erasure(session).forget_chat(channel, address)
            return "Deleted: what was said there."
        erase(session, person_id, now)
    told = f"Erased. What person {person_id} reported stays; the audit log notes the erasure."
    if address in settings.admin_ids:
        told += f"\n{address} is still in ADMIN_IDS: take it out and restart the bot."
    return told


def split(who: str) -> tuple[str, str]:
    channel, colon, address = who.partition(":")
    if not (channel and colon and address):
        raise ForgetError(f"{who!r} is no CHANNEL:ID, such as telegram:123456789.")
    return channel, address


@contextmanager
def opened(settings: Settings) -> Iterator[Session]:
    database = Database(settings.database_url)
    try:
        if not schema.is_current(database):
            raise ForgetError("The database is not at this version's schema: run `migrate` first.")
        with database.transaction() as session:
            yield session
    finally:
        database.dispose()
