"""A reminder that an official asked for, put into words as it leaves: is it still owed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram.methods import SendMessage
from sqlmodel import Session

from handlers.commands import FOCAL
from handlers.due import deadline_told
from handlers.language import Words, join
from handlers.reminding.greeting import greeting, message
from handlers.report.drafts import asked_of, missing
from handlers.talk import COMMAND
from plan.calendars import local_date
from plan.reminding.rules import Rules
from storage.agencies import Agencies
from storage.easings import Easings
from storage.people import Member
from storage.reports import REPORTED, Reports
from storage.years import Year


@dataclass(frozen=True, slots=True)
class Nudged:
    session: Session
    rules: Rules
    now: datetime

    def letter(self, words: Words, member: Member, payload: Mapping[str, Any]) -> SendMessage | str:
        """The message, or why it is not sent any more."""
        agency_id, year = payload["agency"], payload["year"]
        agencies, reports = Agencies(self.session), Reports(self.session)
        today = local_date(self.now)
        agency = agencies.find(agency_id, today)
        if agency is None or agency_id not in member.agencies_as(FOCAL):
            return "stands for the agency no longer"
        report = reports.of(agency_id, year)
        if report is not None and report.state in REPORTED:
            return "already reported"
        asked = asked_of(agency_id, agencies, Year(year, today).on)
        figures = reports.figures(report) if report else {}
        statuses = reports.statuses(report) if report else {}
        left = len(missing(asked, figures, statuses))
        until = Easings(self.session).extended_until(agency_id, year)
        told = words(
            "the standing agency asks for the report of {year}: it has not been sent yet, and "
            "{left} of {total} questions are open.",
            year=year,
            left=left,
            total=len(asked),
        )
        parts = [
            greeting(words, member, agency.short),
            told,
            deadline_told(words, self.rules.deadline(year, until), self.rules.calendar, self.now),
        ]
        button = f"{COMMAND}:baocao {agency_id} {year}"
        return message(member, join(parts, "\n\n"), [(words("Go on with the report"), button)])
