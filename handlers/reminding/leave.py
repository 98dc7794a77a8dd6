"""A stretch of days on which a focal point is away, as it is put together and written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers import commandmenu
from handlers.language import Markup, words_for
from handlers.reminding import standins
from handlers.reminding.colleagues import INVITE, Colleagues
from handlers.reminding.errand import Errand
from handlers.reminding.successions import DEPUTY
from handlers.routing import Replies, Reply
from handlers.services import Services
from handlers.talk import Link, Option
from plan.answers.spans import read_span
from storage.absences import Absences
from storage.agencies import NamedAgency
from storage.tables import Absence

DAYS, WHO, CONFIRM = "uyquyen.days", "uyquyen.who", "uyquyen.confirm"
DAYS_MOST = 180
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Leave:
    """Of one person from one agency."""

    errand: Errand
    agency: NamedAgency

    @property
    def colleagues(self) -> Colleagues:
        return Colleagues(self.errand, self.agency.id)

    @property
    def absences(self) -> Absences:
        return Absences(self.errand.session)

    def take(self, said: str) -> Replies:
        words, span = self.errand.words, read_span(said, self.errand.today)
        if span is None:
            unread = words("“{said}” could not be read as a stretch of days.", said=said[:SHOWN])
            return self.ask_days(unread)
        if told := self._unfit(span.first, span.last):
            return self.ask_days(told)
        return self.who(span.first, span.last, span.after)

    def who(self, first: date, last: date, said: str) -> Replies:
        if not said:
            return self._ask_who(first, last)
        found = self.colleagues.meant(said)
        if found is None:
            words = self.errand.words
            told = words("“{said}” is nobody whom the system knows there.", said=said[:SHOWN])
            return self._ask_who(first, last, told)
        return self.confirm(first, last, str(found[0]))

    def ask_days(self, told: Markup | None = None) -> Replies:
        words, calendar, today = self.errand.words, self.errand.rules.calendar, self.errand.today
        first, last = calendar.shift(today, 1), calendar.shift(today, 5)
        question = words(
            "From which day to which are you away from {agency}? For example {example}.",
            agency=self.agency.name,
            example=f"{words.day(first)} - {words.day(last)}",
        )
        return self._ask(DAYS, question, told)

    def _ask_who(self, first: date, last: date, told: Markup | None = None) -> Replies:
        words = self.errand.words
        question = words(
            "From {first} to the end of {last}: who stands in for you at {agency}? Choose, or "
            "type a name.",
            first=words.weekday(first),
            last=words.weekday(last),
            agency=self.agency.name,
        )
        invite = Option(INVITE, words("Invite a colleague"), words("invite"))
        options = [*self.colleagues.options(), invite]
        return self._ask(WHO, question, told, _days(first, last), options, numbered=True)

    def confirm(self, first: date, last: date, who: str) -> Replies:
        """What will hold, before it does."""
        words, found = self.errand.words, self.colleagues.known(who)
        if who != INVITE and found is None:
            gone = words("This colleague is not here any more.")
            return self._ask_who(first, last, gone)
        about = {
            "agency": self.agency.name,
            "first": words.weekday(first),
            "last": words.weekday(last),
        }
        if found:
            if told := self._away_too(found, first, last):
                return self._ask_who(first, last, told)
            text = words(
                "From {first} to the end of {last}, {name} stands in for you at {agency}: gets "
                "your reminders, and can fill in the report. You get none of them meanwhile. "
                "Is that right?",
                name=found[1],
                **about,
            )
        else:
            text = words(
                "The system makes an invitation for a colleague, who becomes a focal point of "
                "{agency} beside you and stands in from {first} to the end of {last}. Until it is "
                "accepted nobody stands in. Is that right?",
                **about,
            )
        yes = Option("yes", words("Right"), words("yes|ok|correct"))
        return self._ask(CONFIRM, text, None, {**_days(first, last), "who": who}, [yes])

    def record(self, first: date, last: date, who: str, services: Services) -> Replies:
        """Looked at once more: the button may be pressed days later."""
        errand, words = self.errand, self.errand.words
        found = self.colleagues.known(who)
        if told := self._unfit(first, last):
            return self.ask_days(told)
        if who != INVITE and found is None:
            return self.confirm(first, last, who)
        absence = self.absences.leave(
            errand.member.person_id,
            self.agency.id,
            first,
            last,
            deputy_id=found[0] if found else None,
            reason="",
            now=errand.now,
        )
        if found is None:
            return self._invited(services)
        standins.announce(errand.session, absence, errand.rules.calendar, errand.now)
        told = words(
            "Recorded: {name} stands in for you at {agency} from {first} to the end of {last}, and "
            "is told. To come back earlier, press the button or type /uyquyen ketthuc.",
            name=found[1],
            agency=self.agency.name,
            first=words.weekday(first),
            last=words.weekday(last),
        )
        return [*errand.finish(told, self._back()), *menu_of_deputy(errand, absence)]

    def _invited(self, services: Services) -> Replies:
        words, talk = self.errand.words, self.errand.talk
        told = words(
            "Recorded. Please forward the next message to your colleague. You are told as soon as "
            "the invitation is accepted."
        )
        self.errand.end()
        card = self.colleagues.invite(DEPUTY, services, "uyquyen")
        return [talk.say(told, [self._back()]), card, *talk.ask_again()]

    def _back(self) -> Link:
        return Link(self.errand.words("I am back"), f"uyquyen {self.agency.id} ketthuc")

    def _unfit(self, first: date, last: date) -> Markup | None:
        """Why these days cannot be."""
        words, errand = self.errand.words, self.errand
        days = {"first": words.weekday(first), "last": words.weekday(last)}
        if last < first:
            return words("{last} is before {first}.", **days)
        if first < errand.today:
            return words("{first} is past already: type today or a day to come.", **days)
        if (last - first).days >= DAYS_MOST:
            return words(
                "That is more than {most} days: for so long please hand over, /bangiao.",
                most=DAYS_MOST,
            )
        person_id = errand.member.person_id
        if covered := self.absences.covered_by(person_id, self.agency.id, first, last):
            return words(
                "You stand in for {name} on some of these days: please let {name} choose somebody "
                "else first.",
                name=errand.people.name(covered[0].person_id),
            )
        other = self.absences.current(self.agency.id, person_id, first, last)
        if other is None:
            return None
        return words(
            "You are away from {first} to the end of {last} already. To change that, type /uyquyen "
            "ketthuc first.",
            first=words.weekday(other.from_on),
            last=words.weekday(other.to_on),
        )

    def _away_too(self, found: tuple[int, str], first: date, last: date) -> Markup | None:
        words = self.errand.words
        other = self.absences.current(self.agency.id, found[0], first, last)
        if other is None:
            return None
        return words(
            "{name} is away, too, from {first} to the end of {last}.",
            name=found[1],
            first=words.weekday(other.from_on),
            last=words.weekday(other.to_on),
        )

    def _ask(
        self,
        step: str,
        question: Markup,
        told: Markup | None,
        kept: Mapping[str, object] | None = None,
        options: Sequence[Option] = (),
        *,
        numbered: bool = False,
    ) -> Replies:
        """With what was wrong before it, if anything was."""
        words, about = self.errand.words, {"agency": self.agency.id, **(kept or {})}
        shown = [*options, Option("leave", words("Change nothing"), words("no|go back"))]
        return self.errand.ask(step, question, shown, about, told=told, numbered=numbered)


def menu_of_deputy(errand: Errand, absence: Absence) -> list[Reply]:
    """The commands in the deputy's chat, where they are others now."""
    box = errand.people.reached_at(absence.deputy_id or 0)
    deputy = errand.people.at(*box, errand.today) if box else None
    return [commandmenu.menu_for(deputy, words_for(deputy.language))] if deputy else []


def _days(first: date, last: date) -> dict[str, object]:
    return {"first": first.isoformat(), "last": last.isoformat()}
