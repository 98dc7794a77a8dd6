"""The questions of the yearly report, as cards: what the steps of that conversation share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from handlers.language import Markup, Words, join, paged, plain
from handlers.report import cards, returned, topics
from handlers.report.buttons import leaving, skipping, status_name, status_options
from handlers.report.drafts import Draft, as_of, draft_of, indicator_of
from handlers.routing import Reply
from handlers.talk import FREE, Option, Talk
from plan.answers import Share
from plan.calendars import WorkingCalendar
from plan.catalogue import Catalogue, Indicator, PartsKind, Unit
from plan.deadlines import Deadline
from plan.reminding.rules import Rules
from storage.agencies import Agencies
from storage.approvals import Approvals
from storage.easings import Easings
from storage.figures import Figure
from storage.narratives import Narratives
from storage.people import Member, People
from storage.reports import Reports
from storage.tables import Report

FIGURE, STATUS, NOTE = "report.figure", "report.status", "report.note"
REVIEW, SENT = "report.review", "report.sent"
REMADE = (FIGURE, STATUS, REVIEW)
"""Questions that are put together anew, as things stand, when they are shown once more."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One focal point filling in one report, at one moment."""

    talk: Talk
    words: Words
    member: Member
    agencies: Agencies
    reports: Reports
    catalogue: Catalogue
    now: datetime
    today: date
    people: People
    narratives: Narratives
    rules: Rules

    @property
    def calendar(self) -> WorkingCalendar:
        return self.rules.calendar

    def deadline(self, agency_id: str, year: int) -> Deadline:
        """The agency's own: with its extension, where it has one."""
        easings = Easings(self.reports.session)
        return self.rules.deadline(year, easings.extended_until(agency_id, year))

    @property
    def agency_id(self) -> str:
        """The agency that the open question is about: people may stand for two, or move."""
        agency_id: str = self.talk.data["agency"]
        return agency_id

    @property
    def year(self) -> int:
        year: int = self.talk.data["year"]
        return year

    def draft(self) -> Draft:
        return self.draft_for(self.agency_id, self.year)

    def draft_for(self, agency_id: str, year: int) -> Draft:
        return draft_of(agency_id, year, self.agencies, self.reports, self.now, self.today)

    def earlier(self, agency_id: str, code: str, year: int) -> Figure | None:
        """What the agency answered the year before, in a report that was sent in."""
        found = self.reports.reported_figure(agency_id, year - 1, code)
        return None if found is None or found.state == "skipped" else found

    def ask(self, draft: Draft, code: str) -> list[Reply]:
        """The card of one question, be it a figure or the status of a task.

        A duty may have moved since the question was put: then what is still asked comes next.
        """
        if code not in draft.codes:
            return self.go_on(draft, code)
        if code in draft.locked:
            return self.stays(draft, code)
        indicator = indicator_of(self.catalogue, code)
        if indicator is None:
            return [self._ask_status(draft, code)]
        return [self._ask_figure(draft, indicator)]

    def ask_anew(self) -> list[Reply]:
        """The open question, put together once more where it can be: in another language."""
        if self.talk.step in REMADE:
            return self.ask_still()
        again = self.talk.ask_again()
        if not again:
            return []
        told = self.words("The open question stays in the language in which it was put:")
        return [self.talk.say(told), *again]

    def ask_still(self) -> list[Reply]:
        """The open question as things stand now, answers of others included."""
        if self.talk.step == REVIEW:
            return self.review(self.draft())
        if self.talk.step not in {FIGURE, STATUS}:
            return [*self.talk.ask_again()]
        told = self.talk.news()
        asked = self.ask(self.draft(), self.talk.data["code"])
        return [self.talk.say(told), *asked] if told else asked

    def go_on(self, draft: Draft, code: str) -> list[Reply]:
        """The next open question after `code`, or the review where none is left."""
        if aside := self.talk.data.get("aside"):
            self.talk.take_up(aside)
            return self.ask_still()
        following = draft.after(code)
        if following is None or self.talk.data.get("from_review"):
            return self.review(draft)
        return self.ask(draft, following)

    def moved_on(self, draft: Draft, code: str) -> list[Reply]:
        """The duty is another agency's by now: the answer is not, and that is said."""
        told = self.words("{code} is not asked of your agency any more.", code=code)
        return [self.talk.say(told), *self.go_on(draft, code)]

    def stays(self, draft: Draft, code: str) -> list[Reply]:
        """Sent back were others: what was found right is not changed by the way."""
        return [self.talk.say(self.unchanged(draft, code)), *self.go_on(draft, code)]

    def unchanged(self, draft: Draft, code: str) -> Markup:
        return returned.unchanged(self.words, draft, code)

    def review(self, draft: Draft) -> list[Reply]:
        """Everything that has been answered, before it is sent in."""
        words = self.words
        lines = [
            words(
                "<b>Review – {agency}, report of {year}</b>",
                agency=draft.agency.name,
                year=draft.report.year,
            ),
            *returned.told(words, Approvals(self.reports.session), draft),
            *self.lines(draft),
            *topics.lines(words, self.narratives.of(draft.report)),
        ]
        if draft.missing:
            lines.append(
                words.plural(
                    "{count} question has no answer yet: {codes}.",
                    "{count} questions have no answer yet: {codes}.",
                    len(draft.missing),
                    codes=", ".join(draft.missing),
                )
            )
        options = [
            Option("submit", words("Send the report"), words("send|submit")),
            Option("change", words("Change an answer"), words("change|correct it")),
            Option("words", words("In words"), words("text|narrative")),
            leaving(words),
        ]
        *pages, text = paged(lines)
        data = whose(draft) | {"seen": self.newest(draft)}
        card = self.talk.ask(REVIEW, text, options, numbered=True, data=data)
        return [*(self.talk.say(page) for page in pages), card]

    def newest(self, draft: Draft) -> list[int]:
        """Tells whether somebody has changed an answer or a text since."""
        written = self.narratives.of(draft.report).values()
        return [*draft.newest, max((row.id or 0 for row in written), default=0)]

    def lines(self, draft: Draft) -> list[Markup]:
        """Every question with its answer."""
        parts = self.reports.parts(draft.report)
        return [self._line(draft, code, parts.get(code, {})) for code in draft.codes]

    def receipt(self, report: Report) -> str:
        return f"BC-{report.year}-{report.id:04d}/{report.version}"

    def sent(self, draft: Draft) -> Reply:
        """The report has been sent in; it can be taken up again until it is approved."""
        words, report = self.words, draft.report
        if report.submitted_at is None:
            msg = f"report {report.id} is {report.state} and was never submitted"
            raise LookupError(msg)
        text = words(
            "The report of {year} was sent at {time}. Receipt: <b>{receipt}</b>.",
            year=report.year,
            time=words.moment(report.submitted_at),
            receipt=self.receipt(report),
        )
        if report.state != "submitted":
            return self.talk.say(text)
        options = [Option("reopen", words("Correct and send again"), words("correct it"))]
        return self.talk.ask(SENT, text, options, data=whose(draft))

    def _line(self, draft: Draft, code: str, parts: Mapping[str, Share]) -> Markup:
        words, details = self.words, Markup()
        if code in draft.figures:
            figure, indicator = draft.figures[code], self.catalogue.indicator(code)
            answer = cards.figure(words, figure)
            details = cards.details(words, indicator, figure, parts)
        elif code in draft.statuses:
            answer = status_name(words, draft.statuses[code].status)
            details = cards.from_paper(words, draft.statuses[code].document)
        else:
            answer = words("no answer yet")
        if draft.is_approved(code):
            details = join([words("approved"), details], "; ")
        short = cards.short_of(self.catalogue, code)
        line = words("• {code} {short}: <b>{answer}</b>", code=code, short=short, answer=answer)
        return words("{line} ({details})", line=line, details=details) if details else line

    def _ask_figure(self, draft: Draft, indicator: Indicator) -> Reply:
        words, year, code = self.words, draft.report.year, indicator.code
        card = cards.question(
            words,
            indicator,
            place=draft.position(code),
            year=year,
            as_of_on=as_of(year, self.today),
            earlier=self.earlier(draft.agency.id, code, year),
            current=draft.figures.get(code),
        )
        options = [
            Option("no_data", words("No data yet"), words("no data")),
            Option("no_object", words("Nothing to count"), words("no object")),
            *_by_part(words, indicator),
            *self._moves(),
            Option("full", words("Full wording")),
        ]
        return self.talk.ask(FIGURE, card, options, data=self._place(draft, code))

    def _ask_status(self, draft: Draft, code: str) -> Reply:
        words, item = self.words, cards.item(self.catalogue, code)
        n, total = draft.position(code)
        lines = [
            words("<b>Question {n} of {total} · {code}</b>", n=n, total=total, code=code),
            Markup(f"<b>{plain(item.short)}</b>"),
            words("How far has this task come in {year}?", year=draft.report.year),
        ]
        if code in draft.statuses:
            now = status_name(words, draft.statuses[code].status)
            lines.append(words("Recorded now: {figure}", figure=now))
        options = [
            *status_options(words),
            *self._moves(),
            Option("full", words("Full wording")),
        ]
        return self.talk.ask(
            STATUS, join(lines), options, numbered=True, data=self._place(draft, code)
        )

    def ask_note(self, code: str, status: str) -> Reply:
        text = self.words(
            "{code}: please describe the difficulty in a few sentences, so that the standing "
            "agency can record it and propose a solution. Do not send classified content.",
            code=code,
        )
        options = [
            Option("no_note", self.words("No description"), self.words("none|nothing")),
            Option("again", self.words("Back"), self.words("go back")),
        ]
        data = {**self.talk.data, "status": status, FREE: True}
        return self.talk.ask(NOTE, text, options, data=data)

    def _moves(self) -> list[Option]:
        words = self.words
        return [
            skipping(words),
            Option("back", words("Back"), words("go back")),
            leaving(words),
        ]

    def _place(self, draft: Draft, code: str) -> dict[str, object]:
        """What is kept with a question; `shown` tells later whether a colleague was quicker."""
        before, kept = self.talk.data, draft.figures.get(code) or draft.statuses.get(code)
        place = whose(draft) | {"code": code, "shown": kept.id if kept else None}
        return place | {key: before[key] for key in ("from_review", "aside") if before.get(key)}


def _by_part(words: Words, indicator: Indicator) -> list[Option]:
    """Groups are added up for whoever has only them; conditions need the whole first."""
    if indicator.unit is not Unit.SHARE or indicator.parts_kind is not PartsKind.GROUPS:
        return []
    also = words("each part|by part")
    return [Option("parts", words("Enter part by part"), also)] if indicator.parts else []


def whose(draft: Draft) -> dict[str, object]:
    """Kept with every question, so that its answer goes to the report it was asked for."""
    return {"year": draft.report.year, "agency": draft.agency.id}
