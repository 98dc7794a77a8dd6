"""`/xingiahan`: an agency asks the standing agency for more time for this year's report.

Typed at once, `/xingiahan 15/11 bão làm hỏng sổ sách`, or asked for: until when, and why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from aiogram import Router

from handlers import menu
from handlers.commands import ADMIN, FOCAL, OFFICIAL, Command
from handlers.language import Markup, Words, join
from handlers.lookup import step_of
from handlers.reminding import days, telling, wishes
from handlers.reminding.errand import Errand
from handlers.routing import Asked, At, Chose, Lacks, May, Open, Replies, say
from handlers.talk import FREE, Link, Option
from plan.answers.spans import split_day
from plan.deadlines import Deadline
from storage.agencies import NamedAgency
from storage.extensions import Extensions
from storage.tables import ExtensionRequest

UNTIL, REASON, CONFIRM = "xingiahan.until", "xingiahan.reason", "xingiahan.confirm"
WITHDRAWS = {"rut", "huy", "bo"}


@dataclass(frozen=True, slots=True)
class Wish:
    """More time for one agency's report of this year."""

    errand: Errand
    agency: NamedAgency
    deadline: Deadline

    def take(self, said: str) -> Replies:
        """A day, or a day and the reason at once; what is missing is asked for."""
        words, today = self.errand.words, self.errand.today
        split = split_day(said, today)
        alone = split is None or split.before
        typed, reason = (said, "") if split is None or alone else (split.typed, split.after)
        on, reading = days.read_day(typed, today)
        if on is None:
            return self.ask_until(days.refused(words, typed, reading, self._example()))
        return self.until(on, reason)

    def until(self, on: date, reason: str) -> Replies:
        words = self.errand.words
        if told := wishes.unfit(words, self.deadline, on, self.errand.today):
            return self.ask_until(told)
        told = wishes.bad_reason(words, reason) if reason else None
        return self._confirm(on, reason) if reason and not told else self._ask_reason(on, told)

    def ask_until(self, told: Markup | None = None) -> Replies:
        words = self.errand.words
        question = words(
            "Until which day do you ask for more time for the {year} report of {agency}? The "
            "deadline is now the end of {day}. Type a day, for example {example}.",
            year=self.deadline.year,
            agency=self.agency.name,
            day=words.weekday(self.deadline.last_day),
            example=words.day(self._example()),
        )
        return self._ask(UNTIL, question, told)

    def _ask_reason(self, on: date, told: Markup | None) -> Replies:
        words = self.errand.words
        question = words(
            "Until the end of {day}. For what reason? The standing agency decides by it; at least "
            "{least} characters. Do not send classified content.",
            day=words.weekday(on),
            least=wishes.REASON_LEAST,
        )
        return self._ask(REASON, question, told, {"until": on.isoformat(), FREE: True})

    def _confirm(self, on: date, reason: str) -> Replies:
        words = self.errand.words
        about = {"agency": self.agency.name, "year": self.deadline.year}
        text = join(
            [
                words("<b>Request for more time</b>"),
                words("{agency}, report of {year}", **about),
                wishes.difference(words, self.deadline.last_day, on),
                words("Reason: {reason}", reason=reason),
                words("Shall it be sent to the standing agency?"),
            ]
        )
        kept = {"until": on.isoformat(), "reason": reason}
        yes = Option("send", words("Send the request"), words("send|yes"))
        return self._ask(CONFIRM, text, None, kept, [yes])

    def _ask(
        self,
        step: str,
        question: Markup,
        told: Markup | None,
        kept: Mapping[str, object] | None = None,
        options: Sequence[Option] = (),
    ) -> Replies:
        """With what was wrong before it, if anything was."""
        words = self.errand.words
        about = {"agency": self.agency.id, **(kept or {})}
        leave = Option("leave", words("Do not send"), words("no|drop it"))
        return self.errand.ask(step, question, [*options, leave], about, told=told)

    def _example(self) -> date:
        return wishes.example(self.deadline, self.errand.rules, self.errand.today)


def begin(command: Command | None, errand: Errand) -> Replies:
    found = errand.lookup.own(errand.lookup.meant(command))
    if not isinstance(found, tuple):
        return found
    agency, said = found
    if said.casefold() in WITHDRAWS:
        return withdraw(errand, agency)
    told = _waits(errand, agency) or wishes.nothing_to_extend(errand, agency)
    if told:
        return errand.say(told, *_take_back(errand, agency))
    wish = _wish(errand, agency.id)
    return wish.take(said) if said else wish.ask_until()


def begin_anyway(command: Command, errand: Errand) -> Replies:
    """Who may not grant an extension, and says "gia hạn", means to ask for one."""
    if command.slashed:
        return menu.answer_unknown_command(errand.talk, errand.words)
    return begin(replace(command, name="xingiahan"), errand)


