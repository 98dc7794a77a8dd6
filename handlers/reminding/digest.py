"""One letter for everything that one person is to hear in the morning."""

from collections.abc import Sequence

from aiogram.methods import SendMessage

from handlers.language import PAGE, Markup, join, sentence
from handlers.reminding import office
from handlers.reminding.greeting import greeting, message
from handlers.reminding.matters import Matter, Teller, Told
from handlers.talk import COMMAND
from plan.reminding.deciding import To
from storage.people import Member

BUTTONS_MOST = 6
AT_THE_OFFICE = {To.REVIEWER, To.ADMIN}
ORDER = ("returned", "explain", "report", "task", "plan", "campaign")


def compose(teller: Teller, member: Member, matters: Sequence[Matter]) -> SendMessage:
    """What is single is told in full; several are numbered, each with its deadline."""
    own = sorted(
        (matter for matter in matters if not _for_the_office(matter)),
        key=lambda matter: (ORDER.index(matter.kind), matter.agency.short, matter.item.aim_on),
    )
    agencies = {matter.agency.agency_id for matter in own}
    said = [(matter.agency.short, teller.told(matter)) for matter in own]
    said += [("", each) for each in _office(teller, matters)]
    shown = {short for short, _ in said if short}
    agency = shown.pop() if len(agencies) == 1 else ""
    if len(said) == 1:
        told = said[0][1]
        parts = [greeting(teller.words, member, agency), *told.parts, told.todo]
        return message(member, join(parts, "\n\n"), _pressed([*told.buttons, *told.later]))
    numbered = [
        _numbered(teller, n, short if len(agencies) > 1 else "", told)
        for n, (short, told) in enumerate(said, 1)
    ]
    head = [greeting(teller.words, member, agency), _intro(teller, len(said))]
    tail = teller.words("Press a button, or type the command that you need; /menu shows them all.")
    text = _within(teller, head, numbered, tail)
    buttons = [
        (f"{n}. {label}", command)
        for n, (_, told) in enumerate(said, 1)
        for label, command in told.buttons
    ] + [
        (f"{n}. {label}", command)
        for n, (_, told) in enumerate(said, 1)
        for label, command in told.later
    ]
    return message(member, text, _pressed(buttons[:BUTTONS_MOST]))


def _pressed(buttons: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A press does what typing the command does."""
    return [(label, f"{COMMAND}:{command}") for label, command in buttons]


def _for_the_office(matter: Matter) -> bool:
    return matter.role in AT_THE_OFFICE


def _office(teller: Teller, matters: Sequence[Matter]) -> list[Told]:
    """A list for each kind and year, however many agencies it is about."""
    groups: dict[tuple[str, int], list[Matter]] = {}
    for matter in matters:
        if _for_the_office(matter):
            groups.setdefault((matter.kind, matter.year), []).append(matter)
    return [office.told(teller.words, kind, found) for (kind, _), found in groups.items()]


def _intro(teller: Teller, count: int) -> Markup:
    return teller.words.plural(
        "{count} matter needs your attention today:",
        "{count} matters need your attention today:",
        count,
    )


def _numbered(teller: Teller, number: int, agency: str, told: Told) -> Markup:
    text = join([*told.parts, told.todo if not told.buttons else Markup()], " ")
    if agency:
        return teller.words(
            "<b>{n}.</b> {agency}: {text}", n=number, agency=agency, text=sentence(text)
        )
    return teller.words("<b>{n}.</b> {text}", n=number, text=sentence(text))


def _within(teller: Teller, head: list[Markup], body: list[Markup], tail: Markup) -> Markup:
    """Short enough for any channel: what does not go in is counted."""
    for shown in range(len(body), -1, -1):
        left = len(body) - shown
        more = teller.words("And {count} more.", count=left) if left else Markup()
        text = join([*head, *body[:shown], more, tail], "\n\n")
        if len(text) <= PAGE:
            return text
    return join([*head, tail], "\n\n")
