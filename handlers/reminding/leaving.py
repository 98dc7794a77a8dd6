"""`/uyquyen`: a focal point is away for some days, and names who stands in.

Typed at once, `/uyquyen 20/10 - 25/10 Vy`, or asked for: from when to when, and who.
"""

from datetime import date

from aiogram import Router

from handlers.commands import FOCAL, Command
from handlers.language import Markup, join
from handlers.lookup import step_of
from handlers.reminding import standins
from handlers.reminding.colleagues import Colleagues
from handlers.reminding.errand import Errand
from handlers.reminding.leave import CONFIRM, DAYS, WHO, Leave, menu_of_deputy
from handlers.reminding.successions import DEPUTY
from handlers.routing import Asked, At, Chose, May, Open, Replies, Reply, say
from handlers.services import Services
from handlers.talk import Link
from plan.answers import fold
from storage.absences import Absences
from storage.agencies import NamedAgency
from storage.tables import Absence

BACK = {"ket thuc", "ketthuc", "tro lai", "trolai"}
WITHDRAW = {"rut"}


def begin(command: Command | None, errand: Errand) -> Replies:
    found = errand.lookup.own(errand.lookup.meant(command))
    if not isinstance(found, tuple):
        return found
    agency, said = found
    words = errand.words
    if agency.id in errand.member.deputy_in:
        told = words(
            "You stand in at {agency} for somebody else: only its focal point names a deputy.",
            agency=agency.name,
        )
        return errand.say(told)
    if fold(said) in BACK:
        return come_back(errand, agency)
    if fold(said) in WITHDRAW:
        return withdraw(errand, agency)
    leave = Leave(errand, agency)
    return leave.take(said) if said else _state(errand, agency) or leave.ask_days()


def _state(errand: Errand, agency: NamedAgency) -> Replies:
    """Whoever is away, or will be, sees that first; None where there is nothing to see."""
    words = errand.words
    absences = _of(errand, agency)
    if not absences:
        return None
    lines = [_line(errand, absence) for absence in absences]
    title = words("<b>Away from {agency}</b>", agency=agency.name)
    hint = words("For other days type for example /uyquyen 20/12 - 25/12.")
    back = Link(words("I am back"), f"uyquyen {agency.id} ketthuc")
    return errand.say(join([title, *lines, hint]), back)


def _line(errand: Errand, absence: Absence) -> Markup:
    words, deputy = errand.words, absence.deputy_id
    name = errand.people.name(deputy) if deputy else ""
    who = name or words("nobody yet; an invitation waits")
    if not deputy and not Colleagues(errand, absence.agency_id).pending(DEPUTY):
        who = words("nobody")
    return words(
        "• {first} to the end of {last}; standing in: {name}",
        first=words.weekday(absence.from_on),
        last=words.weekday(absence.to_on),
        name=who,
    )


def come_back(errand: Errand, agency: NamedAgency) -> Replies:
    """Earlier than planned, or not away at all."""
    words, absences = errand.words, _of(errand, agency)
    menus: list[Reply] = []
    for absence in absences:
        Absences(errand.session).end(absence.id or 0, errand.now)
        standins.tell(errand.session, absence, standins.ENDED, errand.now)
        menus += menu_of_deputy(errand, absence)
    Colleagues(errand, agency.id).revoke(DEPUTY)
    if not absences:
        return errand.say(words("You are not away from {agency}.", agency=agency.name))
    told = words("Welcome back: reminders of {agency} come to you again.", agency=agency.name)
    deputies = any(absence.deputy_id for absence in absences)
    heard = words("Whoever stood in for you is told.") if deputies else ""
    return [*errand.say(join([told, heard], " ")), *menus]


def withdraw(errand: Errand, agency: NamedAgency) -> Replies:
    words = errand.words
    if not Colleagues(errand, agency.id).revoke(DEPUTY):
        return errand.say(words("No invitation of yours waits."))
    told = words(
        "The invitation is withdrawn. Nobody stands in for you; /uyquyen shows and ends what is "
        "recorded."
    )
    return errand.say(told)


def read_days(errand: Errand) -> Replies:
    return _leave(errand).take(errand.talk.turn.text)


def read_who(errand: Errand, chosen: str | None) -> Replies:
    """By button, number or name."""
    first, last = _days(errand)
    if chosen:
        return _leave(errand).confirm(first, last, chosen)
    return _leave(errand).who(first, last, errand.talk.turn.text.strip())


def record(errand: Errand, services: Services) -> Replies:
    return _leave(errand).record(*_days(errand), errand.talk.data["who"], services)


def leave_it(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was changed."))


def _of(errand: Errand, agency: NamedAgency) -> list[Absence]:
    found = Absences(errand.session).of(errand.member.person_id, errand.today)
    return [each for each in found if each.agency_id == agency.id]


def _leave(errand: Errand) -> Leave:
    return Leave(errand, errand.named(errand.talk.data["agency"]))


def _days(errand: Errand) -> tuple[date, date]:
    data = errand.talk.data
    return date.fromisoformat(data["first"]), date.fromisoformat(data["last"])


def build_router() -> Router:
    router = Router(name="leaving")
    focal, here = May(FOCAL), (DAYS, WHO, CONFIRM)
    say(router, begin, focal, Asked("uyquyen"))
    say(router, begin, focal, At(step_of("uyquyen")))
    say(router, leave_it, focal, At(*here), Chose("leave"))
    say(router, leave_it, focal, Open(*here), Asked("huy"))
    say(router, read_days, focal, At(DAYS))
    say(router, read_who, focal, At(WHO))
    say(router, record, focal, At(CONFIRM), Chose("yes"))
    return router
