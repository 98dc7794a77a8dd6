"""What a report that was sent back is told about itself: why, which answers, by when."""

from handlers.language import Markup, Words
from handlers.report.drafts import Draft
from storage.approvals import Approvals
from storage.tables import Decision
from storage.versions import Versions


def told(words: Words, approvals: Approvals, draft: Draft) -> list[Markup]:
    """Nothing for a report that was not sent back."""
    report = draft.report
    back = approvals.last(report.id or 0, "returned") if report.state == "returned" else None
    if back is None or back.until_on is None:
        return []
    codes = [code for code in draft.codes if code in approvals.picked(back.id or 0)]
    lines = [
        words("Sent back because: “{reason}”", reason=back.reason),
        words(
            "To be corrected by the end of {day}: {codes}. The others stay as they were sent.",
            day=words.weekday(back.until_on),
            codes=", ".join(codes),
        ),
    ]
    if same := _unchanged(approvals, back, codes):
        lines.append(words("Not changed yet: {codes}.", codes=", ".join(same)))
    return lines


def _unchanged(approvals: Approvals, back: Decision, codes: list[str]) -> list[str]:
    changes = Versions(approvals.session).since(back.report_id, back.version)
    changed = {change.code for change in changes}
    return [code for code in codes if code not in changed]
