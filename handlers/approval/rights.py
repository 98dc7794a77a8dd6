"""Who may look at a report that was sent, and who may decide on it: asked anew at each press."""

from collections.abc import Collection
from dataclasses import dataclass

from handlers.commands import OFFICIAL
from handlers.reminding import telling
from handlers.reminding.errand import Errand
from storage.approvals import Official
from storage.people import Member, People
from storage.situations import Situations


@dataclass(frozen=True, slots=True)
class Rights:
    """`office`: decides for the standing agency. `led`: leads these agencies, and agrees first."""

    office: bool
    led: Collection[str]

    def see(self, agency_id: str) -> bool:
        return self.office or agency_id in self.led


def rights_of(errand: Errand) -> Rights:
    return rights_of_member(errand.member, errand.people)


def rights_of_member(member: Member, people: People) -> Rights:
    offices = Situations(people.session).offices()
    led = [each for each in member.agencies_as(OFFICIAL) if each not in offices]
    return Rights(telling.may_decide(member, people), led if member.consented else ())


def official(errand: Errand) -> Official:
    turn = errand.talk.turn
    return Official(errand.member.person_id, turn.channel, errand.now, errand.today)
