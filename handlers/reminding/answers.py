"""`/viec`: how a task stands, or whether the agency's own plan is issued, as a reminder asks.

Typed `/viec II.1.b xong` or with words of one's own, `/viec IV.10.a vuong chưa có kinh phí`; the
buttons add agency and year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiogram import Router

from handlers.commands import FOCAL, YEAR_DIGITS, Command
from handlers.language import Words, join
from handlers.reminding.matters import BLOCKED, DONE, ONGOING, OWN_PLAN
from handlers.report import cards
from handlers.report.drafts import code_meant
from handlers.report.interview import Interview
from handlers.routing import Asked, May, Replies, Reply, say
from handlers.talk import Talk
from plan.answers import fold
from plan.catalogue import Catalogue
from storage.ownplans import OwnPlans

STATUSES = {DONE: "done", ONGOING: "ongoing", BLOCKED: "blocked"}
SAID = (
    ("da ban hanh", DONE),
    ("da xong", DONE),
    ("hoan thanh", DONE),
    ("xong", DONE),
    ("chua ban hanh", ONGOING),
    ("dang lam", ONGOING),
    ("chua", ONGOING),
    ("dang", ONGOING),
    ("vuong mac", BLOCKED),
    ("vuong", BLOCKED),
)
"""Words for a status, accents or not; the longer ones first."""
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
NOTE_MOST = 500


@dataclass(frozen=True, slots=True)
class Said:
    agency_id: str
    code: str
    year: int
    status: str
    rest: str


def record(command: Command, interview: Interview, talk: Talk, words: Words) -> Replies:
    """The open question, if there is one, waits and is asked again."""
    said = _read(command.argument.split(), interview)
    if said is None:
        told = words(
            "Please type the code of a task and how it stands, for example /viec IV.10.a xong, "
            "/viec IV.10.a dang, or /viec IV.10.a vuong and what stands in the way."
        )
        return [talk.say(told), *talk.ask_again()]
    if said.code == OWN_PLAN:
        return [*_keep_plan(said, interview, talk, words), *talk.ask_again()]
    leads = interview.agencies.duties(said.agency_id, interview.today).leads
    if said.code not in leads:
        told = words("{code} is not a task that your agency leads now.", code=said.code)
        return [talk.say(told), *talk.ask_again()]
    draft = interview.draft_for(said.agency_id, said.year)
    if not draft.is_open:
        return interview.sent(draft)
    if said.code in draft.locked:
        return [talk.say(interview.unchanged(draft, said.code)), *talk.ask_again()]
    interview.reports.mark(
        draft.report,
        said.code,
        STATUSES[said.status],
        note=said.rest[:NOTE_MOST],
        person_id=interview.member.person_id,
        channel=talk.turn.channel,
        now=interview.now,
    )
    return [talk.say(_recorded(said, words, interview.catalogue)), *talk.ask_again()]


def _recorded(said: Said, words: Words, catalogue: Catalogue) -> str:
    states = {
        DONE: words("completed"),
        ONGOING: words("under way"),
        BLOCKED: words("meeting difficulties"),
    }
    told = words(
        "Recorded for {year}: {code} {short} – {status}.",
        year=said.year,
        code=said.code,
        short=cards.short_of(catalogue, said.code),
        status=states[said.status],
    )
    hint = words(
        "To say what stands in the way, type /viec {code} vuong and a description.", code=said.code
    )
    return join([told, hint if said.status == BLOCKED and not said.rest else ""], "\n\n")


def _keep_plan(said: Said, interview: Interview, talk: Talk, words: Words) -> list[Reply]:
    found = DAY.search(said.rest)
    issued_on = _day(found) if found else None
    number = DAY.sub("", said.rest).strip()[:NOTE_MOST]
    OwnPlans(interview.reports.session).say(
        said.agency_id,
        said.year,
        issued=said.status == DONE,
        number=number,
        issued_on=issued_on,
        person_id=interview.member.person_id,
        now=interview.now,
    )
    if said.status != DONE:
        told = words("Recorded: the agency's own plan of {year} is not issued yet.", year=said.year)
        return [talk.say(told)]
    told = words("Recorded: the agency's own plan of {year} is issued.", year=said.year)
    shown = [
        words("Number: {number}.", number=number) if number else "",
        words("Date: {day}.", day=words.day(issued_on)) if issued_on else "",
    ]
    hint = words(
        "To add number and date, type for example /viec ke-hoach xong 12/KH-UBND 05/03/{year}.",
        year=said.year,
    )
    return [talk.say(join([told, *shown, "" if number and issued_on else hint], "\n"))]


def _read(parts: Sequence[str], interview: Interview) -> Said | None:
    """Agency and year may be left out: one's own, and this year."""
    own = interview.member.agencies_as(FOCAL)
    rest = list(parts)
    agency_id = rest.pop(0) if rest and rest[0] in own else own[0]
    if not rest:
        return None
    code = _code(rest.pop(0), interview.catalogue)
    year = interview.today.year
    if rest and rest[0].isdecimal() and len(rest[0]) == YEAR_DIGITS:
        year = int(rest.pop(0))
    found = _status(rest)
    if code is None or found is None:
        return None
    status, length = found
    return Said(agency_id, code, year, status, " ".join(rest[length:]))


def _code(typed: str, catalogue: Catalogue) -> str | None:
    if fold(typed) == fold(OWN_PLAN):
        return OWN_PLAN
    return code_meant(typed, catalogue.codes())


def _status(typed: Sequence[str]) -> tuple[str, int] | None:
    """What is meant, and how many of the words say it."""
    for said, status in SAID:
        length = len(said.split())
        if fold(" ".join(typed[:length])) == said:
            return status, length
    return None


def _day(found: re.Match[str]) -> date | None:
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def build_router() -> Router:
    router = Router(name="answers")
    say(router, record, May(FOCAL), Asked("viec"))
    return router
