"""`/thoivai`: an administrator ends a person's role, for good or by mistake and then back again."""

from collections.abc import Mapping, Sequence

from aiogram import Router

from handlers import dismissed
from handlers.commands import ADMIN, FOCAL, Command
from handlers.joining import role_name
from handlers.language import Markup, join
from handlers.lookup import search
from handlers.reminding import successions
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.services import Services
from handlers.talk import Link, Option
from plan.answers import fold
from storage.roles import RESTORED_WITHIN, Held, Roles

WHO, CONFIRM = "thoivai.who", "thoivai.confirm"
RESTORE = "khoiphuc"
SHOWN, OFFERED = 40, 12


def begin(command: Command, errand: Errand) -> Replies:
    words, said = errand.words, command.argument
    verb, _, number = said.rpartition(" ")
    if fold(verb.replace(" ", "")) == RESTORE and number.isdecimal():
        return _restore(errand, int(number))
    if not said:
        return errand.say(_how(errand))
    found = _meant(errand, said)
    if not found:
        told = words("“{said}” is nobody who holds a role, and no agency.", said=said[:SHOWN])
        return errand.say(join([told, _how(errand)]))
    if len(found) > OFFERED:
        told = words.plural(
            "“{said}” fits {count} role. Please type more of the name.",
            "“{said}” fits {count} roles. Please type more of the name.",
            len(found),
            said=said[:SHOWN],
        )
        return errand.say(told)
    return _confirm(errand, found[0]) if len(found) == 1 else _ask_who(errand, found)


def _meant(errand: Errand, said: str) -> list[Held]:
    """Whose name it is or is part of; else all of the agency that it names."""
    held, wanted = Roles(errand.session).held(), f" {fold(said)} "
    if named := [each for each in held if wanted in f" {fold(each.full_name)} "]:
        return named
    agency = search(said, errand.agencies.on(errand.today), errand.lookup.catalogue).certain
    return [each for each in held if agency and each.agency_id == agency.id]


def _how(errand: Errand) -> Markup:
    return errand.words(
        "To end a role, type /thoivai and a name or an agency, for example /thoivai quan 1."
    )


def _ask_who(errand: Errand, found: Sequence[Held]) -> Replies:
    question = errand.words("Which role is to end?")
    options = [Option(str(each.id), dismissed.shown(errand, each)) for each in found]
    return _ask(errand, WHO, question, options, numbered=True)


def choose(errand: Errand, chosen: str) -> Replies:
    held = Roles(errand.session).get(int(chosen))
    return _confirm(errand, held) if held else leave(errand)


def _confirm(errand: Errand, held: Held) -> Replies:
    words = errand.words
    if told := _refused(errand, held):
        return errand.finish(told)
    question = words(
        "End the role of {name} as {role} of {agency}? They are told. What they have reported "
        "stays with the agency.",
        name=held.full_name,
        role=role_name(words, held.role),
        agency=dismissed.agency(errand, held),
    )
    yes = Option("yes", words("End the role"), words("yes|ok|end it"))
    text = join([question, _left_alone(errand, held)])
    return _ask(errand, CONFIRM, text, [yes], kept={"role": held.id})


def _refused(errand: Errand, held: Held) -> Markup | None:
    words = errand.words
    if held.until_at is not None:
        time = words.moment(held.until_at)
        return words("This role of {name} ended at {time}.", name=held.full_name, time=time)
    others = [each for each in errand.people.holding(ADMIN) if each.person_id != held.person_id]
    if held.role == ADMIN and not others:
        return words(
            "{name} is the last administrator who can be reached. Please invite another one first: "
            "without one, nobody could send notices or invite anybody.",
            name=held.full_name,
        )
    return None


def _left_alone(errand: Errand, held: Held) -> Markup:
    """Where nobody else is reminded for the agency any more."""
    others = errand.people.holding(FOCAL, agencies=[held.agency_id])
    if held.role != FOCAL or any(each.person_id != held.person_id for each in others):
        return Markup()
    agency = dismissed.agency(errand, held)
    return errand.words(
        "{agency} is then left without a focal point who can be reached.", agency=agency
    )


def record(errand: Errand, services: Services) -> Replies:
    """Looked at once more: another may have ended it, or the other administrators."""
    words, roles = errand.words, Roles(errand.session)
    number = errand.talk.data["role"]
    roles.lock(ADMIN)
    held = roles.get(number)
    if held is None:
        return leave(errand)
    if told := _refused(errand, held):
        return errand.finish(told)
    alone = _left_alone(errand, held)
    roles.end(number, errand.now)
    if held.role == FOCAL:
        successions.leave(errand.session, held.person_id, held.agency_id, errand.now)
    menus = dismissed.tell(errand, held, dismissed.ENDED, alone)
    told = words(
        "Ended: {who}. For {days} days the role can be given back here.",
        who=dismissed.shown(errand, held),
        days=RESTORED_WITHIN.days,
    )
    back = Link(words("Give the role back"), f"thoivai {RESTORE} {held.id}")
    text = join([told, alone, _comes_back(errand, held, services)])
    return [*errand.finish(text, back), *menus]


def _comes_back(errand: Errand, held: Held, services: Services) -> Markup:
    box = errand.people.reached_at(held.person_id)
    if held.role != ADMIN or box is None or box[1] not in services.admins:
        return Markup()
    return errand.words(
        "ADMIN_IDS still names this person: until the operator takes the number out, /start makes "
        "them an administrator again."
    )


def _restore(errand: Errand, number: int) -> Replies:
    words, roles = errand.words, Roles(errand.session)
    held = roles.get(number)
    if held is None or not roles.restore(number, errand.now):
        told = words(
            "This role cannot be given back: it is held, it ended more than {days} days ago, or "
            "its person is not here any more. A new invitation makes a new role.",
            days=RESTORED_WITHIN.days,
        )
        return errand.say(told)
    menus = dismissed.tell(errand, held, dismissed.RESTORED)
    told = words("Given back: {who}.", who=dismissed.shown(errand, held))
    return [*errand.say(told), *menus]


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was changed."))


def _ask(
    errand: Errand,
    step: str,
    question: Markup,
    options: Sequence[Option],
    *,
    kept: Mapping[str, object] | None = None,
    numbered: bool = False,
) -> Replies:
    words = errand.words
    shown = [*options, Option("leave", words("Change nothing"), words("no|go back"))]
    return errand.ask(step, question, shown, kept or {}, numbered=numbered)


def build_router() -> Router:
    router = Router(name="dismissing")
    admin = May(ADMIN)
    say(router, begin, admin, Asked("thoivai"))
    say(router, leave, admin, At(WHO, CONFIRM), Chose("leave"))
    say(router, leave, admin, Open(WHO, CONFIRM), Asked("huy"))
    say(router, choose, admin, At(WHO), Chose())
    say(router, record, admin, At(CONFIRM), Chose("yes"))
    return router
