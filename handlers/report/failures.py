"""Answers that could not be read: what is counted, and from the third in a row the ways out."""

from datetime import date, datetime

from aiogram import Router
from aiogram.methods import SendMessage

from handlers.commands import ADMIN, FOCAL
from handlers.language import DEFAULT, Markup, Words, join, plain, words_for
from handlers.report import cards
from handlers.report.buttons import leaving, skipping
from handlers.report.drafts import indicator_of
from handlers.report.figures import save_figure
from handlers.report.interview import Interview
from handlers.report.statuses import skip_status
from handlers.routing import Chose, May, Replies, Reply, say
from handlers.talk import Option, Talk, Turn
from storage.outbox import Lane, Outbox
from storage.people import Member, People

SUPPORT = "support"
HINTED, OFFERED = 2, 3


def tell(interview: Interview, told: Markup, said: str) -> Reply:
    """One reply to one answer that cannot be taken; the question above stays open."""
    talk, words = interview.talk, interview.words
    times = talk.data.get("failures", 0) + 1
    talk.note(failures=times, unread=said, unread_id=talk.turn.written_id)
    if times >= HINTED and (indicator := indicator_of(interview.catalogue, talk.data["code"])):
        told = join([told, cards.what_to_count(words, indicator)], "\n\n")
    if times < OFFERED:
        return talk.say(told)
    support = Option(SUPPORT, words("Ask the standing agency for help"), words("help me"))
    return talk.offer(told, [support, leaving(words), skipping(words)])


def ask_support(
    interview: Interview,
    talk: Talk,
    words: Words,
    people: People,
    outbox: Outbox,
    now: datetime,
    today: date,
) -> Replies:
    """Every admin hears of it, in office hours, once for a question and day."""
    data, member = talk.data, interview.member
    about = f"{interview.agency_id}:{interview.year}:{data['code']}:{member.person_id}:{today}"
    request = _request(interview)
    admins = {admin.address: admin for admin in people.holding(ADMIN)}
    asked = [
        outbox.add(
            f"help:{about}:{address}",
            lane=Lane.REMINDER,
            channel=admin.channel,
            address=address,
            kind="reply",
            payload=_to(address, request).model_dump_json(exclude_unset=True, exclude_none=True),
            now=now,
        )
        for address, admin in admins.items()
    ]
    standing = next(agency for agency in interview.catalogue.agencies if agency.standing)
    office = interview.agencies.named(standing.id, today).name
    if not asked:
        told = words("Please contact {agency} directly.", agency=office)
    elif any(asked):
        told = words(
            "Your request has been passed on to {agency}. An officer will contact you in "
            "working hours; meanwhile you can skip this question.",
            agency=office,
        )
    else:
        told = words("Your request of today about this question has been passed on already.")
    return [talk.say(told), *talk.ask_again()]


def _request(interview: Interview) -> Markup:
    words, member, code = words_for(DEFAULT), interview.member, interview.talk.data["code"]
    agency = interview.agencies.named(interview.agency_id, interview.today)
    lines = [
        words("<b>Request for help</b>"),
        words(
            "{name}, {agency}, report of {year}",
            name=member.full_name,
            agency=agency.name,
            year=interview.year,
        ),
        words(
            "Question {code}: {short}", code=code, short=cards.short_of(interview.catalogue, code)
        ),
        words("Last typed: “{said}”", said=interview.talk.data.get("unread", "")[:200]),
        words("Contact: {person}", person=_link(member)),
    ]
    return join(lines)


def _link(member: Member) -> Markup:
    """Opens a chat with the person, on Telegram."""
    return Markup(f'<a href="tg://user?id={member.address}">{plain(member.full_name)}</a>')


def _to(address: str, text: Markup) -> SendMessage:
    return SendMessage(chat_id=address, text=text, parse_mode="HTML")


def skip(interview: Interview, talk: Talk, turn: Turn, words: Words) -> Replies:
    """Offered wherever an answer could not be read, also halfway through one."""
    if indicator_of(interview.catalogue, talk.data["code"]) is None:
        return skip_status(interview, talk)
    return save_figure(interview, talk, turn, words, "skip")


def build_router() -> Router:
    """Before the questions: where these are offered, they are options like any other."""
    router = Router(name="failures")
    say(router, ask_support, May(FOCAL), Chose(SUPPORT))
    say(router, skip, May(FOCAL), Chose("skip"))
    return router
