"""`/loivan`: what the report says in words: results, difficulties, proposals."""

from collections.abc import Mapping

from aiogram import Router

from handlers.commands import FOCAL, Command
from handlers.language import Words, join
from handlers.lookup import Lookup, step_of
from handlers.report import composing, topics
from handlers.report.composing import DROP, READ, WRITE
from handlers.report.drafts import Draft, asked_of
from handlers.report.interview import REVIEW, Interview, whose
from handlers.report.topics import TOPICS
from handlers.routing import Asked, At, Chose, May, Replies, Reply, say
from handlers.talk import Link, Option, Talk
from storage.agencies import NamedAgency
from storage.years import Year

TOPIC = "report.topic"


def begin(
    command: Command | None, interview: Interview, talk: Talk, words: Words, lookup: Lookup
) -> Replies:
    """Of the report that is being filled in, else of this year's. An open question waits."""
    command = lookup.meant(command)
    data = talk.data
    if not command.argument and {"agency", "year"} <= data.keys():
        return _open(interview, data["agency"], data["year"])
    agency = lookup.asked(command, command.argument, on=interview.today)
    if not isinstance(agency, NamedAgency):
        return agency
    if agency.id not in interview.member.agencies_as(FOCAL):
        return [talk.say(words("You can report for your own agency only.")), *talk.ask_again()]
    return _open(interview, agency.id, interview.today.year)


def _open(interview: Interview, agency_id: str, year: int) -> Replies:
    talk, words = interview.talk, interview.words
    if not asked_of(agency_id, interview.agencies, Year(year, interview.today).on):
        told = words("Nothing is assigned to your agency yet, so there is no report.")
        return [talk.say(told), *talk.ask_again()]
    draft = interview.draft_for(agency_id, year)
    if not draft.is_open:
        return interview.sent(draft)
    return ask_topic(interview, draft, _way_back(talk))


def open_topic(interview: Interview, draft: Draft, topic: str) -> Replies:
    """What was sent back, by one tap; afterwards the report is reviewed."""
    talk = interview.talk
    talk.ask(TOPIC, "", [], data=whose(draft) | {"topic": topic, "from_review": True})
    return composing.show(interview, talk)


def _way_back(talk: Talk) -> Mapping[str, object]:
    """Where to go on afterwards: at the review, at the question that was open, or nowhere."""
    if talk.step == REVIEW:
        return {"from_review": True}
    if talk.step in {TOPIC, READ, WRITE, DROP}:
        return _same(talk)
    return {"aside": talk.set_aside()}


def _same(talk: Talk) -> Mapping[str, object]:
    return {key: talk.data.get(key) for key in ("from_review", "aside")}


def begin_from_review(interview: Interview, talk: Talk) -> Replies:
    return ask_topic(interview, interview.draft(), _way_back(talk))


def ask_topic(interview: Interview, draft: Draft, back: Mapping[str, object]) -> Reply:
    words = interview.words
    text = join(
        [
            words(
                "<b>In words – {agency}, report of {year}</b>",
                agency=draft.agency.short,
                year=draft.report.year,
            ),
            *topics.lines(words, interview.narratives.of(draft.report)),
            composing.stays(interview, draft)
            if draft.locked.issuperset(TOPICS)
            else words("Which part do you want to read or write? All three are optional."),
        ]
    )
    options = [
        *(each for each in topics.options(words) if each.key not in draft.locked),
        Option("back", words("That is all"), words("done|go back|skip it")),
    ]
    return interview.talk.ask(TOPIC, text, options, numbered=True, data=whose(draft) | {**back})


def choose(interview: Interview, talk: Talk, chosen: str) -> Replies:
    talk.note(topic=chosen)
    return composing.show(interview, talk)


def finish(interview: Interview, talk: Talk) -> Replies:
    """The whole text is read back; where there is none, the three parts are shown again."""
    if talk.data["topic"] in interview.narratives.of(interview.draft().report):
        return composing.show(interview, talk)
    return go_back(interview, talk)


def drop(interview: Interview, talk: Talk, words: Words) -> Replies:
    draft = interview.draft()
    if not draft.is_open:
        return interview.sent(draft)
    if talk.data["topic"] in draft.locked:
        return composing.keep_out(interview, draft)
    interview.narratives.clear(draft.report, talk.data["topic"], interview.now)
    return [talk.say(words("Deleted.")), go_back(interview, talk)]


def go_back(interview: Interview, talk: Talk) -> Reply:
    return ask_topic(interview, interview.draft(), _same(talk))


def leave(interview: Interview, talk: Talk, words: Words) -> Replies:
    data = talk.data
    if data.get("from_review"):
        return interview.review(interview.draft())
    if data.get("aside"):
        talk.take_up(data["aside"])
        return interview.ask_still()
    talk.close()
    told = words("The texts are kept with the report.")
    return talk.say(told, [Link(words("Yearly report"), "baocao")])


def build_router() -> Router:
    router = Router(name="narratives")
    focal = May(FOCAL)
    say(router, begin, focal, Asked("loivan"))
    say(router, begin, focal, At(step_of("loivan")))
    say(router, begin_from_review, focal, At(REVIEW), Chose("words"))
    say(router, leave, focal, At(TOPIC), Chose("back"))
    say(router, choose, focal, At(TOPIC), Chose(*TOPICS))
    say(router, go_back, focal, At(READ), Chose("back"))
    say(router, finish, focal, At(WRITE, DROP), Chose("back"))
    say(router, drop, focal, At(DROP), Chose("drop"))
    return router
