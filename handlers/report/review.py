"""Before and after sending: the review card, one change at a time, the receipt."""

from datetime import datetime

from aiogram import Router

from handlers.approval import notices
from handlers.commands import FOCAL
from handlers.language import Markup, Words, join
from handlers.report.closed import approved
from handlers.report.drafts import Draft, code_meant
from handlers.report.figures import leave
from handlers.report.interview import REVIEW, SENT, Interview, whose
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import Option, Talk, Turn

CHANGE = "report.change"


def submit(interview: Interview, talk: Talk, words: Words, now: datetime) -> Replies:
    """Sends the report in, once, however often the button is pressed."""
    draft = interview.draft()
    if all(draft.is_skipped(code) or not draft.has(code) for code in draft.codes):
        told = words("There is no answer to send yet. Please answer at least one question.")
        return [talk.say(told), *talk.ask_again()]
    if talk.data["seen"] != interview.newest(draft):
        told = words("An answer has been changed since this review was shown. Please look again.")
        return [talk.say(told), *interview.review(draft)]
    if not interview.reports.submit(draft.report, interview.member.person_id, now):
        return interview.sent(draft)
    talk.close()
    deadline = interview.deadline(draft.agency.id, draft.report.year)
    notices.came_again(interview, draft)
    notices.tell_leaders(interview, draft)
    lines = [_receipt(interview, draft, words)]
    if deadline.passed(draft.report.first_submitted_at or now) and draft.report.version == 1:
        before = words.day(deadline.before)
        lines.append(
            words("Sent after the deadline (before {before}): marked as late.", before=before)
        )
    return talk.say(join(lines))


def _receipt(interview: Interview, draft: Draft, words: Words) -> Markup:
    return words(
        "<b>Report sent.</b>\nReceipt: <b>{receipt}</b>\n{agency}, report of {year}\n"
        "Sent by {name} at {time}.\n"
        "The standing agency will review it; until then the figures count as provisional. "
        "To correct something, type /baocao.",
        receipt=interview.receipt(draft.report),
        agency=draft.agency.name,
        year=draft.report.year,
        name=interview.member.full_name,
        time=words.moment(interview.now),
    )


def ask_which(interview: Interview, talk: Talk, words: Words) -> Replies:
    draft = interview.draft()
    options = [Option(code, code) for code in draft.changeable]
    options.append(Option("review", words("Back"), words("go back")))
    question = words("Which answer do you want to change? Press or type its code.")
    return talk.ask(CHANGE, question, options, data=whose(draft) | {"from_review": True})


def change(interview: Interview, chosen: str) -> Replies:
    draft = interview.draft()
    if chosen == "review":
        return interview.go_on(draft, chosen)
    return interview.ask(draft, chosen)


def change_typed(interview: Interview, turn: Turn, talk: Talk, words: Words) -> Replies:
    """A code in any spelling: `tv13`, `TV 1.3`."""
    draft = interview.draft()
    if code := code_meant(turn.text, draft.codes):
        return interview.ask(draft, code)
    told = words("There is no question “{code}” in your report.", code=turn.text[:20])
    return [talk.say(told), *talk.ask_again()]


def reopen(interview: Interview, talk: Talk, words: Words) -> Replies:
    draft = interview.draft()
    if not draft.is_open and draft.report.state != "submitted":
        talk.close()
        return talk.say(approved(interview, draft))
    interview.reports.reopen(draft.report, interview.now)
    told = words(
        "The report is a draft again. After your corrections, please send it once more: "
        "until then it counts as not reported."
    )
    return [talk.say(told), *interview.review(draft)]


def build_router() -> Router:
    router = Router(name="review")
    focal = May(FOCAL)
    say(router, submit, focal, At(REVIEW), Chose("submit"))
    say(router, ask_which, focal, At(REVIEW), Chose("change"))
    say(router, leave, focal, At(REVIEW), Chose("leave"))
    say(router, change, focal, At(CHANGE), Chose())
    say(router, change_typed, focal, At(CHANGE))
    say(router, reopen, focal, At(SENT), Chose("reopen"))
    return router
