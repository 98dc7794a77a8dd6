"""Many answers at once, from lines or from a workbook: shown first, recorded when confirmed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from aiogram import Router

from handlers.commands import FOCAL
from handlers.files.batch import SHOWN, Batch, Entry, unpacked
from handlers.language import Markup, Words, join, paged
from handlers.report import cards, listed, reasons, subcounts
from handlers.report.buttons import status_name
from handlers.report.closed import too_late
from handlers.report.drafts import Draft, as_of
from handlers.report.interview import Interview, whose
from handlers.report.pending import Answer, Pending
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import Option, Talk, Turn
from plan import territory
from plan.answers import Count

BULK = "report.bulk"


def show(interview: Interview, draft: Draft, batch: Batch) -> list[Reply]:
    """One card: old → new for each answer, then what is not taken and why."""
    talk, words = interview.talk, interview.words
    if not draft.is_open:
        return too_late(interview, draft)
    entries = _on_the_card(talk, draft) | batch.entries
    changed = [entry for entry in entries.values() if not _is_same(draft, entry)]
    changes = [entry for entry in changed if entry.code not in draft.locked]
    kept = [entry.code for entry in changed if entry.code in draft.locked]
    batch.refused += [_kept(words, draft, code) for code in kept]
    same = entries.keys() - {entry.code for entry in changed}
    *pages, text = paged(_card(interview, draft, batch, changes, same))
    behind = talk.data["behind"] if talk.step == BULK else talk.set_aside()
    if not changes:
        talk.take_up(behind)
        return [*(talk.say(page) for page in (*pages, text)), *interview.ask_still()]
    options = [
        Option("take", words("Record ({count})", count=len(changes)), words("record|yes|ok")),
        Option("drop", words("Drop"), words("drop it|no")),
    ]
    data = whose(draft) | {
        "entries": [entry.packed() for entry in changes],
        "seen": {entry.code: _row_id(draft, entry.code) for entry in changes},
        "behind": behind,
    }
    return [*(talk.say(page) for page in pages), talk.ask(BULK, text, options, data=data)]


def _on_the_card(talk: Talk, draft: Draft) -> dict[str, Entry]:
    """What awaits its confirmation already, where more comes before it is given."""
    if talk.step != BULK or any(talk.data[key] != same for key, same in whose(draft).items()):
        return {}
    return {entry.code: entry for entry in map(unpacked, talk.data["entries"])}


def _kept(words: Words, draft: Draft, code: str) -> Markup:
    if draft.is_approved(code):
        return words("• {code}: it is approved, so it is not changed any more.", code=code)
    return words("• {code}: it stays as it was sent; others were sent back.", code=code)


def _is_same(draft: Draft, entry: Entry) -> bool:
    if entry.code in draft.statuses:
        kept = draft.statuses[entry.code]
        return kept.status == entry.given and entry.note in {"", kept.note}
    if entry.code in draft.figures:
        figure = draft.figures[entry.code]
        same = cards.figure_answer(figure) == entry.given and figure.estimate == entry.estimate
        return same and entry.note in {"", figure.reason}
    return False


def _row_id(draft: Draft, code: str) -> int | None:
    row = draft.figures.get(code) or draft.statuses.get(code)
    return row.id if row else None


def _card(
    interview: Interview, draft: Draft, batch: Batch, changes: list[Entry], same: Collection[str]
) -> list[Markup]:
    words = interview.words
    title = words(
        "<b>Answers read – {agency}, report of {year}</b>",
        agency=draft.agency.name,
        year=draft.report.year,
    )
    lines = [title, *batch.notices, *(change(interview, draft, entry) for entry in changes)]
    if same:
        codes = [code for code in draft.codes if code in same]
        lines.append(words("Unchanged: {codes}.", codes=", ".join(codes)))
    if batch.refused:
        lines += [words("<b>Not accepted:</b>"), *batch.refused]
    if batch.unsure:
        lines += [words("<b>Not clear, not recorded; please answer separately:</b>"), *batch.unsure]
    told = words("Nothing is recorded before you confirm it.")
    return [*lines, told if changes else words("There is nothing new to record.")]


def change(interview: Interview, draft: Draft, entry: Entry) -> Markup:
    """Old → new, and what is unusual in it beside last year."""
    words, code, given = interview.words, entry.code, entry.given
    unusual: list[Markup] = []
    if isinstance(given, str):
        new = status_name(words, given)
    else:
        new = cards.about(words, cards.answer(words, given), estimate=entry.estimate)
        pending = _pending(interview, draft, code, given, entry)
        indicator = interview.catalogue.indicator(code)
        pending = listed.checked(interview, draft, indicator, pending)
        unusual = reasons.told(words, pending, draft.report.year - 1)
        unusual.append(subcounts.dropped(interview, draft, indicator, pending))
    if entry.note:
        new = words("{status} – {note}", status=new, note=entry.note[:SHOWN])
    old = _recorded(words, draft, code)
    if old:
        line = words("• {code}: {old} → <b>{new}</b>", code=code, old=old, new=new)
    else:
        line = words("• {code}: <b>{new}</b>", code=code, new=new)
    return join([line, *unusual])


def _pending(interview: Interview, draft: Draft, code: str, given: Answer, entry: Entry) -> Pending:
    """The figure beside last year's, which no question is asked about here.

    What was told before about the same question is kept: last year's count, and, with the same
    value, its parts.
    """
    old = draft.figures.get(code)
    earlier = interview.earlier(draft.agency.id, code, draft.report.year)
    basis = territory.basis_of(_as_of(interview, draft), draft.agency.kind)
    before = territory.held(earlier, basis)
    if before is None and old is not None and old.basis == basis:
        before = old.count_before
    counted = isinstance(given, Count)
    pending = Pending(given, entry.said, entry.estimate, before if counted else None)
    return reasons.weighed(subcounts.with_standing(interview, draft, code, pending), earlier)


def _as_of(interview: Interview, draft: Draft) -> date:
    return as_of(draft.report.year, interview.today)


def _recorded(words: Words, draft: Draft, code: str) -> str:
    """As it stands in the database; nothing where it was only skipped."""
    if draft.is_skipped(code) or not draft.has(code):
        return ""
    if code in draft.figures:
        return cards.figure(words, draft.figures[code])
    return status_name(words, draft.statuses[code].status)


def take(interview: Interview, talk: Talk, turn: Turn, words: Words) -> Replies:
    """Records what stood on the card; shows it anew where somebody was quicker."""
    draft = interview.draft()
    if not draft.is_open:
        return show(interview, draft, Batch(words))
    entries, seen = list(map(unpacked, talk.data["entries"])), talk.data["seen"]
    asked = [entry for entry in entries if entry.code in draft.changeable]
    if asked != entries or any(seen[code] != _row_id(draft, code) for code in seen):
        talk.note(entries=[entry.packed() for entry in asked])
        told = words("Something has changed since this was shown. Please look again.")
        return show(interview, draft, Batch(words, notices=[told]))
    for entry in entries:
        record(interview, draft, entry, turn)
    # Read anew: what is told is what stands in the database.
    draft = interview.draft()
    lines = [words("<b>Recorded:</b>"), *(_told(words, draft, entry.code) for entry in entries)]
    return [*(talk.say(page) for page in paged(lines)), *_go_on(interview, draft, seen)]


def _told(words: Words, draft: Draft, code: str) -> Markup:
    return words("• {code}: <b>{new}</b>", code=code, new=_recorded(words, draft, code))


def record(
    interview: Interview, draft: Draft, entry: Entry, turn: Turn, document: str = ""
) -> None:
    """`document` is the number of the paper that an official enters it from."""
    reports, report = interview.reports, draft.report
    by: dict[str, Any] = {
        "person_id": interview.member.person_id,
        "channel": turn.channel,
        "now": interview.now,
    }
    if isinstance(entry.given, str):
        reports.mark(report, entry.code, entry.given, note=entry.note, document=document, **by)
        return
    on, counted = _as_of(interview, draft), isinstance(entry.given, Count)
    pending = _pending(interview, draft, entry.code, entry.given, entry)
    reports.record(
        report,
        entry.code,
        entry.given,
        words=entry.said,
        as_of_on=on,
        estimate=entry.estimate,
        before=pending.before,
        basis=territory.basis_of(on, draft.agency.kind) if counted else "",
        reason=entry.note or _reason(draft, entry),
        document=document,
        parts=dict(pending.parts),
        **by,
    )


def _reason(draft: Draft, entry: Entry) -> str:
    """What explained the same value before explains it still."""
    old = draft.figures.get(entry.code)
    return old.reason if old is not None and cards.figure_answer(old) == entry.given else ""


def _go_on(interview: Interview, draft: Draft, taken: Collection[str]) -> list[Reply]:
    """The question that was interrupted, unless this has answered it; else the next open one."""
    talk, behind = interview.talk, interview.talk.data["behind"]
    asked = behind and behind["data"].get("code")
    if asked and asked not in taken:
        talk.take_up(behind)
        return interview.ask_still()
    talk.close()
    code = draft.first_open()
    return interview.review(draft) if code is None else interview.ask(draft, code)


def drop(interview: Interview, talk: Talk, words: Words) -> Replies:
    talk.take_up(talk.data["behind"])
    return [talk.say(words("Nothing of it was recorded.")), *interview.ask_still()]


def build_router() -> Router:
    router = Router(name="bulk")
    say(router, take, May(FOCAL), At(BULK), Chose("take"))
    say(router, drop, May(FOCAL), At(BULK), Chose("drop"))
    return router
