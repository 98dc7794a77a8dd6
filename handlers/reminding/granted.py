"""Extensions, exemptions and mutes in force: listed, taken back, restored, and told to agencies."""

from collections.abc import Sequence
from datetime import date

from handlers.language import Markup, Words, join
from handlers.reminding import telling, wishes, wording
from handlers.reminding.errand import Errand
from handlers.routing import Replies
from handlers.talk import Link
from plan.reminding.situations import Ease
from storage.agencies import NamedAgency
from storage.easings import Easings
from storage.tables import Easing

GIVEN = (Ease.EXTENSION, Ease.EXEMPTION)
LINKS_MOST = 8


def effect(errand: Errand, row: Easing) -> Markup:
    """What the row changes, beside what holds without it."""
    words = errand.words
    if row.kind == Ease.MUTE:
        return _quiet(words, row.until_on)
    before = errand.deadline(row.agency_id).last_day
    if row.kind == Ease.EXEMPTION:
        return words(
            "Report of {year}: due by the end of {before} → not asked for",
            year=row.year,
            before=words.weekday(before),
        )
    return wishes.difference(words, before, errand.rules.deadline(row.year, row.until_on).last_day)


def _quiet(words: Words, until_on: date | None) -> Markup:
    if until_on is None:
        return words("Reminders: sent → none until further notice")
    return words("Reminders: sent → none until the end of {day}", day=words.weekday(until_on))


def recorded(errand: Errand, row: Easing, agency: NamedAgency) -> Replies:
    """The dialogue is over: what was written, who is told, and how to take it back."""
    words = errand.words
    told_whom = _tell(errand, "granted", row, agency)
    told = words("Recorded, no. {n}: {agency}.", n=row.id, agency=agency.name)
    text = join([told, wording.easing(words, row), told_whom])
    return errand.finish(text, _undo(words, row))


def take_back(errand: Errand, number: int, kinds: Sequence[Ease]) -> Replies:
    words, easings = errand.words, Easings(errand.session)
    row = easings.get(number)
    if row is None or row.kind not in kinds:
        return errand.say(words("There is no entry no. {n} here.", n=number))
    agency = errand.named(row.agency_id)
    if not easings.revoke(number, errand.now):
        told = words("No. {n} ({agency}) was taken back before.", n=number, agency=agency.name)
        if row.kind == Ease.MUTE:
            told = words("No. {n}: {agency} is reminded already.", n=number, agency=agency.name)
        return errand.say(told, _redo(words, row))
    told_whom = _tell(errand, "revoked", row, agency)
    told = words("Taken back, no. {n}: {agency}.", n=number, agency=agency.name)
    if row.kind == Ease.MUTE:
        told = words("Reminders are on again, no. {n}: {agency}.", n=number, agency=agency.name)
    return errand.say(join([told, _since(errand, words, row), told_whom]), _redo(words, row))


def restore(errand: Errand, number: int, kinds: Sequence[Ease]) -> Replies:
    words, easings = errand.words, Easings(errand.session)
    row = easings.get(number)
    if row is None or row.kind not in kinds:
        return errand.say(words("There is no entry no. {n} here.", n=number))
    agency = errand.named(row.agency_id)
    if not easings.restore(number, errand.now):
        told = words("No. {n} ({agency}) is in force.", n=number, agency=agency.name)
        return errand.say(told, _undo(words, row))
    told_whom = _tell(errand, "restored", row, agency)
    told = words("In force again, no. {n}: {agency}.", n=number, agency=agency.name)
    return errand.say(join([told, wording.easing(words, row), told_whom]), _undo(words, row))


def heard(words: Words, count: int) -> Markup:
    if not count:
        return words("No focal point of the agency can be reached here: please let it know.")
    return words.plural(
        "{count} focal point of the agency is told.",
        "{count} focal points of the agency are told.",
        count,
    )


def lines(errand: Errand, rows: Sequence[Easing]) -> list[Markup]:
    words = errand.words
    return [
        words(
            "• No. {n}, {agency}: {what}",
            n=row.id,
            agency=_short(errand, row.agency_id),
            what=wording.easing(words, row),
        )
        for row in rows
    ]


def links(words: Words, rows: Sequence[Easing]) -> list[Link]:
    """To take back the newest of them; all can be typed."""
    newest = sorted(rows, key=lambda row: row.id or 0)[-LINKS_MOST:]
    return [_undo(words, row) for row in newest]


def _short(errand: Errand, agency_id: str) -> str:
    agency = errand.agencies.find(agency_id, errand.today)
    return agency.short if agency else agency_id


def _tell(errand: Errand, what: str, row: Easing, agency: NamedAgency) -> Markup:
    """To the focal points, of a row that was `granted`, `revoked` or `restored`; how many."""
    receivers = list(telling.focal_points(errand.people, agency.id))
    for to, words in receivers:
        title = words("<b>From the standing agency – {agency}</b>", agency=agency.name)
        if what == "revoked":
            text = join([title, _since(errand, words, row)])
        else:
            text = join([title, wording.easing(words, row), _follows(words, row)])
        key = f"easing:{row.id}:{what}:{errand.now.timestamp():.0f}"
        telling.tell(errand.people, key, to, text, errand.now)
    return heard(errand.words, len(receivers))


def _since(errand: Errand, words: Words, row: Easing) -> Markup:
    """What holds for the agency now that the row is taken back."""
    if row.kind == Ease.MUTE:
        return words("The agency is reminded again from now on.")
    last = errand.deadline(row.agency_id).last_day
    told = words("The exemption from the report of {year} is withdrawn.", year=row.year)
    if row.kind == Ease.EXTENSION:
        told = words("The extension for the report of {year} is withdrawn.", year=row.year)
    due = words("The report is due by the end of {day}.", day=words.weekday(last))
    return join([told, due], " ")


def _follows(words: Words, row: Easing) -> Markup:
    if row.kind == Ease.EXTENSION:
        return words("Reminders follow the new deadline. /han shows it at any time.")
    if row.kind == Ease.EXEMPTION:
        return words("You are not reminded of it. A report that is sent is still accepted.")
    return words("The deadline stays as it is. /han shows it at any time.")


def _undo(words: Words, row: Easing) -> Link:
    if row.kind == Ease.MUTE:
        return Link(words("Remind again (no. {n})", n=row.id), f"tatnhac bat {row.id}")
    return Link(words("Take back no. {n}", n=row.id), f"giahan thuhoi {row.id}")


def _redo(words: Words, row: Easing) -> Link:
    command = "tatnhac" if row.kind == Ease.MUTE else "giahan"
    return Link(words("Restore no. {n}", n=row.id), f"{command} khoiphuc {row.id}")
