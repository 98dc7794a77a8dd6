"""A report that was sent, as whoever decides on it reads it: differences, warnings, evidence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.approval import wording
from handlers.language import Markup, Words, join
from handlers.reminding.errand import Errand
from handlers.report import cards, listed, reasons, topics
from handlers.report.buttons import status_name
from handlers.report.drafts import asked_of
from handlers.report.pending import Pending
from plan import facilities
from plan.answers import Share
from plan.approval import Filing, filing
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.facilities import Listed
from storage.agencies import NamedAgency
from storage.approvals import Approvals
from storage.easings import Easings
from storage.evidence import Exhibits
from storage.facilities import Facilities
from storage.figures import Figure
from storage.inquiries import OFFICE, Inquiries
from storage.narratives import Narratives
from storage.tables import Inquiry, Report, TaskStatus
from storage.versions import Versions
from storage.years import Year


def agency_of(errand: Errand, report: Report) -> NamedAgency:
    """Under its name of today; of one that exists no more, its name when it last reported."""
    sent_on = local_date(report.submitted_at or report.opened_at)
    days = (errand.today, Year(report.year, errand.today).on, sent_on)
    found = (errand.agencies.find(report.agency_id, day) for day in days)
    return next(agency for agency in found if agency is not None)


def filed(errand: Errand, report: Report) -> Filing:
    """Of a report that was sent."""
    extended_until = Easings(errand.session).extended_until(report.agency_id, report.year)
    deadline = errand.rules.deadline(report.year)
    return filing(report.first_submitted_at or errand.now, deadline, extended_until)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`before` are the answers of the version that was sent before this one, in a word each."""

    words: Words
    catalogue: Catalogue
    report: Report
    codes: list[str]
    figures: Mapping[str, Figure]
    statuses: Mapping[str, TaskStatus]
    parts: Mapping[str, Mapping[str, Share]]
    earlier: tuple[Mapping[str, Figure], Mapping[str, Figure]]
    now: Mapping[str, str]
    before: Mapping[str, str]
    files: Mapping[str, int]
    inquiries: Sequence[Inquiry]
    register: Mapping[date, Mapping[tuple[str, str], int]]
    """Day of figures → what the facility register has of the agency then."""

    def lines(self) -> list[Markup]:
        return [self.line(code) for code in self.codes]

    def line(self, code: str) -> Markup:
        words = self.words
        short = cards.short_of(self.catalogue, code)
        head = words(
            "• {code} {short}: <b>{answer}</b>", code=code, short=short, answer=self._answer(code)
        )
        shown = [
            *self._figure(code),
            *self._status(code),
            self._approved(code),
            self._difference(code),
            self._files(code),
            *self._asked(code),
        ]
        return join([head, *(Markup(f"   {each}") for each in shown if each)])

    def _answer(self, code: str) -> str:
        if code in self.figures:
            return cards.figure(self.words, self.figures[code])
        if code in self.statuses:
            return status_name(self.words, self.statuses[code].status)
        return self.words("no answer yet")

    def _figure(self, code: str) -> list[Markup]:
        """What was said beside it, last year's, and what is unusual."""
        if code not in self.figures:
            return []
        words, figure, year = self.words, self.figures[code], self.report.year
        indicator = self.catalogue.indicator(code)
        last, older = (each.get(code) for each in self.earlier)
        shown = [cards.details(words, indicator, figure, self.parts.get(code, {}))]
        if last is not None:
            shown.append(words("{year}: {figure}", year=year - 1, figure=cards.figure(words, last)))
        given = cards.figure_answer(figure)
        if given is not None:
            pending = Pending(given, "", figure.estimate, figure.count_before)
            pending = reasons.weighed(pending, last, older)
            pending = listed.beside(self.catalogue, indicator, pending, self._listed(code))
            shown += reasons.told(words, pending, year - 1)
        return shown

    def _listed(self, code: str) -> Listed:
        indicator, on = self.catalogue.indicator(code), self.figures[code].as_of_on
        place = self.report.agency_id, facilities.key_of(self.catalogue, indicator)
        count = self.register[on].get(place, 0)
        return Listed(count, on, indicator.category, indicator.system)

    def _status(self, code: str) -> list[Markup]:
        if code not in self.statuses:
            return []
        note, document = self.statuses[code].note, self.statuses[code].document
        said = self.words("“{note}”", note=note) if note else Markup()
        return [said, cards.from_paper(self.words, document)]

    def _approved(self, code: str) -> Markup:
        """By itself; of a report that is approved as a whole its head says so."""
        row = self.figures.get(code) or self.statuses.get(code)
        by_itself = row is not None and row.approval_id is not None
        return self.words("Approved already") if by_itself else Markup()

    def _difference(self, code: str) -> Markup:
        before, now = self.before.get(code, ""), self.now.get(code, "")
        if not self.before or before == now:
            return Markup()
        old = wording.answer(self.words, before)
        return self.words("In the version before: {old}", old=old)

    def _asked(self, code: str) -> list[Markup]:
        """What was asked about it, with the answer, or who is still to give one."""
        return [self._inquiry(each) for each in self.inquiries if each.code == code]

    def _inquiry(self, asked: Inquiry) -> Markup:
        words, question = self.words, asked.question
        if asked.answer:
            return words(
                "Asked: “{question}” Answer: “{answer}”", question=question, answer=asked.answer
            )
        if asked.asked_of == OFFICE:
            return words(
                "The agency asks: “{question}” To be answered by /giaitrinh {n}.",
                question=question,
                n=asked.id,
            )
        return words(
            "Asked: “{question}” To be explained by the end of {day}.",
            question=question,
            day=words.weekday(asked.until_on),
        )

    def _files(self, code: str) -> Markup:
        count = self.files.get(code, 0)
        if not count:
            return Markup()
        return self.words.plural("{count} file of evidence", "{count} files of evidence", count)


