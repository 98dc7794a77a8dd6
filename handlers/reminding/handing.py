"""`/bangiao`: a focal point hands over for good; the old role ends when the new one is there."""

from collections.abc import Mapping, Sequence

from aiogram import Router

from handlers import commandmenu
from handlers.commands import FOCAL, Command
from handlers.language import Markup
from handlers.lookup import step_of
from handlers.reminding.colleagues import INVITE, Colleagues
from handlers.reminding.errand import Errand
from handlers.reminding.successions import HANDOVER, hand_over, handed_over
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.services import Services
from handlers.talk import Link, Option
from plan.answers import fold
from storage.agencies import NamedAgency

WHO, CONFIRM = "bangiao.who", "bangiao.confirm"
WITHDRAW = {"rut", "huy", "bo"}
SHOWN = 40


def begin(command: Command | None, errand: Errand) -> Replies:
    found = errand.lookup.own(errand.lookup.meant(command))
    if not isinstance(found, tuple):
        return found
    agency, said = found
    words = errand.words
    if agency.id in errand.member.deputy_in:
        told = words(
            "You stand in at {agency} for somebody else: only its focal point hands over.",
            agency=agency.name,
        )
        return errand.say(told)
    if fold(said) in WITHDRAW:
        return withdraw(errand, agency)
    if waiting := Colleagues(errand, agency.id).pending(HANDOVER):
        told = words(
            "An invitation for your successor at {agency} waits until {time}. Until it is accepted "
            "you stay the focal point.",
            agency=agency.name,
            time=words.moment(waiting[0].expires_at),
        )
        link = Link(words("Withdraw the invitation"), f"bangiao {agency.id} rut")
        return errand.say(told, link)
    return _named(errand, agency, said) if said else _ask_who(errand, agency)


def _named(errand: Errand, agency: NamedAgency, said: str) -> Replies:
    found = Colleagues(errand, agency.id).meant(said)
    if found is None:
        words = errand.words
        told = words("“{said}” is nobody whom the system knows there.", said=said[:SHOWN])
        return _ask_who(errand, agency, told)
    return _confirm(errand, agency, str(found[0]))


def _ask_who(errand: Errand, agency: NamedAgency, told: Markup | None = None) -> Replies:
    words = errand.words
    question = words(
        "To whom do you hand over at {agency}? Choose, or type a name. Your role ends only when "
        "your successor is there.",
        agency=agency.name,
    )
    invite = Option(INVITE, words("Invite a colleague"), words("invite"))
    options = [*Colleagues(errand, agency.id).options(), invite]
    return _ask(errand, agency, WHO, question, options, told=told)


def _confirm(errand: Errand, agency: NamedAgency, who: str) -> Replies:
    words, found = errand.words, Colleagues(errand, agency.id).known(who)
    if who != INVITE and found is None:
        return _ask_who(errand, agency, words("This colleague is not here any more."))
    if found:
        text = words(
            "{name} becomes the reporting focal point of {agency}, and you are not any more. The "
            "draft and every answer stay with the agency. Is that right?",
            name=found[1],
            agency=agency.name,
        )
    else:
        text = words(
            "The system makes an invitation for your successor at {agency}. Your role ends at the "
            "moment at which it is accepted, not before. Is that right?",
            agency=agency.name,
        )
    yes = Option("yes", words("Right"), words("yes|ok|correct"))
    return _ask(errand, agency, CONFIRM, text, [yes], kept={"who": who})


def read_who(errand: Errand, chosen: str | None) -> Replies:
    agency = errand.named(errand.talk.data["agency"])
    if chosen:
        return _confirm(errand, agency, chosen)
    return _named(errand, agency, errand.talk.turn.text.strip())


def record(errand: Errand, services: Services) -> Replies:
    """Looked at once more: the button may be pressed days later."""
    words, data = errand.words, errand.talk.data
    agency, who = errand.named(data["agency"]), data["who"]
    colleagues = Colleagues(errand, agency.id)
    found = colleagues.known(who)
    if found:
        return _hand_over(errand, agency, *found)
    if who != INVITE:
        return _confirm(errand, agency, who)
    told = words(
        "Please forward the next message to your successor. You are told as soon as the "
        "invitation is accepted; until then nothing changes."
    )
    errand.end()
    card = colleagues.invite(HANDOVER, services, "bangiao")
    menu = Link(words("Main menu"), "menu")
    return [errand.talk.say(told, [menu]), card, *errand.talk.ask_again()]


def _hand_over(errand: Errand, agency: NamedAgency, successor: int, name: str) -> Replies:
    talk, people, member = errand.talk, errand.people, errand.member
    errand.end()
    done = hand_over(
        errand.session,
        member.person_id,
        successor,
        agency.id,
        errand.rules.calendar,
        errand.now,
    )
    if not done:
        told = errand.words("You are not the focal point of {agency}.", agency=agency.name)
        return errand.say(told)
    if talk.data.get("agency") == agency.id:
        talk.close()
    replies = errand.say(handed_over(errand.words, name, agency.name))
    former = people.at(member.channel, member.address, errand.today)
    return [*replies, *([commandmenu.menu_for(former, errand.words)] if former else [])]


def withdraw(errand: Errand, agency: NamedAgency) -> Replies:
    words = errand.words
    if not Colleagues(errand, agency.id).revoke(HANDOVER):
        return errand.say(words("No invitation of yours waits."))
    told = words(
        "The invitation is withdrawn: you stay the focal point of {agency}.", agency=agency.name
    )
    return errand.say(told)


def leave_it(errand: Errand) -> Replies:
    return errand.finish(errand.words("Nothing was changed."))


def _ask(
    errand: Errand,
    agency: NamedAgency,
    step: str,
    question: Markup,
    options: Sequence[Option],
    *,
    told: Markup | None = None,
    kept: Mapping[str, object] | None = None,
) -> Replies:
    words, about = errand.words, {"agency": agency.id, **(kept or {})}
    shown = [*options, Option("leave", words("Change nothing"), words("no|go back"))]
    return errand.ask(step, question, shown, about, told=told, numbered=step == WHO)


def build_router() -> Router:
    router = Router(name="handing")
    focal = May(FOCAL)
    say(router, begin, focal, Asked("bangiao"))
    say(router, begin, focal, At(step_of("bangiao")))
    say(router, leave_it, focal, At(WHO, CONFIRM), Chose("leave"))
    say(router, leave_it, focal, Open(WHO, CONFIRM), Asked("huy"))
    say(router, read_who, focal, At(WHO))
    say(router, record, focal, At(CONFIRM), Chose("yes"))
    return router
