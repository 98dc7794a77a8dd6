"""`/danhmuc`: what is listed of one agency, or in the whole city, as of today."""

from collections import Counter
from collections.abc import Sequence

from aiogram import Router

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command
from handlers.errands import asking
from handlers.errands.asking import FACILITIES, XLSX
from handlers.language import Markup, join
from handlers.lookup import step_of
from handlers.register import confirming, taking
from handlers.register.proposal import days
from handlers.register.registry import COMMAND, Registry
from handlers.routing import Asked, At, May, Replies, say
from handlers.talk import Link
from plan import facilities
from plan.answers import fold
from plan.facilities import Category, Facility
from storage.agencies import NamedAgency

VERBS = {
    "mau": "template",
    "excel": "template",
    "tai mau": "template",
    "nhap": "import",
    "hoan tac": "undo",
    "hoantac": "undo",
}
NAMES_MOST = 60
"""Of one category; the file has them all."""


def show(command: Command | None, registry: Registry) -> Replies:
    """`/danhmuc`, `/danhmuc quan 1`, `/danhmuc quan 1 TV1.3`, or a verb."""
    command = registry.lookup.meant(command)
    verb, rest = _verb(command.argument)
    if verb in {"import", "undo"}:
        return _change(registry, verb, rest)
    said, category = _split(registry, rest)
    if verb == "template":
        return _send_template(registry, said)
    if not said and registry.sees_all and not registry.reports:
        return _overview(registry)
    agency = registry.lookup.asked(command, said, on=registry.today)
    if not isinstance(agency, NamedAgency):
        return agency
    return _of_agency(registry, agency, category)


def _change(registry: Registry, verb: str, number: str) -> Replies:
    if not registry.may_change:
        told = registry.words("Only administrators of the standing agency change this.")
        return registry.say(told)
    return taking.ask_file(registry) if verb == "import" else confirming.undo(registry, number)


def _verb(argument: str) -> tuple[str, str]:
    parts = argument.split()
    for length in (2, 1):
        verb = VERBS.get(fold(" ".join(parts[:length]))) if len(parts) >= length else None
        if verb:
            return verb, " ".join(parts[length:])
    if parts and VERBS.get(fold(parts[-1])) == "template":
        return "template", " ".join(parts[:-1])
    return "", argument


def _split(registry: Registry, said: str) -> tuple[str, Category | None]:
    """The agency, and the category whose code stands behind it."""
    head, _, last = said.rpartition(" ")
    codes = {fold(code): each for each in registry.categories for code in each.codes}
    found = codes.get(fold(last))
    return (head.strip(), found) if found else (said.strip(), None)


def _send_template(registry: Registry, said: str) -> Replies:
    """With what is listed now, so that it can be changed and sent back."""
    agency, command = None, Command(COMMAND, f"{said} excel".strip())
    if said or not registry.sees_all:
        found = registry.lookup.asked(command, said, on=registry.today)
        if not isinstance(found, NamedAgency):
            return found
        agency = found.id
    wanted = {"agency": agency, "form": XLSX}
    kept = registry.talk, registry.words, registry.session, registry.member
    return [asking.ask(*kept, FACILITIES, wanted), *registry.talk.ask_again()]


def _overview(registry: Registry) -> Replies:
    words, found = registry.words, registry.facilities.counts(registry.today)
    title = words("<b>Facility register on {day}</b>", day=words.day(registry.today))
    total: Counter[str] = Counter()
    for (_, key), count in found.items():
        total[key] += count
    lines = [_counted(registry, each, total[each.key]) for each in registry.categories]
    agencies = len({agency_id for agency_id, _ in found})
    parts = [
        title,
        join([line for line in lines if line]) or words("Nothing is listed yet."),
        words.plural("{count} agency has a list.", "{count} agencies have a list.", agencies)
        if found
        else Markup(),
        _last(registry),
        words("One agency: type /danhmuc and its name, for example /danhmuc quan 1."),
    ]
    return [
        *registry.talk.pages([part for part in parts if part], _links(registry)),
        *registry.talk.ask_again(),
    ]


def _counted(registry: Registry, category: Category, count: int) -> Markup:
    words = registry.words
    if not count:
        return Markup()
    return words("• {category}: {count}", category=category.name, count=words.number(count))


def _last(registry: Registry) -> Markup:
    words, change = registry.words, registry.facilities.last()
    if change is None:
        return Markup()
    return words("Last changed: no. {n}, {time}.", n=change.number, time=words.moment(change.at))


def _links(registry: Registry) -> list[Link]:
    words = registry.words
    found = [Link(words("Excel template"), f"{COMMAND} mau")]
    if registry.may_change:
        found.append(Link(words("Import a file"), f"{COMMAND} nhap"))
    return found


def _of_agency(registry: Registry, agency: NamedAgency, only: Category | None) -> Replies:
    words, held = registry.words, registry.facilities
    found = held.standing(registry.today, agency.id, only.key if only else "")
    title = words(
        "<b>{agency} – facility register on {day}</b>",
        agency=agency.name,
        day=words.day(registry.today),
    )
    listed = facilities.by_place(found)
    parts = [
        _category(registry, each, listed[agency.id, each.key])
        for each in registry.categories
        if (agency.id, each.key) in listed
    ]
    nothing = words("Nothing is listed here: totals are compared with nothing.")
    links = [Link(words("Download Excel"), f"{COMMAND} mau {agency.id}")]
    shown = [title, *(parts or [nothing]), _wrong(registry)]
    return [*registry.talk.pages(shown, links), *registry.talk.ask_again()]


def _category(registry: Registry, category: Category, rows: Sequence[Facility]) -> Markup:
    words = registry.words
    head = words(
        "<b>{category}: {count}</b>", category=category.name, count=words.number(len(rows))
    )
    lines = [
        words("{n}. {name}{days}", n=n, name=each.name, days=days(words, each))
        for n, each in enumerate(rows[:NAMES_MOST], 1)
    ]
    if more := len(rows) - len(lines):
        lines.append(words("… and {count} more", count=words.number(more)))
    return join([head, *lines])


def _wrong(registry: Registry) -> Markup:
    """How to have it corrected: by whoever may, or by telling them."""
    words = registry.words
    if registry.may_change:
        return words("To change it: /danhmuc nhap.")
    if not registry.reports:
        return Markup()
    return words(
        "Is something missing or no more? Write it under difficulties in /loivan: the standing "
        "agency reads it there (/vuongmac) and corrects the register."
    )


def build_router() -> Router:
    router = Router(name="register showing")
    reader = May(FOCAL, OFFICIAL, ADMIN)
    say(router, show, reader, Asked(COMMAND))
    say(router, show, reader, At(step_of(COMMAND)))
    return router
