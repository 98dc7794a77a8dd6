"""`/chuanop`: who has not reported, when they were last in touch, and one press to remind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aiogram import Router

from handlers.commands import ADMIN, OFFICIAL, Command
from handlers.language import Markup, Words, join, words_for
from handlers.lookup import step_of
from handlers.progress.showing import deadline, understood, year_of
from handlers.progress.viewing import Viewing
from handlers.progress.wishes import Wish
from handlers.routing import Asked, At, May, Replies, Reply, say
from handlers.switchboard import Plain, Scene
from handlers.talk import Link, Turn
from plan.answers import fold
from plan.calendars import local_date
from plan.catalogue import Duty
from plan.reminding.deciding import To
from plan.reminding.situations import Situation
from storage.agencies import NamedAgency
from storage.owing import Nudge, Owing, Touch
from storage.people import People
from storage.reports import REPORTED
from storage.situations import Situations

PER_PAGE = 6
OFFICE = May(OFFICIAL, ADMIN)


@dataclass(frozen=True)
class Typed(Plain):
    """The words of a button that reminds an agency, typed while nothing else is asked."""

    def fits(self, scene: Scene) -> bool:
        if scene.command is not None or scene.member is None:
            return False
        # Which agency is meant may be the open question; any other is answered with words.
        if scene.step is not None and not scene.step.endswith(".agency"):
            return False
        return bool(_named(scene.turn.text, words_for(scene.member.language)))


def _named(text: str, words: Words) -> str:
    head = words("Remind {about}", about="").split()
    typed = text.split()
    if fold(" ".join(typed[: len(head)])) != fold(" ".join(head)):
        return ""
    return " ".join(typed[len(head) :])


def list_owing(command: Command | None, viewing: Viewing) -> Replies:
    """`/chuanop 2025 trang 2`."""
    wish = understood(command, viewing, "chuanop")
    return _list(viewing, wish) if isinstance(wish, Wish) else wish


def nudge_typed(turn: Turn, viewing: Viewing) -> Replies:
    return nudge(Command("nhac", _named(turn.text, viewing.words)), viewing)


def nudge(command: Command | None, viewing: Viewing) -> Replies:
    """`/nhac quan 4`."""
    wish = understood(command, viewing, "nhac")
    if not isinstance(wish, Wish):
        return wish
    if not wish.said:
        told = viewing.words("Please name the agency, for example /nhac quan 4.")
        return [viewing.talk.say(told), *viewing.talk.ask_again()]
    found = viewing.lookup.asked(wish.command("nhac"), wish.said, on=viewing.today)
    if not isinstance(found, NamedAgency):
        return found
    return [viewing.talk.say(_nudged(viewing, found, wish.year)), *viewing.talk.ask_again()]


def _nudged(viewing: Viewing, agency: NamedAgency, year: int) -> Markup:
    """What became of it. Not twice on a day, and not to whom nothing is asked of any more."""
    words, calendar = viewing.words, viewing.rules.calendar
    situations, owing = Situations(viewing.agencies.session), Owing(viewing.agencies.session)
    if not any(
        owes(each, viewing.today, year) for each in situations.on(viewing.today, [agency.id])
    ):
        return words("{agency} owes no report of {year}.", agency=agency.short, year=year)
    leaves_at = calendar.next_office_moment(viewing.now)
    day = local_date(leaves_at)
    if before := owing.reminded_on(agency.id, day):
        return words(
            "{agency} has a reminder of that day already, at {time}. One a day is enough.",
            agency=agency.short,
            time=words.moment(before),
        )
    roster = situations.roster([], [agency.id])
    aim = viewing.deadline(year, agency.id).last_day
    boxes = People(viewing.agencies.session).letterboxes()
    nudges = [
        Nudge(agency.id, year, aim, person_id, *boxes[person_id], leaves_at, calendar.closing(day))
        for person_id in roster.receivers(agency.id, To.FOCAL, day)
        if person_id in boxes
    ]
    if not nudges:
        return words(
            "Nobody of {agency} can be reached here. Please call them, or invite somebody.",
            agency=agency.short,
        )
    return words.plural(
        "{agency} will be reminded: {count} person, {time}.",
        "{agency} will be reminded: {count} people, {time}.",
        owing.nudge(nudges, viewing.now),
        agency=agency.short,
        time=words.moment(leaves_at),
    )


def owes(agency: Situation, today: date, year: int) -> bool:
    """Asked for the report of the year, and has neither sent it nor been let off."""
    filed = agency.reports.get(year)
    sent = filed is not None and filed.state in REPORTED
    wanted = agency.duty is not Duty.ON_REQUEST and agency.asked
    return wanted and agency.exists(today) and not agency.exempt(year) and not sent


def _list(viewing: Viewing, wish: Wish) -> list[Reply]:
    """Whom nobody reaches comes first: they have to be called."""
    words, session = viewing.words, viewing.agencies.session
    situations, roster = Situations(session).everybody(viewing.today)
    owing = [each for each in situations if owes(each, viewing.today, wish.year)]
    places = {each.id: place for place, each in enumerate(viewing.agencies.on(viewing.today))}
    reached = {each.agency_id: roster.reached(each.agency_id, viewing.today) for each in owing}
    owing.sort(key=lambda each: (reached[each.agency_id], places.get(each.agency_id, 0)))
    pages = max(1, -(-len(owing) // PER_PAGE))
    page = min(wish.page, pages)
    here = owing[(page - 1) * PER_PAGE : page * PER_PAGE]
    touches = Owing(session).touches([each.agency_id for each in here], wish.year)
    lines = [
        _line(words, each, touches[each.agency_id], wish.year, reached=reached[each.agency_id])
        for each in here
    ]
    place = words("Page {page} of {pages}.", page=page, pages=pages) if pages > 1 else Markup()
    hint = words("To remind one: press its button, or type /nhac and its name.") if here else ""
    parts = [_head(viewing, owing, reached, wish.year), *lines, place, Markup(hint)]
    links = [
        Link(
            words("Remind {about}", about=Markup(f"{each.short}{year_of(viewing, wish)}")),
            f"nhac {each.agency_id} {wish.year}",
        )
        for each in here
        if reached[each.agency_id]
    ]
    if page < pages:
        label = words("Not reported, page {page}", page=page + 1)
        links.append(Link(label, f"chuanop {wish.year} trang {page + 1}"))
    return [*viewing.talk.pages([part for part in parts if part], links), *viewing.talk.ask_again()]


def _head(
    viewing: Viewing, owing: Sequence[Situation], reached: Mapping[str, bool], year: int
) -> Markup:
    words = viewing.words
    title = words("<b>Not reported – {year}</b>", year=year)
    if not owing:
        told = words("Everybody who was asked has reported.")
        return join([title, deadline(viewing, year), told])
    count = words.plural(
        "{count} agency has not reported", "{count} agencies have not reported", len(owing)
    )
    lost = sum(not each for each in reached.values())
    if lost:
        count = words("{owing}; {count} of them cannot be reached here", owing=count, count=lost)
    return join([title, deadline(viewing, year), words("{sentence}.", sentence=count)])


def _line(words: Words, agency: Situation, touch: Touch, year: int, *, reached: bool) -> Markup:
    title = words(
        "<b>{agency}</b> – {state}", agency=agency.short, state=_state(words, agency, touch, year)
    )
    reminded = (
        words("reminded last {time}", time=words.moment(touch.reminded_at))
        if touch.reminded_at
        else words("not reminded yet")
    )
    heard = (
        words("heard from last {time}", time=words.moment(touch.heard_at))
        if touch.heard_at
        else words("not heard from yet")
    )
    return join([title, join([reminded, heard, _reach(words, touch, reached=reached)], " · ")])


def _state(words: Words, agency: Situation, touch: Touch, year: int) -> Markup:
    filed = agency.reports.get(year)
    if filed is not None and filed.state == "returned":
        return words("returned for correction")
    if filed is None or not touch.answers:
        return words("not started")
    return words.plural("draft, {count} figure", "draft, {count} figures", touch.answers)


def _reach(words: Words, touch: Touch, *, reached: bool) -> Markup:
    if reached:
        return words("can be reached")
    if not touch.focal:
        return words("<b>CANNOT be reached</b>: no focal point here")
    for each in touch.focal:
        if each.unreachable_since_at:
            time = words.moment(each.unreachable_since_at)
            return words(
                "<b>CANNOT be reached</b>: {name}, since {time}", name=each.full_name, time=time
            )
    return words("<b>CANNOT be reached</b>: away, without a deputy")


def build_router() -> Router:
    router = Router(name="owing")
    say(router, list_owing, OFFICE, Asked("chuanop"))
    say(router, nudge, OFFICE, Asked("nhac"))
    say(router, nudge, OFFICE, At(step_of("nhac")))
    say(router, nudge_typed, OFFICE, Typed())
    return router
