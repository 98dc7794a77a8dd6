"""A notice that leaves later: at a time, or with a campaign day and then every year."""

import re
from datetime import date, datetime, time

from aiogram import Router

from handlers.broadcast import campaigns, previewing
from handlers.broadcast.bureau import NUMBER, Bureau
from handlers.commands import ADMIN
from handlers.language import Markup
from handlers.routing import At, Chose, May, Replies, say
from handlers.talk import FREE, Option, Turn
from plan.calendars import MORNING, moment
from storage.broadcasts import OPEN
from storage.tables import Broadcast

SCHEDULE = "notice.schedule"
DAY = re.compile(r"(?<![\d:])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?!\d)")
CLOCK = re.compile(r"(?<![\d/.-])(\d{1,2})\s*(?::|h|g[^\W\d]*)\s*(\d{2})?(?!\d)", re.IGNORECASE)
YEARLY = "yearly:"


def ask_when(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    return _ask(bureau, notice) if notice else previewing.gone(bureau)


def begin(bureau: Bureau, notice: Broadcast) -> Replies:
    """`/thongbao 12 hengio`, or with the time at once."""
    if notice.state not in OPEN or notice.way:
        return previewing.too_late(bureau, notice)
    return _ask(bureau, notice)


def _ask(bureau: Bureau, notice: Broadcast) -> Replies:
    words = bureau.words
    question = words(
        "When is it to leave? Type a day and a time, for example {day} 08:30; without a time it "
        "leaves at eight. Or choose a campaign day: then a draft with these words is prepared "
        "for it every year.",
        day=f"{bureau.rules.calendar.shift(bureau.today, 3):%d/%m}",
    )
    options = [
        Option(YEARLY + day.id, words("Every year: {name}", name=day.name))
        for day in bureau.rules.days
        if not notice.way
    ]
    options += [
        Option("now", words("At once, when it is confirmed"), words("now|at once")),
        Option("keep", words("Leave it as it is"), words("back")),
    ]
    data = {FREE: True, NUMBER: notice.id}
    return bureau.talk.ask(SCHEDULE, question, options, numbered=True, data=data)


def set_time(bureau: Bureau, turn: Turn) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    wanted = read_time(turn.text, bureau.today)
    if wanted is None:
        told = bureau.words(
            "“{said}” is not read as a time. Type for example {day} 08:30.",
            said=turn.text[:40],
            day=f"{bureau.today:%d/%m}",
        )
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    if wanted <= bureau.now:
        told = bureau.words(
            "{time} is past. Please type a time to come.", time=bureau.words.moment(wanted)
        )
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    leaves_at = bureau.rules.calendar.next_office_moment(wanted)
    told = _moved(bureau, wanted, leaves_at)
    if not bureau.broadcasts.change(notice, bureau.member, bureau.now, leaves_at=leaves_at):
        return previewing.too_late(bureau, notice)
    return [*([bureau.talk.say(told)] if told else []), *previewing.card(bureau, notice)]


def _moved(bureau: Bureau, wanted: datetime, leaves_at: datetime) -> Markup:
    if leaves_at == wanted:
        return Markup()
    return bureau.words(
        "{wanted} is outside office hours: it leaves at {time}.",
        wanted=bureau.words.moment(wanted),
        time=bureau.words.moment(leaves_at),
    )


def set_yearly(bureau: Bureau, chosen: str) -> Replies:
    """Its words become the day's template; this notice is the next year's first."""
    notice, day = bureau.notice(), bureau.rules.day(chosen.removeprefix(YEARLY))
    if notice is None or day is None:
        return previewing.gone(bureau)
    year = next_year(bureau, day.id)
    taken = bureau.broadcasts.of_campaign(day.id, year)
    changed = {
        "kind": "campaign",
        "leaves_at": campaigns.leaves_at(bureau.rules, day, year, bureau.now),
    }
    if taken is None:
        changed |= {"campaign": day.id, "year": year}
    if not bureau.broadcasts.change(notice, bureau.member, bureau.now, **changed):
        return previewing.too_late(bureau, notice)
    campaigns.keep(bureau, day.id, notice)
    told = bureau.words(
        "Every year before {name} a draft with these words is prepared and offered to the "
        "administrators; it leaves when one of them agrees. To change or stop it: /thongbao lich.",
        name=day.name,
    )
    return [bureau.talk.say(told), *previewing.card(bureau, notice)]


def next_year(bureau: Bureau, day_id: str) -> int:
    """The year of the next time that this day comes."""
    day = bureau.rules.day(day_id)
    this = bureau.today.year
    if day is None or bureau.rules.span(day, this).first_on <= bureau.today:
        return this + 1
    return this


def set_now(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    if not bureau.broadcasts.change(notice, bureau.member, bureau.now, leaves_at=None):
        return previewing.too_late(bureau, notice)
    return previewing.card(bureau, notice)


def leave(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    return previewing.card(bureau, notice) if notice else previewing.gone(bureau)


def read_time(said: str, today: date) -> datetime | None:
    """`20/11 08:30`, `20/11/2026`, `8h30 20/11`; a past day without a year is next year's."""
    found = DAY.search(said)
    if found is None:
        return None
    clock = CLOCK.search(DAY.sub(" ", said))
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (MORNING.hour, MORNING.minute)
    try:
        day = date(int(found[3] or today.year), int(found[2]), int(found[1]))
        if day < today and not found[3]:
            day = day.replace(year=day.year + 1)
        return moment(day, time(hour, minute))
    except ValueError:
        return None


def build_router() -> Router:
    router = Router(name="notice schedules")
    admin = May(ADMIN)
    say(router, ask_when, admin, At(previewing.PREVIEW), Chose("schedule"))
    say(router, set_now, admin, At(SCHEDULE), Chose("now"))
    say(router, leave, admin, At(SCHEDULE), Chose("keep"))
    say(router, set_yearly, admin, At(SCHEDULE), Chose())
    say(router, set_time, admin, At(SCHEDULE))
    return router
