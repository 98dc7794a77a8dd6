"""Files that are sent as evidence: taken note of at once; a job of its own fetches them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from handlers import menu
from handlers.commands import FOCAL, ROLES, Command
from handlers.files.attachments import Attachment, not_kept
from handlers.files.fetched import name_of, refusal
from handlers.language import Markup, Words
from handlers.report.drafts import Draft, code_meant, indicator_of
from handlers.report.interview import Interview
from handlers.routing import Attached, Lacks, May, Replies, say
from handlers.talk import FREE, Talk, Turn
from plan.answers import Ask, Kind, NoData, NoObject, NotApplicable, Refuse, Value, read
from plan.catalogue import Unit
from storage.evidence import LARGEST, Exhibits
from storage.people import Member
from storage.tables import Evidence

AWAITED = "evidence.file"
ALBUM_PAUSE = timedelta(seconds=2)
"""The photos of an album come one by one, and are told of together."""
FORM = ".xlsx"


def receive(
    turn: Turn,
    talk: Talk,
    chosen: str | None,
    command: Command | None,
    interview: Interview,
    exhibits: Exhibits,
) -> Replies:
    """Takes note of a photo or file; words under it that are an answer go on to be answered."""
    draft = filled_in(interview)
    told = _take(interview, exhibits, turn, draft)
    said = [talk.say(told)] if told else []
    if talk.step == AWAITED:
        talk.take_up(talk.data["aside"])
        return [*said, *talk.ask_again()]
    if chosen is not None or command is not None or _is_answer(interview, turn.text, draft):
        talk.heading += said
        raise SkipHandler
    return [*said]


def filled_in(interview: Interview) -> Draft | None:
    """The report of the open question, else this year's where there is one and no more."""
    data, year = interview.talk.data, interview.today.year
    if "agency" in data and "year" in data:
        drafts = [interview.draft()]
    else:
        mine = interview.member.agencies_as(FOCAL)
        drafts = [interview.draft_for(a, year) for a in mine if interview.reports.of(a, year)]
    still_open = [draft for draft in drafts if draft.is_open]
    return still_open[0] if len(still_open) == 1 else None


def _take(interview: Interview, exhibits: Exhibits, turn: Turn, draft: Draft | None) -> Markup:
    """What is said of it: nothing where it belongs to an album that has been answered."""
    sent, words = turn.attachment or Attachment(""), interview.words
    before = exhibits.album(turn.address, sent.album)
    reason = _refused(sent, draft)
    about = about_file(interview.member, turn, sent) | {
        "not_before_at": interview.now + (ALBUM_PAUSE if sent.album else timedelta()),
        "received_at": interview.now,
    }
    if not reason:
        code = _code(interview, turn.text, draft, before)
        exhibits.want(draft.report if draft else None, code, **about)
        told = _received(words, sent, code)
    else:
        if sent.album:
            exhibits.turn_away(reason, **about)
        told = not_kept(words, sent.content) if reason == "kind" else refusal(words, reason)
    return Markup() if before else told


def about_file(member: Member, turn: Turn, sent: Attachment) -> dict[str, object]:
    return {
        "person_id": member.person_id,
        "channel": turn.channel,
        "address": turn.address,
        "remote_id": sent.remote_id,
        "title": sent.title,
        "caption": turn.text,
        "album": sent.album,
    }


def _received(words: Words, sent: Attachment, code: str) -> Markup:
    file = words("album") if sent.album else name_of(words, sent.title)
    if not code:
        return words("Received: {file}. It is being saved.", file=file)
    return words("Received: {file}, for {code}. It is being saved.", file=file, code=code)


def _refused(sent: Attachment, draft: Draft | None) -> str:
    if not sent.remote_id:
        return "kind"
    if (sent.size or 0) > LARGEST:
        return "too_big"
    # A workbook may be the form that was handed out: that names its report itself.
    return "" if draft or sent.title.lower().endswith(FORM) else "no_report"


def _code(interview: Interview, text: str, draft: Draft | None, album: Sequence[Evidence]) -> str:
    """Of the indicator or task: named under the photo, or that of the open question."""
    if draft is None:
        return ""
    if named := _named(text, draft):
        return named
    if album:
        return album[0].code
    asked: str = interview.talk.data.get("code", "")
    return asked if asked in draft.codes else ""


def _named(text: str, draft: Draft | None) -> str | None:
    """The code at the head: `TV1.3: phòng đọc`, `tv 1.3 12/15`."""
    heads = (" ".join(text.split()[:length]) for length in (2, 1))
    found = (code_meant(head, draft.codes if draft else ()) for head in heads)
    return next(filter(None, found), None)


def _is_answer(interview: Interview, text: str, draft: Draft | None) -> bool:
    """Most captions say what the photo shows, and are no try at an answer."""
    data = interview.talk.data
    lines = text.splitlines()
    if data.get(FREE) or (len(lines) > 1 and all(_named(line, draft) for line in lines)):
        return bool(text)
    code = _named(text, draft) or data.get("code", "")
    indicator = indicator_of(interview.catalogue, code)
    if indicator is None or draft is None:
        return False
    kind = Kind.SHARE if indicator.unit is Unit.SHARE else Kind.VISITS
    match read(kind, text, today=interview.today, year=draft.report.year):
        case Value() | NoData() | NoObject() | NotApplicable():
            return True
        case Ask() | Refuse():
            return not any(sign.isalpha() for sign in text)
        case _:
            return False


def decline(
    turn: Turn, talk: Talk, words: Words, member: Member, exhibits: Exhibits, now: datetime
) -> Replies:
    """From people who fill in no report; once for an album, like every answer to one."""
    sent = turn.attachment or Attachment("")
    if exhibits.album(turn.address, sent.album):
        return []
    if sent.album:
        about = about_file(member, turn, sent)
        exhibits.turn_away("role", **about, not_before_at=now, received_at=now)
    told = words("Files are kept only as evidence for a report, from the agency's focal point.")
    return [talk.say(told), *talk.ask_again()]


def build_router() -> Router:
    router = Router(name="evidence")
    say(router, receive, May(FOCAL), Attached())
    say(router, decline, Lacks(FOCAL), May(*ROLES), Attached())
    say(router, menu.refuse_stranger, Lacks(*ROLES), Attached())
    return router
