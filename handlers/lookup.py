"""Which agency is meant: one's own, or, for those who may see all, the one that was typed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command
from handlers.language import Words
from handlers.routing import Replies
from handlers.talk import Option, Talk
from plan.answers import fold
from plan.catalogue import Catalogue
from storage.agencies import Agencies, NamedAgency
from storage.people import Member

POSSIBLE, OFFERED = 75, 6
KINDS = re.compile(r"\b(?:phuong|xa|dac khu|quan|huyen|thi tran)\b")
ID = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Found:
    """The agencies that may be meant, best first."""

    agencies: list[NamedAgency]
    alike: bool = False
    """None bears the name that was typed: a typing error perhaps, to be asked about."""

    @property
    def certain(self) -> NamedAgency | None:
        return self.agencies[0] if len(self.agencies) == 1 and not self.alike else None

    def among(self, held: Collection[str]) -> list[NamedAgency]:
        """One's own of these; what is merely alike counts only where nothing is more alike."""
        meant = self.agencies[:1] if self.alike else self.agencies
        return [agency for agency in meant if agency.id in held]


def search(said: str, agencies: Sequence[NamedAgency], catalogue: Catalogue) -> Found:
    """Exactly by id, else by name, short name or alias, accents or not; else by likeness."""
    wanted = fold(said)
    by_id = {agency.id: agency for agency in agencies}
    if _is_id(said, catalogue):
        return Found([by_id[said]] if said in by_id else [])
    aliases = {item.id: item.aliases for item in catalogue.agencies}
    spoken = {
        fold(way): agency.id
        for agency in agencies
        for way in (agency.id, agency.name, agency.short, *aliases.get(agency.id, ()))
    }
    spoken |= {way.replace(" ", ""): agency_id for way, agency_id in spoken.items()}
    if agency_id := spoken.get(wanted) or spoken.get(wanted.replace(" ", "")):
        return Found([by_id[agency_id]])
    fitting = {way: id_ for way, id_ in spoken.items() if _numbers(wanted) <= _numbers(way)}
    if named := _whole_words(wanted, fitting):
        ways = [way for way, agency_id in spoken.items() if agency_id in named]
        return Found([by_id[agency_id] for agency_id in named], alike=_of_other_kind(wanted, ways))
    return Found([by_id[agency_id] for agency_id in _alike(wanted, fitting)], alike=True)


def _is_id(said: str, catalogue: Catalogue) -> bool:
    """Built like an id, as buttons carry them: `quan-1`, but not `cu-chi`."""
    kinds = {agency.id.partition("-")[0] for agency in catalogue.agencies}
    return ID.fullmatch(said) is not None and said.partition("-")[0] in kinds


def _numbers(way: str) -> set[str]:
    """Quận 12 is no misspelling of Quận 2: a number is meant as it was typed."""
    return set(re.findall(r"[0-9]+", way))


def _whole_words(wanted: str, spoken: Mapping[str, str]) -> list[str]:
    """Part of a name, "binh", or a name among other words, "phong van hoa quan 1"."""
    ways = [way for way in spoken if _within(wanted, way)]
    if not ways:
        inside = [way for way in spoken if _within(way, wanted)]
        ways = [way for way in inside if not any(_within(way, w) for w in inside if w != way)]
    return list(dict.fromkeys(spoken[way] for way in ways))


def _of_other_kind(wanted: str, ways: Sequence[str]) -> bool:
    """Xã Cần Giờ is another body than Huyện Cần Giờ, although they share a name."""
    return not set(KINDS.findall(wanted)) <= set(KINDS.findall(" | ".join(ways)))


def _within(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} "


def _alike(wanted: str, spoken: Mapping[str, str]) -> list[str]:
    # Whole against whole: a few letters in common with a long name are no likeness.
    ranked = process.extract(
        wanted, spoken.keys(), scorer=fuzz.ratio, score_cutoff=POSSIBLE, limit=40
    )
    return list(dict.fromkeys(spoken[way] for way, _, _ in ranked))


def step_of(command: str) -> str:
    """The question which agency a command is about."""
    return f"{command}.agency"


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds the agency that a person means, among those this person may see."""

    talk: Talk
    words: Words
    member: Member
    agencies: Agencies
    catalogue: Catalogue
    today: date

    def meant(self, command: Command | None) -> Command:
        """The command as typed, or, where its agency was asked for, with the answer to that."""
        if command is not None:
            return command
        data = self.talk.data
        said = self.talk.chosen() or self.talk.turn.text
        self.talk.take_up(data["aside"])
        return Command(data["command"], f"{said} {data['rest']}".strip())

    def of_own(self, said: str, *roles: str) -> list[NamedAgency]:
        """The agencies meant of those in which the person holds one of the roles.

        Looked for among all of today: another agency's name must not open one's own.
        """
        held = self.member.agencies_as(*roles)
        if not said:
            return [self.agencies.named(agency_id, self.today) for agency_id in held]
        return search(said, self.agencies.on(self.today), self.catalogue).among(held)

    def own(self, command: Command) -> tuple[NamedAgency, str] | Replies:
        """One's own agency as its focal point, and what else was typed.

        Of several the one whose id stands first, as an answer to the question which has it.
        """
        first, _, rest = command.argument.partition(" ")
        held = self.member.agencies_as(FOCAL)
        if first in held:
            return self.agencies.named(first, self.today), rest.strip()
        found = self.asked(command, "", on=self.today)
        return (found, command.argument) if isinstance(found, NamedAgency) else found

    def asked(self, command: Command, said: str, on: date) -> NamedAgency | Replies:
        """The agency, or what to say where it is not clear or not for this person's eyes.

        One's own agencies are those of today; others are looked up as they were `on` that day.
        """
        if said and self.member.may(OFFICIAL, ADMIN):
            found = search(said, self.agencies.on(on), self.catalogue)
            return found.certain or self._offer(command, said, found)
        role = (FOCAL,) if self.member.may(FOCAL) else (OFFICIAL, ADMIN)
        own = self.of_own(said, *role)
        if not own:
            told = self.words("You can see your own agency only. Type the command alone.")
            return [self.talk.say(told), *self.talk.ask_again()]
        return own[0] if len(own) == 1 else self._offer(command, said, Found(own))

    def _offer(self, command: Command, said: str, found: Found) -> Replies:
        """A numbered question; one that is open already comes again after it."""
        talk, words, name = self.talk, self.words, said[:40]
        if not found.agencies:
            told = words(
                "No agency is called “{said}”. Type part of its name, with or without accents.",
                said=name,
            )
            return [talk.say(told), *talk.ask_again()]
        if not said:
            told = words("You stand for more than one agency. Which one?")
        elif found.alike:
            told = words("No agency is called “{said}”. Is it one of these?", said=name)
        else:
            told = words("Several agencies fit “{said}”. Which one is meant?", said=name)
        rest = command.argument.split()[len(said.split()) :]  # the year, if one was typed
        return talk.ask(
            step_of(command.name),
            told,
            [Option(agency.id, agency.short) for agency in found.agencies[:OFFERED]],
            numbered=True,
            data={"command": command.name, "rest": " ".join(rest), "aside": self._aside()},
        )

    def _aside(self) -> object:
        """Of two such questions one after the other, only the later stays."""
        data = self.talk.data
        return data["aside"] if "aside" in data else self.talk.set_aside()


def refuse_year(talk: Talk, words: Words, command: Command, today: date) -> Replies:
    """Before the plan, after it, or not come yet."""
    told = words(
        "Please type a year of the plan, for example /{command} {year}.",
        command=command.name,
        year=today.year,
    )
    return [talk.say(told), *talk.ask_again()]
