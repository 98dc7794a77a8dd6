"""What a report that was sent back is told about itself: why, which answers, by when."""

from handlers.language import Markup, Words
from handlers.report.drafts import Draft
from handlers.report.topics import TOPICS, name_of
from storage.approvals import Approvals
from storage.narratives import Narratives
from storage.tables import Decision
from storage.versions import Versions


def told(words: Words, approvals: Approvals, draft: Draft) -> list[Markup]:
    """Nothing for a report that was not sent back."""
    report = draft.report
    back = approvals.last(report.id or 0, "returned") if report.state == "returned" else None
    if back is None or back.until_on is None:
        return []
    picked = approvals.picked(back.id or 0)
    codes = [code for code in (*draft.codes, *TOPICS) if code in picked]
    lines = [
        words("Sent back because: “{reason}”", reason=back.reason),
        words(
            "To be corrected by the end of {day}: {codes}. The others stay as they were sent.",
            day=words.weekday(back.until_on),
            codes=_listed(words, codes),
        ),
    ]
    if same := _unchanged(approvals, back, codes):
        lines.append(words("Not changed yet: {codes}.", codes=_listed(words, same)))
    return lines


def unchanged(words: Words, draft: Draft, code: str) -> Markup:
    """Why an answer is locked: it is approved, or others were sent back."""
    if draft.is_approved(code):
        return words(
            "{code} is approved, so it is not changed any more. To have it corrected, please "
            "contact the standing agency.",
            code=code,
        )
    return words(
        "{code} stays as it was sent. Sent back to be corrected: {codes}.",
        code=code,
        codes=", ".join([*draft.changeable, *texts(words, draft)]),
    )


def texts(words: Words, draft: Draft) -> list[Markup]:
    """The names of those that may be written."""
    return [name_of(words, topic) for topic in TOPICS if topic not in draft.locked]


def _unchanged(approvals: Approvals, back: Decision, codes: list[str]) -> list[str]:
    changes = Versions(approvals.session).since(back.report_id, back.version)
    changed = {change.code for change in changes}
    changed |= Narratives(approvals.session).changed(back.report_id, back.at)
    return [code for code in codes if code not in changed]


def _listed(words: Words, codes: list[str]) -> str:
    return ", ".join(name_of(words, code) if code in TOPICS else code for code in codes)
