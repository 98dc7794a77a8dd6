"""`/sua`: one answer changed, and then back to what was interrupted."""

import re
from dataclasses import replace
from datetime import date

from aiogram import Router

from handlers.commands import FOCAL, Command
from handlers.language import Words, paged
from handlers.lookup import Lookup
from handlers.report import narratives
from handlers.report.buttons import STATUSES
from handlers.report.closed import approved
from handlers.report.drafts import Draft, code_meant, indicator_of
from handlers.report.figures import save_figure
from handlers.report.interview import SENT, Interview, whose
from handlers.report.resuming import RESUME
from handlers.report.review import CHANGE
from handlers.report.statuses import save_status
from handlers.report.topics import TOPICS
from handlers.report.understanding import read_figure
from handlers.routing import Asked, At, Chose, May, Replies, Reply, as_list, say
from handlers.talk import Option, Talk

WHOSE, REOPEN = "report.change_whose", "report.reopen"
PLACE = re.compile(r"(?P<agency>[a-z]+(?:-[a-z0-9]+)+) (?P<year>\d{4}) (?P<code>\S+)")
PASSING = (WHOSE, REOPEN, CHANGE, SENT, RESUME)
"""Questions that are not come back to: what was asked for is done."""


def begin(
    command: Command, interview: Interview, talk: Talk, words: Words, lookup: Lookup, today: date
) -> Replies:
    """`/sua`, `/sua TV1.3`, `/sua TV1.3 12/15`: of the report in hand, else of this year's.

    A letter's button names agency and year before the code.
    """
    data = talk.data
    named = PLACE.fullmatch(command.argument)
    if named and named["agency"] in interview.member.agencies_as(FOCAL):
        return _of(interview, named["agency"], int(named["year"]), named["code"])
    if "agency" in data and "year" in data:
        return _of(interview, data["agency"], data["year"], command.argument)
    begun = [
        agency
        for agency in lookup.of_own("", FOCAL)
        if interview.reports.of(agency.id, today.year) is not None
    ]
    if not begun:
        told = words("There is no report of {year} yet to change.", year=today.year)
        return [talk.say(told), *talk.ask_again()]
    if len(begun) == 1:
        return _of(interview, begun[0].id, today.year, command.argument)
    options = [Option(agency.id, agency.short) for agency in begun]
    question = words("In the report of which agency?")
    data = {"year": today.year, "rest": command.argument} | _aside(talk)
    return talk.ask(WHOSE, question, options, numbered=True, data=data)


def begin_for(interview: Interview, talk: Talk, chosen: str) -> Replies:
    return _of(interview, chosen, interview.year, talk.data["rest"])


def _of(interview: Interview, agency_id: str, year: int, said: str) -> Replies:
    draft = interview.draft_for(agency_id, year)
    if draft.is_open:
        return _change(interview, draft, said)
    talk, words = interview.talk, interview.words
    if draft.report.state != "submitted":
        return _approved(interview, draft)
    code = _split(said, draft)[0]
    if code is not None and draft.is_approved(code):
        return [talk.say(interview.unchanged(draft, code)), *interview.ask_still()]
    question = words(
        "The report of {year} has been sent. To change an answer it becomes a draft again, and "
        "counts as not reported until you send it once more. Go on?",
        year=year,
    )
    options = [
        Option("yes", words("Yes, change it"), words("yes|ok|correct")),
        Option("no", words("Leave it as sent"), words("no|leave it")),
    ]
    return talk.ask(REOPEN, question, options, data=whose(draft) | {"rest": said} | _aside(talk))


def _approved(interview: Interview, draft: Draft) -> Replies:
    """What was open is no more, where it was the question whether to take the report back."""
    talk = interview.talk
    if talk.step == REOPEN:
        talk.take_up(talk.data.get("aside"))
    return [talk.say(approved(interview, draft)), *interview.ask_still()]


def reopen(interview: Interview, talk: Talk) -> Replies:
    draft = interview.draft()
    if not draft.is_open and draft.report.state != "submitted":
        return _approved(interview, draft)
    interview.reports.reopen(draft.report, interview.now)
    return _change(interview, draft, talk.data["rest"])


def leave_as_sent(interview: Interview, talk: Talk, words: Words) -> Replies:
    talk.take_up(talk.data.get("aside"))
    return [talk.say(words("The report stays as it was sent.")), *interview.ask_still()]


def _change(interview: Interview, draft: Draft, said: str) -> Replies:
    talk, words = interview.talk, interview.words
    if not said:
        return _ask_which(interview, draft)
    if said in TOPICS and said not in draft.locked:
        return narratives.open_topic(interview, draft, said)
    code, value = _split(said, draft)
    if code is None:
        told = words("There is no question “{code}” in your report.", code=said[:20])
        return [talk.say(told), *_ask_which(interview, draft)]
    if code in draft.locked:
        stays = talk.say(interview.unchanged(draft, code))
        return [stays, *(interview.ask_still() if talk.step else interview.review(draft))]
    aside = {} if talk.data.get("code") == code else _aside(talk) or {"from_review": True}
    card = interview.ask(draft, code)
    talk.note(**aside)
    return [*answer(interview, value, card)] if value else card


def answer(interview: Interview, said: str, card: list[Reply]) -> list[Reply]:
    """Words as an answer to the question that has just been opened, unless they are none."""
    talk, code = interview.talk, interview.talk.data["code"]
    talk.turn, before = replace(talk.turn, text=said, pressed=None, kind="text"), talk.step
    chosen = talk.chosen()
    if indicator_of(interview.catalogue, code) is None:
        replies = save_status(interview, chosen, talk) if chosen in STATUSES else None
    elif chosen in {"no_data", "no_object"}:
        replies = save_figure(interview, talk, talk.turn, interview.words, chosen)
    else:
        replies = read_figure(interview, talk, talk.turn, interview.catalogue)
    unread = talk.step == before and talk.data.get("code") == code
    return [*as_list(replies), *(card if unread else [])]


def _ask_which(interview: Interview, draft: Draft) -> list[Reply]:
    talk, words = interview.talk, interview.words
    options = [
        *(Option(code, code) for code in draft.changeable),
        Option("review", words("Back"), words("go back")),
    ]
    question = words("Which answer do you want to change? Press or type its code.")
    *pages, text = paged([*interview.lines(draft), question])
    data = whose(draft) | (_aside(talk) or {"from_review": True})
    return [*(talk.say(page) for page in pages), talk.ask(CHANGE, text, options, data=data)]


def _split(said: str, draft: Draft) -> tuple[str | None, str]:
    """`tv 1.3 12/15` → TV1.3 and its new answer."""
    parts = said.replace(":", " ", 1).split()
    for length in (2, 1):
        code = code_meant(" ".join(parts[:length]), draft.codes)
        if code is not None:
            return code, " ".join(parts[length:])
    return None, ""


def _aside(talk: Talk) -> dict[str, object]:
    """What is interrupted; of one interruption within another, the question before both."""
    if talk.data.get("aside"):
        return {"aside": talk.data["aside"]}
    if talk.step is None or talk.step in PASSING:
        return {}
    return {"aside": talk.set_aside()}


def build_router() -> Router:
    router = Router(name="changing")
    focal = May(FOCAL)
    say(router, begin, focal, Asked("sua"))
    say(router, begin_for, focal, At(WHOSE), Chose())
    say(router, reopen, focal, At(REOPEN), Chose("yes"))
    say(router, leave_as_sent, focal, At(REOPEN), Chose("no"))
    return router
