"""The prefilled workbook of one report, in words, as a file to be sent."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import Any

from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile

from exports import workbook
from exports.forms import Asks, Marker
from exports.workbook import Question, Texts
from handlers.commands import FOCAL
from handlers.language import Markup, Words
from handlers.report import cards
from handlers.report.buttons import STATUSES, status_name
from handlers.report.drafts import Draft, draft_of, indicator_of
from plan.calendars import local_date
from plan.catalogue import Catalogue, Unit
from storage.agencies import Agencies
from storage.figures import Figure
from storage.people import Member
from storage.reports import Reports

PARCEL = "workbook"


def render(
    words: Words,
    member: Member,
    wanted: Mapping[str, Any],
    agencies: Agencies,
    reports: Reports,
    catalogue: Catalogue,
    now: datetime,
) -> SendDocument | str:
    """As the report stands when it leaves; not to who no longer stands for the agency."""
    agency_id, year = wanted["agency"], wanted["year"]
    if agency_id not in member.agencies_as(FOCAL):
        return "stands for the agency no longer"
    draft = draft_of(agency_id, year, agencies, reports, now, local_date(now))
    return document(words, draft, reports, catalogue, member.address)


def document(
    words: Words, draft: Draft, reports: Reports, catalogue: Catalogue, address: str
) -> SendDocument:
    agency, year = draft.agency, draft.report.year
    marker = Marker(agency.id, year, *draft.newest)
    data = workbook.write(
        _texts(words, draft), list(_questions(words, draft, reports, catalogue)), marker
    )
    name = _bare(words("form-{agency}-{year}.xlsx", agency=agency.id, year=year))
    caption = words(
        "<b>Form of {agency}, report of {year}</b>\nFill in the yellow cells, save the file and "
        "send it back here. The differences are shown before anything is recorded.",
        agency=agency.short,
        year=year,
    )
    file = BufferedInputFile(data, name)
    return SendDocument(chat_id=address, document=file, caption=caption, parse_mode="HTML")


def _bare(text: Markup) -> str:
    """Without the escapes of a message: a cell is no HTML."""
    return unescape(text)


def _texts(words: Words, draft: Draft) -> Texts:
    year = draft.report.year
    return Texts(
        title=_bare(words("{agency} – report of {year}", agency=draft.agency.name, year=year)),
        lead=words("Fill in the yellow cells only. An empty cell changes nothing."),
        sheet=words("Figures"),
        headings=_headings(words, year),
        guide_sheet=words("Guide"),
        guide=_guide(words),
        no_figure=[words("No data yet"), words("Nothing to count")],
        statuses=[status_name(words, status) for status in STATUSES],
        only_whole=words("A whole number, 0 or more, without a percent sign."),
        only_listed=words("Please choose from the list."),
    )


def _headings(words: Words, year: int) -> list[str]:
    return [
        words("Code"),
        words("Content"),
        words("What counts as met"),
        words("What counts as total"),
        words("Year {year}", year=year - 1),
        words("Recorded now"),
        words("Met"),
        words("Total"),
        words("Visits"),
        words("No figure, or status of the task"),
        words("Note (reason)"),
    ]


def _guide(words: Words) -> list[str]:
    return [
        words("1. Fill in the yellow cells of the first sheet; the grey cells are fixed."),
        words(
            "2. For a share, type how many are met and how many there are, for example 12 and 15."
        ),
        words("3. For visits, type the number of visits of the year, for example 12500."),
        words(
            "4. Where there is no figure, choose from the list: no data yet, or nothing to count. "
            "For a task, choose its status from the list."
        ),
        words("5. The note is free: a reason for a figure, a difficulty of a task."),
        words("6. Leave a cell empty to keep what is recorded."),
        words(
            "7. Save the file and send it back in the chat with the system. It shows what would "
            "change; nothing is recorded before you confirm it."
        ),
        words("Do not type classified content."),
    ]


def _questions(
    words: Words, draft: Draft, reports: Reports, catalogue: Catalogue
) -> Iterator[Question]:
    before = reports.of(draft.agency.id, draft.report.year - 1)
    earlier = reports.sent_figures(before)
    for code in draft.codes:
        indicator = indicator_of(catalogue, code)
        if indicator is None:
            yield _task(words, draft, code, cards.short_of(catalogue, code))
            continue
        yield Question(
            code,
            indicator.short,
            indicator.counts,
            indicator.total,
            _shown(words, earlier.get(code)),
            _shown(words, draft.figures.get(code)),
            Asks.SHARE if indicator.unit is Unit.SHARE else Asks.VISITS,
        )


def _task(words: Words, draft: Draft, code: str, short: str) -> Question:
    kept = draft.statuses.get(code)
    current = unescape(status_name(words, kept.status)) if kept else ""
    if kept and kept.note:
        current = f"{current} – {kept.note}"
    return Question(code, short, "", "", "", current, Asks.STATUS)


def _shown(words: Words, figure: Figure | None) -> str:
    if figure is None or figure.state == "skipped":
        return ""
    return unescape(cards.figure(words, figure))