def read_until(errand: Errand) -> Replies:
    return _wish(errand, errand.talk.data["agency"]).take(errand.talk.turn.text)


def read_reason(errand: Errand) -> Replies:
    data = errand.talk.data
    said = errand.talk.turn.text.strip() or "-"
    return _wish(errand, data["agency"]).until(date.fromisoformat(data["until"]), said)


def send(errand: Errand) -> Replies:
    """Asked once more whether it still makes sense: the button may be pressed days later."""
    words, data = errand.words, errand.talk.data
    wish = _wish(errand, data["agency"])
    agency, until_on = wish.agency, date.fromisoformat(data["until"])
    told = _waits(errand, agency) or wishes.nothing_to_extend(errand, agency)
    if told:
        return errand.finish(told, *_take_back(errand, agency))
    if told := wishes.unfit(words, wish.deadline, until_on, errand.today):
        return wish.ask_until(told)
    request = Extensions(errand.session).ask(
        agency.id,
        errand.today.year,
        until_on,
        reason=data["reason"],
        person_id=errand.member.person_id,
        now=errand.now,
    )
    heard = _pass_on(errand, request, wish)
    told = words(
        "Request no. {n} has been sent to the standing agency. Until it is decided, the deadline "
        "and the reminders stay as they are. You will be told of the decision.",
        n=request.id,
    )
    nobody = words("Nobody at the standing agency can be reached here now; please call them.")
    text = join([told, "" if heard else nobody], "\n\n")
    return errand.finish(text, *_take_back(errand, agency))


def _pass_on(errand: Errand, request: ExtensionRequest, wish: Wish) -> int:
    """To whoever may decide; how many that are."""
    last, name = wish.deadline.last_day, errand.member.full_name
    receivers = list(telling.deciders(errand.people))
    for to, words in receivers:
        text = wishes.letter(words, request, wish.agency.name, name, last)
        hint = words("/giahan shows every request that waits for a decision.")
        links = wishes.decisions(words, request)
        key = f"extension:{request.id}"
        telling.tell(errand.people, key, to, join([text, hint]), errand.now, links)
    return len(receivers)


def leave(errand: Errand) -> Replies:
    return errand.finish(errand.words("No request was sent."))


def withdraw(errand: Errand, agency: NamedAgency) -> Replies:
    """Any focal point of the agency may: it is the agency's request."""
    extensions, words = Extensions(errand.session), errand.words
    request = extensions.open_of(agency.id, errand.today.year)
    by = errand.member.person_id
    if request is None or not extensions.withdraw(request, by=by, now=errand.now):
        return errand.say(words("No request of your agency waits for a decision."))
    for to, theirs in telling.deciders(errand.people):
        text = _withdrawn(theirs, request, agency.name)
        telling.tell(errand.people, f"extension:{request.id}:withdrawn", to, text, errand.now)
    told = words("Request no. {n} is withdrawn. The deadline stays as it was.", n=request.id)
    return errand.say(told)


def _withdrawn(words: Words, request: ExtensionRequest, agency: str) -> Markup:
    return words(
        "Request no. {n} for more time ({agency}) is withdrawn. Nothing is to be decided.",
        n=request.id,
        agency=agency,
    )


def _wish(errand: Errand, agency_id: str) -> Wish:
    return Wish(errand, errand.named(agency_id), errand.deadline(agency_id))


def _waits(errand: Errand, agency: NamedAgency) -> Markup | None:
    request = Extensions(errand.session).open_of(agency.id, errand.today.year)
    if request is None:
        return None
    words = errand.words
    return words(
        "Request no. {n} of your agency waits for a decision since {time}: until the end of {day}.",
        n=request.id,
        time=words.moment(request.at),
        day=words.weekday(request.until_on),
    )


def _take_back(errand: Errand, agency: NamedAgency) -> list[Link]:
    """Where there is a request to be withdrawn."""
    waits = Extensions(errand.session).open_of(agency.id, errand.today.year)
    label = errand.words("Withdraw the request for more time")
    return [Link(label, f"xingiahan {agency.id} rut")] if waits else []


def build_router() -> Router:
    router = Router(name="asking")
    focal = May(FOCAL)
    say(router, begin, focal, Asked("xingiahan"))
    say(router, begin, focal, At(step_of("xingiahan")))
    say(router, begin_anyway, focal, Lacks(ADMIN, OFFICIAL), Asked("giahan"))
    say(router, leave, focal, At(UNTIL, REASON, CONFIRM), Chose("leave"))
    say(router, leave, focal, Open(UNTIL, REASON, CONFIRM), Asked("huy"))
    say(router, read_until, focal, At(UNTIL))
    say(router, read_reason, focal, At(REASON))
    say(router, send, focal, At(CONFIRM), Chose("send"))
    return router
