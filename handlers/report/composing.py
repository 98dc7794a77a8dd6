"""Text typed in as many messages as it takes, and read back from the database at the end.

Each message is written to the report at once, so there is no draft that could be lost.
"""

import unicodedata

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import Markup, Words, join, paged, plain
from handlers.report import returned, topics
from handlers.report.closed import too_late
from handlers.report.drafts import Draft
from handlers.report.interview import Interview
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import FREE, Option, Talk, Turn
from storage.reports import REPORTED
from storage.tables import Narrative

READ, WRITE, DROP = "report.words", "report.write", "report.drop"
MOST = 1500
KEPT = ("year", "agency", "topic", "from_review", "aside")


def show(interview: Interview, talk: Talk, news: Markup | None = None) -> list[Reply]:
    """The words as they stand in the database, or the question for some."""
    words, topic = interview.words, talk.data["topic"]
    kept = _current(interview, talk)
    if kept is None:
        return ask_words(interview, talk)
    title = words(
        "<b>{topic}</b> ({count} of {most} characters):",
        topic=topics.name_of(words, topic),
        count=words.number(len(kept.text)),
        most=words.number(MOST),
    )
    options = [
        Option("add", words("Write more"), words("add")),
        Option("rewrite", words("Write anew"), words("rewrite")),
        Option("drop", words("Delete"), words("delete it")),
        Option("back", words("Back"), words("done|go back|skip it")),
    ]
    if topic in interview.draft().locked:
        options = options[-1:]
    *pages, text = paged([news or Markup(), title, plain(kept.text)])
    card = talk.ask(READ, text, options, numbered=True, data=_kept(talk))
    return [*(talk.say(page) for page in pages), card]


def stays(interview: Interview, draft: Draft) -> Markup:
    """Of a report that was sent back for something else."""
    words = interview.words
    back = returned.texts(words, draft)
    told = words("The texts stay as they were sent: other things were sent back to be corrected.")
    named = words("Sent back to be corrected: {codes}.", codes=", ".join(back)) if back else ""
    return join([told, named], " ")


def keep_out(interview: Interview, draft: Draft) -> list[Reply]:
    """Sent back meanwhile, and for something else: nothing of this was recorded."""
    told = interview.words("Nothing of this was recorded.")
    said = interview.talk.say(join([told, stays(interview, draft)], " "))
    return [said, *interview.review(draft)]


def rewrite(interview: Interview, talk: Talk) -> list[Reply]:
    """What is there stays until the first new message takes its place."""
    return ask_words(interview, talk, instead_of=_current(interview, talk))


def write_more(interview: Interview, talk: Talk) -> list[Reply]:
    return ask_words(interview, talk)


def ask_words(interview: Interview, talk: Talk, instead_of: Narrative | None = None) -> list[Reply]:
    words, topic = interview.words, talk.data["topic"]
    question = words(
        "<b>{topic}</b>: please type the text, in several messages if you like, {most} "
        "characters at most. Press Done or type it at the end. Do not send classified content.",
        topic=topics.name_of(words, topic),
        most=words.number(MOST),
    )
    options = [_done(words)]
    begins = instead_of == _current(interview, talk)
    if begins and _of_last_year(interview, topic):
        options.append(Option("copy", words("Copy from {year}", year=interview.year - 1)))
    data = _kept(talk) | {FREE: True, "replaced": instead_of and instead_of.id}
    return [talk.ask(WRITE, question, options, data=data)]


def add_words(interview: Interview, talk: Talk, turn: Turn, words: Words) -> Replies:
    """Whole or not at all: what does not fit changes nothing."""
    draft, topic = interview.draft(), talk.data["topic"]
    if not draft.is_open:
        return too_late(interview, draft)
    if topic in draft.locked:
        return keep_out(interview, draft)
    before = "".join(f"{kept.text}\n" for kept in _standing(interview, talk))
    text = before + unicodedata.normalize("NFC", turn.text).strip()
    if len(text) > MOST:
        told = words(
            "This message was not recorded: it has {length} characters and there is room for "
            "{left}. What was recorded before is kept. Please send a shorter one.",
            length=words.number(len(text) - len(before)),
            left=words.number(max(0, MOST - len(before))),
        )
        return [talk.say(told), *talk.ask_again()]
    _write(interview, draft, topic, text)
    echo = words(
        "{topic}: {count} of {most} characters recorded. Send more, or press Done.",
        topic=topics.name_of(words, topic),
        count=words.number(len(text)),
        most=words.number(MOST),
    )
    return talk.ask(WRITE, echo, [_done(words)], data=talk.data | {"replaced": None})


def copy(interview: Interview, talk: Talk, words: Words) -> Replies:
    """Words may be taken over from last year; figures never."""
    draft, topic = interview.draft(), talk.data["topic"]
    if not draft.is_open:
        return too_late(interview, draft)
    if topic in draft.locked:
        return keep_out(interview, draft)
    if _standing(interview, talk):
        return show(interview, talk)  # A colleague has written something meanwhile.
    _write(interview, draft, topic, _of_last_year(interview, topic))
    told = words(
        "Copied from the report of {year}. Please read it and change what is different this year.",
        year=interview.year - 1,
    )
    return show(interview, talk, told)


def ask_drop(talk: Talk, words: Words) -> Replies:
    question = words(
        "Delete the text of “{topic}”?", topic=topics.name_of(words, talk.data["topic"])
    )
    options = [
        Option("drop", words("Delete"), words("yes|delete it")),
        Option("back", words("Keep"), words("no|go back")),
    ]
    return talk.ask(DROP, question, options, data=_kept(talk))


def _done(words: Words) -> Option:
    return Option("back", words("Done"), words("finished|go back|skip it"))


def _kept(talk: Talk) -> dict[str, object]:
    data = talk.data
    return {key: data[key] for key in KEPT if key in data}


def _current(interview: Interview, talk: Talk) -> Narrative | None:
    return interview.narratives.of(interview.draft().report).get(talk.data["topic"])


def _standing(interview: Interview, talk: Talk) -> list[Narrative]:
    """What new words are added to: all but the text that they are typed instead of."""
    kept = _current(interview, talk)
    return [kept] if kept and kept.id != talk.data["replaced"] else []


def _of_last_year(interview: Interview, topic: str) -> str:
    """Of a report that was sent in."""
    report = interview.reports.of(interview.agency_id, interview.year - 1)
    if report is None or report.state not in REPORTED:
        return ""
    found = interview.narratives.of(report).get(topic)
    return found.text if found else ""


def _write(interview: Interview, draft: Draft, topic: str, text: str) -> None:
    interview.narratives.write(
        draft.report,
        topic,
        text,
        person_id=interview.member.person_id,
        channel=interview.talk.turn.channel,
        now=interview.now,
    )


def build_router() -> Router:
    router = Router(name="composing")
    focal = May(FOCAL)
    say(router, write_more, focal, At(READ), Chose("add"))
    say(router, rewrite, focal, At(READ), Chose("rewrite"))
    say(router, ask_drop, focal, At(READ), Chose("drop"))
    say(router, copy, focal, At(WRITE), Chose("copy"))
    # After everything that is a button there: whatever else is typed is text.
    say(router, add_words, focal, At(WRITE))
    return router