def sheet_of(errand: Errand, report: Report) -> Sheet:
    reports, versions = errand.reports, Versions(errand.session)
    number = report.id or 0
    figures, statuses = reports.figures(report), reports.statuses(report)
    kept = {each.version: each for each in versions.of(number)}
    before = kept.get(report.version - 1)
    asked = asked_of(report.agency_id, errand.agencies, _day(errand, report))
    files = Counter(each.code for each in Exhibits(errand.session).kept(report))
    return Sheet(
        words=errand.words,
        catalogue=errand.lookup.catalogue,
        report=report,
        codes=list(dict.fromkeys([*asked, *figures, *statuses])),
        figures=figures,
        statuses=statuses,
        parts=reports.parts(report),
        earlier=(_sent(errand, report, 1), _sent(errand, report, 2)),
        now=versions.answers(number),
        before=versions.answers(number, before) if before else {},
        files=files,
        inquiries=Inquiries(errand.session).of(number),
        register={
            on: Facilities(errand.session).counts(on, report.agency_id)
            for on in {each.as_of_on for each in figures.values()}
        },
    )


def head(errand: Errand, report: Report, agency: NamedAgency) -> Markup:
    words = errand.words
    lines = [
        words("<b>{agency} – report of {year}</b>", agency=agency.name, year=report.year),
        words(
            "Receipt {receipt}, sent by {who}; {filed}.",
            receipt=wording.receipt(report),
            who=wording.by(
                words, errand.people, report.submitted_by, report.submitted_at or errand.now
            ),
            filed=wording.filed(words, filed(errand, report)),
        ),
        _endorsed(errand, report),
    ]
    return join(lines)


def texts(errand: Errand, report: Report) -> list[Markup]:
    """Results, difficulties and proposals in the agency's words, where it wrote any."""
    words, found = errand.words, Narratives(errand.session).of(report)
    return [
        words("<b>{topic}</b>: {text}", topic=topics.name_of(words, each), text=found[each].text)
        for each in topics.TOPICS
        if each in found
    ]


def _endorsed(errand: Errand, report: Report) -> Markup:
    words = errand.words
    agreed = Approvals(errand.session).last(report.id or 0, "endorsed")
    if agreed is None or agreed.version != report.version:
        return Markup()
    who = wording.by(words, errand.people, agreed.person_id, agreed.at)
    return words("The agency's leader has agreed: {who}.", who=who)


def _sent(errand: Errand, report: Report, back: int) -> Mapping[str, Figure]:
    """The figures of an earlier year, if that was sent in."""
    found = errand.reports.of(report.agency_id, report.year - back)
    return errand.reports.sent_figures(found)


def _day(errand: Errand, report: Report) -> date:
    return Year(report.year, errand.today).on
