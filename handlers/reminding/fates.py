"""What became of a reminder, in words."""

from handlers.health.wording import why_failed
from handlers.language import Markup, Words, plain
from plan.reminding.deciding import Why
from storage.ledger import Line


def fate(words: Words, line: Line) -> Markup:
    if line.fate == "answered" and line.answered_at:
        return words("answered at {moment}", moment=words.moment(line.answered_at))
    if line.fate == "sent" and line.sent_at:
        return words("sent at {moment}", moment=words.moment(line.sent_at))
    if line.fate == "skipped":
        return words("not sent: {reason}", reason=reason(words, line.reason))
    if line.fate == "failed":
        return words("could not be sent: {error}", error=why_failed(words, line.error))
    told = {
        "planned": words("waiting to be sent"),
        "sending": words("being sent"),
        "expired": words("not sent: its time had passed"),
        "unknown": words("not known whether it arrived"),
        "cancelled": words("cancelled before it was sent"),
    }
    return told.get(line.fate, plain(line.fate))


def reason(words: Words, kept: str) -> Markup:
    told = {
        Why.REPORTED: words("the report had been sent"),
        Why.RETURNED: words("the report had been sent back to be corrected"),
        Why.EXEMPT: words("the agency is exempt"),
        Why.EXTENDED: words("the deadline was extended"),
        Why.MUTED: words("reminders of the agency were paused"),
        Why.DISSOLVED: words("the agency exists no more"),
        Why.NOT_OWED: words("nothing is asked of the agency"),
        Why.DONE: words("it was done"),
        Why.MISSED: words("a later reminder was due as well"),
        Why.PAST: words("its time had passed"),
        Why.MOVED: words("its date was changed"),
        Why.NO_ROLE: words("the person stands for the agency no longer"),
        Why.UNREACHABLE: words("nobody could be reached"),
        Why.AWAY: words("the person was away"),
        Why.SNOOZED: words("the person had put it off"),
    }
    return told.get(Why(kept), plain(kept)) if kept in set(Why) else plain(kept)


def state(words: Words, fate: str) -> Markup:
    """The same without when and why, for a column or a count."""
    told = {
        "answered": words("answered"),
        "sent": words("sent, no answer"),
        "skipped": words("not sent, with a reason"),
        "failed": words("could not be sent"),
        "planned": words("waiting to be sent"),
        "sending": words("being sent"),
        "expired": words("not sent: its time had passed"),
        "unknown": words("not known whether it arrived"),
        "cancelled": words("cancelled before it was sent"),
    }
    return told.get(fate, plain(fate))
