"""What the standing agency says to a request for more time: yes, another day, or no and why."""

from datetime import date

from handlers.language import Markup, Words, join
from handlers.reminding import granted, telling, wishes
from handlers.reminding.errand import Errand
from handlers.reminding.granting import GIVE, Granting, Typed
from handlers.routing import Replies
from handlers.talk import FREE, Option
from plan.reminding.situations import Ease
from storage.extensions import OPEN, Extensions
from storage.tables import ExtensionRequest

AGREE, OTHER, REFUSE = "dongy", "ngaykhac", "tuchoi"
WORDS = (AGREE, OTHER, REFUSE)
ANSWER = "giahan.answer"


def decide(errand: Errand, said: str, rest: str) -> Replies:
    """`dongy 12`, `dongy 12 10/11`, `ngaykhac 12`, `tuchoi 12` and why: what buttons type."""
    number, _, more = rest.strip().partition(" ")
    request = Extensions(errand.session).get(int(number)) if number.isdecimal() else None
    if request is None:
        told = errand.words("There is no request no. {n}. /giahan lists those that wait.", n=number)
        return errand.say(told)
    if request.state != OPEN:
        return errand.say(wishes.settled(errand, request))
    if said == REFUSE:
        return _refuse(errand, request, more.strip())
    granting = Granting(GIVE, errand, errand.named(request.agency_id), request)
    if overtaken := wishes.nothing_to_extend(errand, granting.agency):
        return _overtaken(errand, request, overtaken)
    if said == OTHER or more.strip():
        return granting.take(Typed(granting.agency.id, more.strip()))
    return granting.record(Ease.EXTENSION, request.until_on, request.reason)


def _overtaken(errand: Errand, request: ExtensionRequest, told: Markup) -> Replies:
    """The report has come in meanwhile, or need not come: nobody has to look at this again."""
    Extensions(errand.session).withdraw(request, by=errand.member.person_id, now=errand.now)
    closed = errand.words("Request no. {n} is closed.", n=request.id)
    return errand.say(join([told, closed], " "))


def read_answer(errand: Errand) -> Replies:
    request = Extensions(errand.session).get(errand.talk.data["request"])
    if request is None or request.state != OPEN:
        return errand.finish(wishes.settled(errand, request) if request else "")
    return _refuse(errand, request, errand.talk.turn.text.strip())


def _refuse(errand: Errand, request: ExtensionRequest, answer: str) -> Replies:
    """Only with a reason: the agency is told it word for word."""
    words = errand.words
    agency = errand.named(request.agency_id)
    told = wishes.bad_reason(words, answer) if answer else None
    if not answer or told:
        return _ask_answer(errand, request, told)
    by = errand.member.person_id
    if not Extensions(errand.session).refuse(request, answer, by=by, now=errand.now):
        return errand.finish(wishes.settled(errand, request))
    last = errand.deadline(agency.id).last_day
    receivers = list(telling.focal_points(errand.people, agency.id))
    for to, theirs in receivers:
        text = _news(theirs, request, agency.name, last)
        telling.tell(errand.people, f"extension:{request.id}:refused", to, text, errand.now)
    told = words("Request no. {n} is refused: {agency}.", n=request.id, agency=agency.name)
    heard = granted.heard(words, len(receivers))
    return errand.finish(join([told, words("Reason: {reason}", reason=answer), heard]))


def _ask_answer(errand: Errand, request: ExtensionRequest, told: Markup | None) -> Replies:
    words = errand.words
    question = words(
        "Request no. {n} ({agency}): why is it refused? The agency is told; at least {least} "
        "characters.",
        n=request.id,
        agency=errand.named(request.agency_id).name,
        least=wishes.REASON_LEAST,
    )
    leave = Option("leave", words("Do not record"), words("no|drop it"))
    return errand.ask(ANSWER, question, [leave], {"request": request.id, FREE: True}, told=told)


def _news(words: Words, request: ExtensionRequest, agency: str, last: date) -> Markup:
    return join(
        [
            words("<b>From the standing agency – {agency}</b>", agency=agency),
            words(
                "Request no. {n} for more time until the end of {day} is refused.",
                n=request.id,
                day=words.weekday(request.until_on),
            ),
            words("Reason: {reason}", reason=request.answer),
            words("The report is due by the end of {day}.", day=words.weekday(last)),
        ]
    )
