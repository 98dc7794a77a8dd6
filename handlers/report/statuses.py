"""The report's questions about tasks: how far, and what stands in the way."""

from aiogram import Router

from handlers.commands import FOCAL
from handlers.language import Words
from handlers.report import colleagues
from handlers.report.buttons import STATUSES, status_name
from handlers.report.closed import too_late
from handlers.report.colleagues import COLLEAGUE_STATUS
from handlers.report.interview import NOTE, STATUS, Interview
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import Talk, Turn
from storage.tables import TaskStatus

NOTE_MOST = 1500


def save_status(interview: Interview, chosen: str, talk: Talk) -> Replies:
    """A difficulty is asked about before it is kept: the plan wants it recorded (V)."""
    if chosen == "blocked":
        return interview.ask_note(talk.data["code"], chosen)
    return _keep(interview, chosen, "")


def skip_status(interview: Interview, talk: Talk) -> Replies:
    draft = interview.draft()
    if talk.data["code"] in draft.statuses:
        return interview.go_on(draft, talk.data["code"])
    return _keep(interview, "skipped", "")


def save_note(interview: Interview, turn: Turn, talk: Talk, words: Words) -> Replies:
    note = turn.text.strip()
    if len(note) > NOTE_MOST:
        told = words(
            "Your description has {length} characters, {most} is the most. Please shorten it.",
            length=words.number(len(note)),
            most=words.number(NOTE_MOST),
        )
        return [talk.say(told), *talk.ask_again()]
    return _keep(interview, talk.data["status"], note)


def save_without_note(interview: Interview, talk: Talk) -> Replies:
    return _keep(interview, talk.data["status"], "")


def _keep(interview: Interview, status: str, note: str) -> Replies:
    talk, words, draft = interview.talk, interview.words, interview.draft()
    if not draft.is_open:
        return too_late(interview, draft)
    code = talk.data["code"]
    if code not in draft.codes:
        return interview.moved_on(draft, code)
    if code in draft.locked:
        return interview.stays(draft, code)
    theirs = colleagues.newer(interview, draft.statuses.get(code))
    if theirs is not None and status != "skipped":
        return _beside(interview, theirs, status, note)
    draft.statuses[code] = interview.reports.mark(
        draft.report,
        code,
        status,
        note=note,
        person_id=interview.member.person_id,
        channel=talk.turn.channel,
        now=interview.now,
    )
    told = words("Recorded: {code} – {figure}", code=code, figure=status_name(words, status))
    if status == "skipped":
        told = words("{code} is skipped; you can answer it later.", code=code)
    return [talk.say(told), *interview.go_on(draft, code)]


def _beside(interview: Interview, theirs: TaskStatus, status: str, note: str) -> Replies:
    """A colleague was quicker: the same is agreed upon, anything else is asked about."""
    if (theirs.status, theirs.note) == (status, note):
        return colleagues.agree(interview, theirs)
    mine = status_name(interview.words, status)
    return colleagues.ask(interview, COLLEAGUE_STATUS, theirs, mine, status=status, note=note)


def save_instead(interview: Interview, talk: Talk) -> Replies:
    return _keep(interview, talk.data["status"], talk.data["note"])


def build_router() -> Router:
    router = Router(name="statuses")
    focal = May(FOCAL)
    say(router, save_status, focal, At(STATUS), Chose(*STATUSES))
    say(router, skip_status, focal, At(STATUS), Chose("skip"))
    say(router, save_instead, focal, At(COLLEAGUE_STATUS), Chose("replace"))
    say(router, save_without_note, focal, At(NOTE), Chose("no_note"))
    say(router, save_note, focal, At(NOTE))
    return router
