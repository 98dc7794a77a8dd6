"""A report that was sent in or approved while something for it was being typed."""

from handlers.language import Markup
from handlers.report.drafts import Draft
from handlers.report.interview import Interview
from handlers.routing import Reply


def too_late(interview: Interview, draft: Draft) -> list[Reply]:
    """Nobody is left to think that what was confirmed just now has been recorded."""
    if draft.report.state != "submitted":
        told = interview.words("Nothing of this was recorded.")
        interview.talk.close()
        return [interview.talk.say(f"{told} {approved(interview, draft)}")]
    told = interview.words(
        "The report of {year} has been sent, so nothing of this was recorded. "
        "To correct it, reopen the report first and send this once more.",
        year=draft.report.year,
    )
    return [interview.talk.say(told), interview.sent(draft)]


def approved(interview: Interview, draft: Draft) -> Markup:
    return interview.words(
        "The report of {year} has been approved; its figures are not changed any more here. "
        "Please contact the standing agency.",
        year=draft.report.year,
    )
