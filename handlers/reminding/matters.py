"""What is said of one obligation to somebody of the agency itself."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.due import deadline_told, late_told
from handlers.language import Markup, Words, join
from handlers.reminding.deferrable import latest_for
from handlers.report import cards
from plan.calendars import local_date
from plan.catalogue import Catalogue, Duty
from plan.reminding.deciding import Item, To, next_up
from plan.reminding.ladder import AGAIN, OPENING
from plan.reminding.obligations import Obligation, deadline_of, obligations
from plan.reminding.rules import Rules
from plan.reminding.situations import Situation

DONE, ONGOING, BLOCKED = "xong", "dang", "vuong"
"""What the buttons of a task type for their person: `/viec quan-1 IV.10.a 2026 xong`."""
OWN_PLAN = "ke-hoach"


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a report: what is asked, and what is not answered yet."""

    asked: int
    lacking: tuple[str, ...]
    begun: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """`role`: as whom the reader is told."""

    item: Item
    agency: Situation
    role: To
    progress: Progress | None = None

    @property
    def kind(self) -> str:
        return self.item.obligation.partition(":")[0]

    @property
    def about(self) -> str:
        return self.item.obligation.split(":")[1]

    @property
    def year(self) -> int:
        return int(self.item.obligation.rpartition(":")[2])


@dataclass(frozen=True, slots=True)
class Told:
    """Paragraphs, the one thing to do, and buttons of (label, command)."""

    parts: list[Markup]
    todo: Markup
    buttons: tuple[tuple[str, str], ...] = ()
    later: tuple[tuple[str, str], ...] = ()
    """Where it can be put off: the button for that, behind the buttons of everything else."""


