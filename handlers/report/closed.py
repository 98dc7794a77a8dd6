"""A report that was sent in, by a colleague perhaps, while something for it was being typed."""

from handlers.report.drafts import Draft
from handlers.report.interview import Interview
from handlers.routing import Reply


def too_late(interview: Interview, draft: Draft) -> list[Reply]:
    """Nobody is left to think that what was confirmed just now has been recorded."""
    told = interview.words(
        "The report of {year} has been sent, so nothing of this was recorded. "
        "To correct it, reopen the report first and send this once more.",
        year=draft.report.year,
    )
    return [interview.talk.say(told), interview.sent(draft)]
