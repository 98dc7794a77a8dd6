"""Erasures that are due, and people who have not been here for long: decided by the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiogram.methods import SendMessage, TelegramMethod
from sqlmodel import Session

from bot.erasing import erase
from bot.handling import queue_reply
from handlers.commands import ADMIN
from handlers.data import departures
from handlers.language import words_for
from plan import retention
from plan.calendars import local_date
from storage.agencies import Agencies
from storage.erasure import Erasure
from storage.holdings import Holdings
from storage.outbox import Outbox
from storage.people import People
from storage.requests import Requests
from storage.tables import DataRequest

log = structlog.get_logger()
AGAIN = timedelta(minutes=30)
"""Less than the hour between two rounds of forgetting."""


class Departures:
    def __init__(self) -> None:
        self._failed: dict[int, datetime] = {}
        """Whom to leave alone until the next round."""

    def decide(self, session: Session, now: datetime) -> list[TelegramMethod[Any]]:
        """Every erasure that is due, once; returns best-effort calls."""
        cosmetic: list[TelegramMethod[Any]] = []
        for request in Requests(session).due(now):
            try:
                with session.begin_nested():
                    cosmetic += self._carry_out(session, request, now)
            except Exception:
                # One that cannot be carried out must not hold up the others; it is tried again.
                log.exception("erasure not carried out", request=request.id)
        return cosmetic

    def let_go(self, session: Session, now: datetime) -> int:
        """Forgets one of those who have held no role for long; returns how many that were."""
        before = retention.FORMER.cutoff(now)
        failed = {who for who, at in self._failed.items() if abs(now - at) < AGAIN}
        former = Erasure(session).former(before, local_date(before), most=1, without=failed)
        for person_id in former:
            try:
                with session.begin_nested():
                    erase(session, person_id, now)
            except Exception:
                # As above: the others must not wait for who cannot be erased.
                log.exception("former member not forgotten", person=person_id)
                self._failed[person_id] = now
        return len(former)

    def _carry_out(
        self, session: Session, request: DataRequest, now: datetime
    ) -> list[TelegramMethod[Any]]:
        person_id, number = request.person_id, request.id
        if person_id is None or not Requests(session).done(request, now):
            return []
        words = words_for(Holdings(session).person(person_id).language)
        chats = Erasure(session).chats(person_id)
        self._tell_vacant(session, request, chats, now)
        erase(session, person_id, now)
        log.info("personal data erased", request=number, person=person_id)
        if not People(session).holding(ADMIN):
            log.warning("no administrator is left: set ADMIN_IDS, or invite one")
        for n, (_, address) in enumerate(chats):
            told = SendMessage(chat_id=address, text=departures.done(words), parse_mode="HTML")
            queue_reply(Outbox(session), f"data:{number}:done:{n}", told, now)
        return [departures.no_commands(address) for _, address in chats]

    def _tell_vacant(
        self,
        session: Session,
        request: DataRequest,
        chats: Sequence[tuple[str, str]],
        now: datetime,
    ) -> None:
        """Others may have left since the request: now is when nobody is left."""
        people = People(session)
        members = [people.at(channel, address) for channel, address in chats]
        for member in members[:1]:
            alone = departures.alone_in(member, people) if member else []
            if member and (text := departures.left_alone(alone, Agencies(session), now)):
                told = request, text, member, people, Outbox(session), now
                departures.tell_admins("vacant", *told)