@dataclass(frozen=True, slots=True)
class Teller:
    words: Words
    rules: Rules
    catalogue: Catalogue
    now: datetime

    def told(self, matter: Matter) -> Told:
        tell = {
            "report": self._report,
            "returned": self._returned,
            "explain": self._explain,
            "campaign": self._campaign,
            "task": self._task,
            "plan": self._plan,
        }[matter.kind]
        return tell(matter)

    def _report(self, matter: Matter) -> Told:
        words = self.words
        if matter.role is To.LEADER:
            what = words(
                "the {year} report of your agency on the plan for lifelong learning has not been "
                "sent; its focal point has been reminded.",
                year=matter.year,
            )
            todo = words("Please see to it that the report is sent.")
            return Told([what, self._until(matter), self._up(matter)], todo)
        begun = matter.progress is not None and matter.progress.begun
        label = words("Go on with the report") if begun else words("Start the report")
        start = (label, f"baocao {matter.agency.agency_id} {matter.year}")
        return Told(
            [self._lacking(matter), self._until(matter), self._up(matter)],
            words("Press the button or type /baocao; it takes a few minutes."),
            (start,),
            self._later(matter),
        )

    def _later(self, matter: Matter) -> tuple[tuple[str, str], ...]:
        if latest_for(matter.item.aim_on, self.rules.calendar) <= local_date(self.now):
            return ()
        about = f"{matter.agency.agency_id} {matter.item.obligation}"
        return ((self.words("Put off…"), f"tamhoan {about}"),)

    def _lacking(self, matter: Matter) -> Markup:
        """Who is only requested to report is asked, not told (clauses IV.1 and V)."""
        words, year, progress = self.words, matter.year, matter.progress or Progress(0, (), False)
        if matter.agency.duty is Duty.REQUESTED:
            return words(
                "your agency is kindly requested to send the {year} results of the plan for "
                "lifelong learning.",
                year=year,
            )
        if not progress.begun:
            return self._not_begun(matter, progress)
        if not progress.lacking:
            return words(
                "the {year} report on the plan for lifelong learning has not been sent yet.",
                year=year,
            )
        return words.plural(
            "the {year} report on the plan for lifelong learning still lacks {count} answer: "
            "{codes}.",
            "the {year} report on the plan for lifelong learning still lacks {count} answers: "
            "{codes}.",
            len(progress.lacking),
            year=year,
            codes=", ".join(progress.lacking),
        )

    def _not_begun(self, matter: Matter, progress: Progress) -> Markup:
        words, year = self.words, matter.year
        if matter.item.step.key == OPENING:
            return words.plural(
                "the {year} reporting on the plan for lifelong learning has begun. Your agency is "
                "asked {count} question; answers are kept, and can be given little by little.",
                "the {year} reporting on the plan for lifelong learning has begun. Your agency is "
                "asked {count} questions; answers are kept, and can be given little by little.",
                progress.asked,
                year=year,
            )
        if matter.item.step.key == AGAIN:
            return words(
                "up to now the {year} report on the plan for lifelong learning has not come in.",
                year=year,
            )
        return words(
            "the {year} report on the plan for lifelong learning has not been started yet.",
            year=year,
        )

    def _until(self, matter: Matter) -> Markup:
        words = self.words
        deadline = deadline_of(self.rules, matter.agency, matter.year)
        parts = [deadline_told(words, deadline, self.rules.calendar, self.now)]
        if deadline.extended:
            parts.append(words("This is the extended deadline of your agency."))
        if deadline.passed(self.now):
            parts.append(late_told(words))
        elif deadline.internal and deadline.internal >= local_date(self.now):
            day = words.weekday(deadline.internal)
            parts.append(words("The standing agency asks for it by {day}.", day=day))
        return join(parts, " ")

    def _up(self, matter: Matter) -> Markup:
        """The next step that goes further up is announced, never a surprise."""
        words, found = self.words, obligation_of(self.rules, matter)
        up = next_up(self.rules, found, matter.item.step) if found else None
        if up is None:
            return Markup()
        day = words.weekday(up[0])
        if up[1] is To.LEADER:
            return words("If it is still missing on {day}, the agency's leader is told.", day=day)
        return words("If it is still missing on {day}, the standing agency is told.", day=day)

    def _returned(self, matter: Matter) -> Told:
        words = self.words
        what = words(
            "the {year} report of your agency was sent back to be corrected and has not come "
            "again yet.",
            year=matter.year,
        )
        day = words.weekday(matter.item.aim_on)
        until = words("Please correct it by {day}.", day=day)
        if local_date(self.now) > matter.item.aim_on:
            until = words("It was to be corrected by {day}; please send it soon.", day=day)
        again = (
            words("Go on with the report"),
            f"baocao {matter.agency.agency_id} {matter.year}",
        )
        return Told([what, until], words("Press the button or type /baocao."), (again,))

    def _explain(self, matter: Matter) -> Told:
        words, (_, code, number, _) = self.words, matter.item.obligation.split(":")
        what = words(
            "the standing agency asked your agency to explain {code} in the {year} report.",
            code=code,
            year=matter.year,
        )
        day = words.weekday(matter.item.aim_on)
        until = words("Please answer by {day}.", day=day)
        if local_date(self.now) > matter.item.aim_on:
            until = words("The answer was due by {day}; please send it soon.", day=day)
        answer = (words("Explain (no. {n})", n=number), f"giaitrinh {number}")
        return Told([what, until], words("Press the button or type /giaitrinh."), (answer,))

    def _campaign(self, matter: Matter) -> Told:
        words = self.words
        day = self.rules.day(matter.about)
        if day is None:
            return Told([], Markup())
        span = self.rules.span(day, matter.year)
        first, last = span.first_on, span.last_on
        when = (
            words.weekday(first)
            if first == last
            else words("{first} to {last}", first=words.day(first), last=words.weekday(last))
        )
        what = words(
            "<b>{name}</b> is coming: {when} (clause {clause} of the plan). Please prepare the "
            "activities that your agency has planned.",
            name=day.name,
            when=when,
            clause=day.clause,
        )
        waiting = words("The dates of this year are still to be confirmed by official dispatch.")
        return Told([what, Markup() if span.confirmed else waiting], Markup())

    def _task(self, matter: Matter) -> Told:
        words, code = self.words, matter.about
        what = words(
            "task {code} ({short}) of your agency is due.",
            code=code,
            short=cards.short_of(self.catalogue, code),
        )
        until = words("Deadline of this task: {day}.", day=words.weekday(matter.item.aim_on))
        command = f"viec {matter.agency.agency_id} {code} {matter.year}"
        buttons = (
            (words("Already done"), f"{command} {DONE}"),
            (words("Being done"), f"{command} {ONGOING}"),
            (words("Difficulties…"), f"{command} {BLOCKED}"),
        )
        return Told(
            [what, until],
            words("Press a button, or type for example /viec {code} xong.", code=code),
            buttons,
            self._later(matter),
        )

    def _plan(self, matter: Matter) -> Told:
        words, year = self.words, matter.year
        what = words(
            "the system has no record yet that your agency has issued its own plan of {year} "
            "(clause V of the plan).",
            year=year,
        )
        until = words("Asked for by {day}.", day=words.weekday(matter.item.aim_on))
        command = f"viec {matter.agency.agency_id} {OWN_PLAN} {year}"
        buttons = (
            (words("Plan issued"), f"{command} {DONE}"),
            (words("Not issued yet"), f"{command} {ONGOING}"),
        )
        return Told(
            [what, until],
            words("Press a button, or type /viec ke-hoach xong once it is issued."),
            buttons,
            self._later(matter),
        )


def obligation_of(rules: Rules, matter: Matter) -> Obligation | None:
    key, aim = matter.item.obligation, matter.item.aim_on
    found = obligations(rules, matter.agency, around(aim))
    return next((each for each in found if (each.key, each.aim_on) == (key, aim)), None)


def around(day: date) -> range:
    return range(day.year - 1, day.year + 2)
