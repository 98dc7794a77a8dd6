"""What the clock does for notices: they leave, are fed to the sender in parts, and are reported
on in one message that is edited.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from sqlmodel import Session

from bot.handling import queue_reply
from handlers.broadcast import running, telling
from handlers.broadcast.bureau import Policy
from handlers.broadcast.letters import KIND
from handlers.commands import ADMIN
from handlers.language import DEFAULT, Words, words_for
from handlers.talk import COMMAND, keyboard
from plan.calendars import WorkingCalendar, local_date
from plan.notices.audiences import Audience
from storage.audiences import Audiences
from storage.broadcasts import RUNNING, Broadcasts
from storage.letters import Lane
from storage.outbox import Outbox
from storage.people import People
from storage.recipients import AHEAD, PART, Recipients
from storage.tables import Broadcast
from storage.tallies import Tally

log = structlog.get_logger()
EDITED_EVERY = timedelta(seconds=3)
SILENT = ("edit", "recall")
"""They ring on nobody's phone, so that they need not wait for office hours."""


class Notices:
    """Edits are best effort; the result is a message of its own, queued with the last count."""

    def __init__(self, policy: Policy, calendar: Callable[[], WorkingCalendar]) -> None:
        self.policy, self.calendar = policy, calendar

    def leave(self, session: Session, now: datetime) -> None:
        """Those whose moment has come are under way from now on."""
        notices = Broadcasts(session)
        for notice in notices.due(now):
            if notice.state == "undoable":
                notices.move(notice, ("undoable",), "sending", now)
            else:
                self._leave_as_planned(session, notice, now)

    def _leave_as_planned(self, session: Session, notice: Broadcast, now: datetime) -> None:
        """To whom it is meant for at this moment. Where they have become more than one
        administrator may write to, it is a draft again, and they are told.
        """
        notices, audience = Broadcasts(session), Audience.read(notice.audience)
        reach = Audiences(session, local_date(now)).reach(audience, notice.kind)
        alone = notice.approved_by is None and reach.count > self.policy.approval_above
        if alone or not reach.count:
            notices.move(notice, ("scheduled",), "draft", now, leaves_at=None)
            for address in _office(session):
                words = _words_at(session, notice.channel, address)
                told = telling.not_left(words, notice, reach.count)
                message = SendMessage(chat_id=address, text=told, parse_mode="HTML")
                key = f"bc:{notice.id}:r{notice.revision}:{address}"
                queue_reply(Outbox(session), key, message, now)
            return
        notice.recipients = reach.count
        if notices.move(notice, ("scheduled",), "sending", now):
            Recipients(session).freeze(notice.id or 0, reach.people)

    def feed(self, session: Session, now: datetime) -> int:
        """Queues the next part of one notice; 0 where none of them needs more now."""
        recipients = Recipients(session)
        for notice in Broadcasts(session).in_state("sending"):
            number = notice.id or 0
            if recipients.queued(number) > AHEAD - PART:
                continue
            at = now if notice.way in SILENT else self.calendar().next_office_moment(now)
            if count := recipients.feed(number, now, wanted(notice, at)):
                return count
        return 0

    def report(self, session: Session, now: datetime) -> list[TelegramMethod[Any]]:
        edits: list[TelegramMethod[Any]] = []
        for notice in Broadcasts(session).in_state(*RUNNING):
            edits += self._report(session, notice, now)
        return edits

    def _report(
        self, session: Session, notice: Broadcast, now: datetime
    ) -> list[TelegramMethod[Any]]:
        number, outbox = notice.id or 0, Outbox(session)
        shown_at = notice.shown_at
        tally = Recipients(session).tally(number) if _is_time(shown_at, now) else None
        if tally is None:
            return []
        if not tally.remaining and notice.state == "sending":
            Broadcasts(session).move(notice, ("sending",), "finished", now, finished_at=now)
        if not self._has_reader(session, notice):
            return []
        words = _words_at(session, notice.channel, notice.address)
        text = telling.progress(words, notice, tally, **self._pace(now))
        if notice.state == "finished":
            told = self._result(session, words, notice, tally)
            queue_reply(outbox, f"bc:{number}:result", told, now)
        elif not notice.shown:
            told = _to(notice, text, [(words("Stop"), f"thongbao {number} dung")])
            queue_reply(outbox, f"bc:{number}:progress", told, now)
        before = notice.shown
        Broadcasts(session).show(notice, text, now)
        message_id = outbox.message_id(f"bc:{number}:progress")
        if text == before or message_id is None:
            return []
        buttons = []
        if notice.state != "finished":
            links = running.links(words, notice)
            buttons = [(link.label, link.command) for link in links]
        return [
            EditMessageText(
                chat_id=notice.address,
                message_id=message_id,
                text=text,
                parse_mode="HTML",
                reply_markup=_keyboard(buttons),
            )
        ]

    def _has_reader(self, session: Session, notice: Broadcast) -> bool:
        """Its author; where they are no administrator any more, another is told from now on."""
        people = People(session)
        author = people.at(notice.channel, notice.address) if notice.address else None
        if author is None or not author.may(ADMIN):
            heirs = people.holding(ADMIN)
            if not heirs:
                return False
            notice.channel, notice.address = heirs[0].channel, heirs[0].address
        return True

    def _pace(self, now: datetime) -> dict[str, Any]:
        opens_at = self.calendar().next_office_moment(now)
        closed = opens_at > now
        return {"per_second": self.policy.per_second, "resumes_at": opens_at if closed else None}

    def _result(
        self, session: Session, words: Words, notice: Broadcast, tally: Tally
    ) -> SendMessage:
        results = Recipients(session).results(notice.id or 0)
        missed = [
            each.full_name
            for each in results
            if each.state in {"failed", "unknown"} or each.left_out == "unreachable"
        ]
        buttons = [(link.label, link.command) for link in running.links(words, notice)]
        return _to(notice, telling.result(words, notice, tally, missed), buttons)


def wanted(notice: Broadcast, at: datetime) -> dict[str, Any]:
    """What its letters have in common; before `at` none of them leaves."""
    return {
        "lane": Lane.SILENT if notice.way in SILENT else Lane.BROADCAST,
        "kind": KIND,
        "payload": f'{{"broadcast": {notice.id}}}',
        "not_before_at": at,
    }


def _office(session: Session) -> list[str]:
    return list(dict.fromkeys(each.address for each in People(session).holding(ADMIN)))


def _words_at(session: Session, channel: str, address: str) -> Words:
    reader = People(session).at(channel, address)
    return words_for(reader.language if reader else DEFAULT)


def _is_time(shown_at: datetime | None, now: datetime) -> bool:
    return shown_at is None or now - shown_at >= EDITED_EVERY or now < shown_at


def _to(notice: Broadcast, text: str, buttons: Sequence[tuple[str, str]]) -> SendMessage:
    return SendMessage(
        chat_id=notice.address, text=text, parse_mode="HTML", reply_markup=_keyboard(buttons)
    )


def _keyboard(buttons: Sequence[tuple[str, str]]) -> Any:  # noqa: ANN401 - a keyboard, or none
    linked = [(label, f"{COMMAND}:{command}") for label, command in buttons]
    return keyboard(linked) if linked else None
