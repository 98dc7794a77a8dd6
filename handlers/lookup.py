"""Which agency is meant: one's own, or, for those who may see all, the one that was typed."""

from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process

from handlers.commands import ADMIN, OFFICIAL
from handlers.language import Words
from handlers.routing import Replies
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
    ranked = process.extract(wanted, spoken.keys(), scorer=fuzz.WRatio, limit=40)
    scores: dict[str, float] = {}
    for way, score, _ in ranked:
        scores.setdefault(spoken[way], score)
    best = [agency_id for agency_id, score in scores.items() if score >= POSSIBLE]
    sure = [agency_id for agency_id in best if scores[agency_id] >= SURE]
    if len(sure) == 1 and _alone(scores, sure[0]):
        return [by_id[sure[0]]]
    return [by_id[agency_id] for agency_id in best[:OFFERED]]


def _alone(scores: dict[str, float], agency_id: str) -> bool:
    others = [score for other, score in scores.items() if other != agency_id]
    return not others or max(others) < SURE


def agency_asked(
    said: str,
    talk: Talk,
    words: Words,
    member: Member,
    agencies: Agencies,
    catalogue: Catalogue,
    today: date,
) -> NamedAgency | Replies:
    """The agency, or what to say where it is not clear or not for this person's eyes."""
    own = member.agency_as("focal", OFFICIAL, ADMIN)
    if not said and own:
        return agencies.named(own, today)
    found = search(said, agencies.on(today), catalogue)
    if not member.may(OFFICIAL, ADMIN):
        if own and [agency.id for agency in found] == [own]:
            return found[0]
        return talk.say(words("You can see your own agency only. Type the command alone."))
    if len(found) == 1:
        return found[0]
    command = fold(talk.turn.text).split()[0].lstrip("/") if talk.turn.text else "tiendo"
    return offer(talk, words, command, said, found)


def offer(
    talk: Talk, words: Words, command: str, said: str, found: Sequence[NamedAgency]
) -> Replies:
    if not found:
        return talk.say(
            words(
                "No agency is called “{said}”. Type part of its name, with or without accents.",
                said=said[:40],
            )
        )
    links = [Link(agency.short, f"{command} {agency.id}") for agency in found]
    return talk.say(words("Several agencies fit “{said}”. Which one?", said=said[:40]), links)
