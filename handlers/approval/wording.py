"""How versions, decisions and differences of a report are worded."""

from collections.abc import Iterable
from datetime import datetime

from handlers.language import Markup, Words
from handlers.report import cards, topics
from handlers.report.buttons import STATUSES, status_name
from handlers.report.pending import WITHOUT_FIGURE
from plan.answers import Count
from plan.approval import Filing
from storage.people import People
from storage.tables import Report
from storage.versions import Change


def receipt(report: Report) -> str:
    return f"BC-{report.year}-{report.id:04d}/{report.version}"


def answer(words: Words, said: str) -> str:
    """An answer as versions keep it in a word: 12/15, 8000 > 9000, no_data, done."""
    if not said:
        return words("no answer")
    if said in STATUSES or said == "skipped":
        return status_name(words, said)
    if said in WITHOUT_FIGURE:
        return cards.answer(words, WITHOUT_FIGURE[said])
    numerator, slash, denominator = said.partition("/")
    if slash:
        return cards.ratio(words, int(numerator), int(denominator))
    _, _, count = said.rpartition("> ")
    return cards.answer(words, Count(int(count)))


def named(words: Words, code: str) -> str:
    """A text of the report has a name instead of a code."""
    return topics.name_of(words, code) if code in topics.TOPICS else code


def listed(words: Words, codes: Iterable[str]) -> str:
    return ", ".join(named(words, code) for code in codes)


def reported(words: Words, code: str, said: str) -> Markup:
    """What was picked, with its answer in a word, or how its text begins."""
    if code not in topics.TOPICS:
        return words("• {code}: reported as {answer}", code=code, answer=answer(words, said))
    name = topics.name_of(words, code)
    if not said:
        return words("• {topic}: nothing yet", topic=name)
    return words("• {topic}: “{text}”", topic=name, text=said)


def change(words: Words, found: Change) -> Markup:
    return words(
        "• {code}: {old} → <b>{new}</b>",
        code=found.code,
        old=answer(words, found.before),
        new=answer(words, found.after),
    )


def changes(words: Words, found: Iterable[Change]) -> list[Markup]:
    return [change(words, each) for each in found]


def filed(words: Words, filing: Filing) -> Markup:
    told = {
        Filing.ON_TIME: words("on time"),
        Filing.EXTENDED: words("within the extension"),
        Filing.LATE: words("late"),
    }
    return told[filing]


def state(words: Words, name: str) -> Markup:
    told = {
        "draft": words("the agency has taken it back to correct it"),
        "submitted": words("it waits for approval"),
        "returned": words("it has been sent back to be corrected"),
        "approved": words("it is approved"),
        "frozen": words("it is approved and the year is closed"),
    }
    return told[name]


def by(words: Words, people: People, person_id: int | None, at: datetime) -> Markup:
    """Who and when, "Phạm Thị Hoa, 14:05 02/11/2026"."""
    name = people.name(person_id) if person_id else ""
    if not name:
        return Markup(words.moment(at))
    return words("{name}, {time}", name=name, time=words.moment(at))
