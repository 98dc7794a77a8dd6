"""`/giahan` and `/tatnhac` of one agency: until when, why, the difference shown, then written.

Typed at once, `/giahan quan 1 15/11/2026 bão làm hỏng sổ sách`, or asked for step by step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.language import Markup, join
from handlers.reminding import days, granted, wishes
from handlers.reminding.errand import Errand
from handlers.routing import Replies
from handlers.talk import FREE, Option
from plan.answers import fold
from plan.answers.spans import split_day
from plan.reminding.situations import Ease
from storage.agencies import NamedAgency
from storage.easings import Easings
from storage.extensions import Extensions
from storage.tables import Easing, ExtensionRequest

GIVE, QUIET = "giahan", "tatnhac"
UNTIL, REASON, CONFIRM = "until", "reason", "confirm"
EXEMPT = "mien"
QUIET_MOST = 366


@dataclass(frozen=True, slots=True)
class Typed:
    """`quan 1 15/11 bão`: an agency, a day or an exemption, a reason; only the first must be."""

    agency: str
    day: str = ""
    reason: str = ""
    exempt: bool = False


def parsed(said: str, today: date) -> Typed:
    if split := split_day(said, today):
        return Typed(split.before, split.typed, split.after)
    words = said.split()
    for place, word in enumerate(words):
        if fold(word) == EXEMPT:
            return Typed(" ".join(words[:place]), "", " ".join(words[place + 1 :]), exempt=True)
    return Typed(said)


@dataclass(frozen=True, slots=True)
class Granting:
    """What is about to be written of one agency, by `/giahan` or `/tatnhac`.

    `request`: it answers that one, and takes its reason from it.
    """

    command: str
    errand: Errand
    agency: NamedAgency
    request: ExtensionRequest | None = None

    @property
    def quiet(self) -> bool:
        return self.command == QUIET

    def take(self, typed: Typed) -> Replies:
        """As far as it goes; what is missing is asked for."""
        if typed.exempt and not self.quiet:
            return self.reason(Ease.EXEMPTION, None, typed.reason)
        if not typed.day:
            return self.ask_until()
        on, reading = days.read_day(typed.day, self.errand.today)
        if on is None:
            words = self.errand.words
            return self.ask_until(days.refused(words, typed.day, reading, self._example()))
        if told := self._unfit(on):
            return self.ask_until(told)
        return self.reason(Ease.MUTE if self.quiet else Ease.EXTENSION, on, typed.reason)

    def ask_until(self, told: Markup | None = None) -> Replies:
        words, year = self.errand.words, self.errand.today.year
        day = words.day(self._example())
        if self.quiet:
            question = words(
                "Until the end of which day is {agency} not to be reminded? For example {day}.",
                agency=self.agency.name,
                day=day,
            )
            return self._ask(UNTIL, question, told)
        question = words(
            "Until the end of which day is the {year} report of {agency} extended? "
            "For example {day}.",
            year=year,
            agency=self.agency.name,
            day=day,
        )
        exempt = Option("exempt", words("Exempt from the report"), words("exempt|exemption"))
        return self._ask(UNTIL, question, told, options=[] if self.request else [exempt])

    def reason(self, kind: Ease, until_on: date | None, reason: str) -> Replies:
        if self.request:
            return self._confirm(kind, until_on, self.request.reason)
        words = self.errand.words
        told = wishes.bad_reason(words, reason) if reason else None
        if reason and not told:
            return self._confirm(kind, until_on, reason)
        question = words(
            "{agency}: for what reason? It is kept, and the agency is told; at least {least} "
            "characters.",
            agency=self.agency.name,
            least=wishes.REASON_LEAST,
        )
        return self._ask(REASON, question, told, {**_kept(kind, until_on), FREE: True})

    def _confirm(self, kind: Ease, until_on: date | None, reason: str) -> Replies:
        words = self.errand.words
        row = self._row(kind, until_on, reason)
        text = join(
            [
                words("<b>{agency}</b>", agency=self.agency.name),
                granted.effect(self.errand, row),
                words("Reason: {reason}", reason=reason),
                words("Shall this be recorded? The focal points of the agency are told."),
            ]
        )
        kept = {**_kept(kind, until_on), "reason": reason}
        yes = Option("record", words("Record it"), words("record|yes|ok"))
        return self._ask(CONFIRM, text, None, kept, [yes])

    def record(self, kind: Ease, until_on: date | None, reason: str) -> Replies:
        """Looked at once more: the button may be pressed days later."""
        if until_on and (told := self._unfit(until_on)):
            return self.ask_until(told)
        if not self.quiet and (told := wishes.nothing_to_extend(self.errand, self.agency)):
            return self.errand.finish(told)
        row = self._write(kind, until_on, reason)
        if row is None and self.request:
            return self.errand.finish(wishes.settled(self.errand, self.request))
        return granted.recorded(self.errand, row, self.agency) if row else None

    def _write(self, kind: Ease, until_on: date | None, reason: str) -> Easing | None:
        errand, by = self.errand, self.errand.member.person_id
        extensions, year = Extensions(errand.session), errand.today.year
        if self.request and until_on:
            return extensions.grant(self.request, until_on, by=by, now=errand.now)
        row = Easings(errand.session).grant(
            self.agency.id, year, kind, until_on, reason=reason, now=errand.now, by=by
        )
        waiting = extensions.open_of(self.agency.id, year)
        if waiting and kind is Ease.EXTENSION and until_on:
            # What was asked for has been answered by it.
            extensions.answered(waiting, until_on, by=by, now=errand.now)
        return row

    def _row(self, kind: Ease, until_on: date | None, reason: str) -> Easing:
        """As it would be written."""
        return Easing(
            agency_id=self.agency.id,
            year=self.errand.today.year,
            kind=kind,
            until_on=until_on,
            reason=reason,
            at=self.errand.now,
        )

    def _unfit(self, on: date) -> Markup | None:
        words, today = self.errand.words, self.errand.today
        if not self.quiet:
            # What is granted now takes the place of what was granted before.
            plan = self.errand.rules.deadline(today.year)
            return wishes.unfit(words, plan, on, today)
        if on < today:
            return words("{day} is past already.", day=words.weekday(on))
        if (on - today).days > QUIET_MOST:
            return words("{day} is too far away: at most one year.", day=words.weekday(on))
        return None

    def _example(self) -> date:
        rules, today = self.errand.rules, self.errand.today
        if self.quiet:
            return rules.calendar.shift(today, wishes.DAYS_MORE)
        return wishes.example(self.errand.deadline(self.agency.id), rules, today)

    def _ask(
        self,
        name: str,
        question: Markup,
        told: Markup | None,
        kept: Mapping[str, object] | None = None,
        options: Sequence[Option] = (),
    ) -> Replies:
        """With what was wrong before it, if anything was."""
        words = self.errand.words
        about = {"target": self.agency.id, "request": self.request.id if self.request else None}
        leave = Option("leave", words("Do not record"), words("no|drop it"))
        step, data = f"{self.command}.{name}", {**about, **(kept or {})}
        return self.errand.ask(step, question, [*options, leave], data, told=told)


def _kept(kind: Ease, until_on: date | None) -> dict[str, object]:
    return {"kind": kind, "until": until_on.isoformat() if until_on else ""}
