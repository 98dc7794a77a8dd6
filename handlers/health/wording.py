"""Letters and people as the lists for admins name them. What people wrote is never quoted."""

import json

from handlers.errands import asking
from handlers.files import prefilled
from handlers.health.matters import Matters
from handlers.language import Markup, Words, plain
from handlers.reminding import standins
from handlers.report import promises
from storage import digests
from storage.unsettled import Unsettled

NAME_MOST = 40


def what(words: Words, letter: Unsettled) -> Markup:
    if letter.kind == "broadcast":
        return words("Notice no. {n}", n=letter.broadcast_id)
    if letter.kind == "reminder":
        return _of_one_step(words, letter)
    told = {
        digests.KIND: words("Morning reminder"),
        promises.KIND: words("Reminder asked for"),
        standins.KIND: words("News for a deputy"),
        prefilled.PARCEL: words("Excel form"),
        asking.PARCEL: words("File that was asked for"),
    }
    return told.get(letter.kind, words("Reply"))


def _of_one_step(words: Words, letter: Unsettled) -> Markup:
    """Of a version that wrote a letter for each step; some may wait for a decision still."""
    if json.loads(letter.payload)["step"].startswith("campaign:"):
        return words("Reminder of a campaign day")
    return words("Reminder of the report")


def why_unknown(words: Words, error: str) -> Markup:
    match error:
        case "stopped while sending":
            return words("the system stopped while it was being sent")
        case "restored from a backup":
            return words("the data was restored from a backup")
    return words("the line broke while it was being sent")


def why_failed(words: Words, error: str) -> Markup:
    """Telegram's own text is in the log only: it may quote the letter."""
    if error.startswith("Forbidden") or "chat not found" in error:
        return words("the receiver could not be reached then")
    if error.startswith("Bad Request"):
        return words("Telegram refuses its content")
    if error == "cannot be put into words":
        return words("its text could not be put together")
    return words("all tries were in vain")


def whom(matters: Matters, letter: Unsettled) -> Markup:
    """The person and the agency for whose sake they were written to."""
    if not letter.full_name:
        return matters.words("a stranger")
    agency_id = letter.agency_id or _agency_of(matters, letter.address)
    return named(matters, letter.full_name, agency_id)


def named(matters: Matters, full_name: str, agency_id: str | None) -> Markup:
    agency = matters.agencies.find(agency_id, matters.today) if agency_id else None
    name = shortened(full_name)
    if agency is None:
        return plain(name)
    return matters.words("{name} ({agency})", name=name, agency=agency.short)


def shortened(name: str) -> str:
    return name if len(name) <= NAME_MOST else f"{name[: NAME_MOST - 1]}…"


def _agency_of(matters: Matters, address: str) -> str | None:
    person = matters.people.at(matters.member.channel, address)
    return person.agency_as("focal", "official", "admin") if person else None
