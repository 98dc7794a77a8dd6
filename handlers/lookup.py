"""Which agency is meant: one's own, or, for those who may see all, the one that was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command
from handlers.language import Words
from handlers.routing import Replies, Reply
from handlers.talk import Link, Talk
from plan.answers import fold
from plan.catalogue import Catalogue
from storage.agencies import Agencies, NamedAgency
from storage.people import Member

SURE, POSSIBLE, OFFERED = 90, 70, 6


def search(said: str, agencies: Sequence[NamedAgency], catalogue: Catalogue) -> list[NamedAgency]:
    """The agencies that may be meant, best first: one where it is certain. Accents are optional."""
    wanted = fold(said)
    by_id = {agency.id: agency for agency in agencies}
    aliases = {item.id: item.aliases for item in catalogue.agencies}
    spoken = {
        fold(way): agency.id
        for agency in agencies
        for way in (agency.id, agency.name, agency.short, *aliases.get(agency.id, ()))
    }
    if wanted in spoken:
        return [by_id[spoken[wanted]]]
    fitting = {way: id_ for way, id_ in spoken.items() if _numbers(wanted) <= _numbers(way)}
    if named := _whole_words(wanted, fitting):
        return [by_id[agency_id] for agency_id in named[:OFFERED]]
    return [by_id[agency_id] for agency_id in _alike(wanted, fitting)]


def _numbers(way: str) -> set[str]:
    """Quận 12 is no misspelling of Quận 2: a number is meant as it was typed."""
    return set(re.findall(r"[0-9]+", way))


def _whole_words(wanted: str, spoken: Mapping[str, str]) -> list[str]:
    found = (agency_id for way, agency_id in spoken.items() if f" {wanted} " in f" {way} ")
    return list(dict.fromkeys(found))


def _alike(wanted: str, spoken: Mapping[str, str]) -> list[str]:
    ranked = process.extract(wanted, spoken.keys(), scorer=fuzz.WRatio, limit=40)
    scores: dict[str, float] = {}
    for way, score, _ in ranked:
        scores.setdefault(spoken[way], score)
    best = [agency_id for agency_id, score in scores.items() if score >= POSSIBLE]
    sure = [agency_id for agency_id in best if scores[agency_id] >= SURE]
    if len(sure) == 1 and _alone(scores, sure[0]):
        return sure
    return best[:OFFERED]


def _alone(scores: dict[str, float], agency_id: str) -> bool:
    others = [score for other, score in scores.items() if other != agency_id]
    return not others or max(others) < SURE


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds the agency that a person means, among those this person may see."""

    talk: Talk
    words: Words
    member: Member
    agencies: Agencies
    catalogue: Catalogue
    today: date

    def asked(self, command: Command, said: str, on: date) -> NamedAgency | Replies:
        """The agency, or what to say where it is not clear or not for this person's eyes.

        One's own agencies are those of today; others are looked up as they were `on` that day.
        """
        member, agencies = self.member, self.agencies
        sees_all = member.may(OFFICIAL, ADMIN)
        held = member.agencies_as(FOCAL) or member.agencies_as(OFFICIAL, ADMIN)
        own = [agencies.named(agency_id, self.today) for agency_id in held]
        visible = agencies.on(on) if sees_all else own
        found = search(said, visible, self.catalogue) if said else own
        if len(found) == 1:
            return found[0]
        if not found and not sees_all:
            told = self.words("You can see your own agency only. Type the command alone.")
            return [self.talk.say(told), *self.talk.ask_again()]
        return [offer(self.talk, self.words, command, said, found), *self.talk.ask_again()]


def offer(
    talk: Talk, words: Words, command: Command, said: str, found: Sequence[NamedAgency]
) -> Reply:
    if not found:
        return talk.say(
            words(
                "No agency is called “{said}”. Type part of its name, with or without accents.",
                said=said[:40],
            )
        )
    rest = command.argument.removeprefix(said)  # the year, if one was typed
    asked = f"{command.name} {{}} {rest.strip()}"
    links = [Link(agency.short, asked.format(agency.id).strip()) for agency in found]
    if not said:
        return talk.say(words("You stand for more than one agency. Which one?"), links)
    told = words(
        "Several agencies fit “{said}”. Press one, or type for example /{command} {name}.",
        said=said[:40],
        command=command.name,
        name=found[0].short,
    )
    return talk.say(told, links)


def refuse_year(talk: Talk, words: Words, command: Command, today: date) -> Replies:
    """Before the plan, after it, or not come yet."""
    told = words(
        "Please type a year of the plan, for example /{command} {year}.",
        command=command.name,
        year=today.year,
    )
    return [talk.say(told), *talk.ask_again()]
