"""Every morning: is it time to prepare the notice of a campaign day? Due is a row, as ever."""

from collections.abc import Callable
from datetime import datetime

import structlog
from sqlmodel import Session

from bot.handling import queue_reply
from bot.ticker import next_look
from handlers.broadcast import campaigns
from handlers.commands import ADMIN
from handlers.language import DEFAULT, words_for
from plan.calendars import local_date
from plan.catalogue import CampaignDay
from plan.reminding.rules import Rules
from storage.broadcasts import Broadcasts
from storage.outbox import Outbox
from storage.people import People
from storage.schedules import Schedules
from storage.tables import Broadcast
from storage.templates import Templates

log = structlog.get_logger()
KEY = "campaigns"


class Campaigns:
    def __init__(self, rules: Callable[[], Rules]) -> None:
        self.rules = rules

    def tick(self, session: Session, now: datetime) -> int:
        """Returns how many drafts were prepared."""
        schedules, calendar = Schedules(session), self.rules().calendar
        due = schedules.due(now, [KEY])
        if not due:
            if KEY not in schedules.all():
                schedules.start(KEY, KEY, calendar.next_office_moment(now))
            return 0
        if not calendar.open_since(now):
            return 0
        made = sum(self._prepare(session, day, now) for day in self.rules().days)
        schedules.advance(due[0], KEY, next_look(calendar, now))
        return made

    def _prepare(self, session: Session, day: CampaignDay, now: datetime) -> bool:
        """Once for each day and year, whatever becomes of the draft; a stopped one makes none."""
        rules, today = self.rules(), local_date(now)
        template = Templates(session).of(day.id)
        for year in (today.year, today.year + 1):
            span = rules.span(day, year)
            due = campaigns.prepared_on(rules, span, template) <= today <= span.first_on
            stopped = template is not None and template.stopped
            if due and not stopped and not Broadcasts(session).of_campaign(day.id, year):
                said = campaigns.content(words_for(DEFAULT), template, day, span)
                at = campaigns.leaves_at(rules, day, year, now)
                notice = Broadcasts(session).draft(
                    None, now, campaign=day.id, year=year, leaves_at=at, **said
                )
                self._offer(session, notice, day, now)
                log.info("campaign prepared", day=day.id, year=year, notice=notice.id)
                return True
        return False

    def _offer(self, session: Session, notice: Broadcast, day: CampaignDay, now: datetime) -> None:
        people, span = People(session), self.rules().span(day, notice.year or 0)
        for each in {holder.address: holder for holder in people.holding(ADMIN)}.values():
            reader = people.at(each.channel, each.address)
            words = words_for(reader.language if reader else DEFAULT)
            told = campaigns.offer(words, notice, day, span, each.address)
            for n, message in enumerate(told):
                key = f"campaign:{notice.id}:{each.address}:{n}"
                queue_reply(Outbox(session), key, message, now)
