"""What is said of a role that was ended or given back: to its person, and to administrators."""

from handlers import commandmenu
from handlers.joining import role_name
from handlers.language import Markup, Words, join, words_for
from handlers.reminding import telling
from handlers.reminding.errand import Errand
from handlers.routing import Reply
from storage.roles import Held

ENDED, RESTORED = "ended", "restored"


def agency(errand: Errand, held: Held) -> str:
    found = errand.agencies.find(held.agency_id, errand.today)
    return found.name if found else held.agency_id


def shown(errand: Errand, held: Held) -> Markup:
    """As short as a button wants it."""
    words, found = errand.words, errand.agencies.find(held.agency_id, errand.today)
    return words(
        "{name} – {role}, {agency}",
        name=held.full_name,
        role=role_name(words, held.role),
        agency=found.short if found else held.agency_id,
    )


def tell(errand: Errand, held: Held, what: str, alone: Markup | None = None) -> list[Reply]:
    """The person, whose menu of commands changes with the role, and the other administrators."""
    people, me = errand.people, errand.member.person_id
    key = f"role:{held.id}:{what}:{errand.now.timestamp():.0f}"
    menus: list[Reply] = []
    for to, words in telling.person(people, held.person_id):
        if held.person_id != me:
            text = _to_them(errand, words, held, what)
            telling.tell(people, f"{key}:them", to, text, errand.now)
        if member := people.at(to.channel, to.address, errand.today):
            menus.append(commandmenu.menu_for(member, words_for(member.language)))
    for to, words in telling.administrators(people, but=me):
        if to.person_id != held.person_id:
            text = join([_to_others(errand, words, held, what), alone or Markup()])
            telling.tell(people, f"{key}:admins", to, text, errand.now)
    return menus


def _to_them(errand: Errand, words: Words, held: Held, what: str) -> Markup:
    about = {"role": role_name(words, held.role), "agency": agency(errand, held)}
    if what == RESTORED:
        return words("You are the {role} of {agency} again. /menu shows what you can do.", **about)
    return words(
        "The standing agency has ended your role as {role} of {agency}. What you have reported "
        "stays with the agency. If this is a mistake, please tell the standing agency. Thank you "
        "for your work.",
        **about,
    )


def _to_others(errand: Errand, words: Words, held: Held, what: str) -> Markup:
    about = {
        "by": errand.member.full_name,
        "name": held.full_name,
        "role": role_name(words, held.role),
        "agency": agency(errand, held),
    }
    if what == RESTORED:
        return words("{by} has given {name} the role of {role} of {agency} back.", **about)
    return words("{by} has ended the role of {name} as {role} of {agency}.", **about)
