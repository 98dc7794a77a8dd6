"""What an administrator settles: the difference is shown, confirmed once, and can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from aiogram import Router
from sqlmodel import Session

from handlers.commands import ADMIN
from handlers.language import Markup, Words, join
from handlers.reminding.rehearsed import Telling
from handlers.routing import Asked, At, Chose, May, Open, Replies, say
from handlers.talk import Link, Option, Talk
from plan.catalogue import Catalogue
from plan.daysoff import Dated
from plan.reminding.effects import Moved, letters, moved
from plan.reminding.rules import Rules
from storage.ledger import Ledger
from storage.people import Member
from storage.settlements import Change, Settlements, packed, unpacked
from storage.situations import Situations

CONFIRM = "settle.confirm"
SHOWN = 6
"""Steps that move, before the others are only counted."""
AHEAD = timedelta(days=365)
BACK = timedelta(days=45)


class Rulebook(Protocol):
    """`bot.rulebook`: the rules and days off, as a transaction has them."""

    def __call__(self) -> Rules: ...

    def within(self, session: Session) -> Rules: ...

    def days(self, session: Session) -> list[Dated]: ...


@dataclass(frozen=True, slots=True)
class Settling:
    talk: Talk
    words: Words
    member: Member
    session: Session
    catalogue: Catalogue
    rulebook: Rulebook
    now: datetime
    today: date

    @property
    def rules(self) -> Rules:
        return self.rulebook.within(self.session)

    @property
    def settlements(self) -> Settlements:
        return Settlements(self.session)

    def say(self, told: str, links: Sequence[Link] = ()) -> Replies:
        """Something that changes nothing; the open question comes again."""
        return [self.talk.say(told, links), *self.talk.ask_again()]

    def show(self, parts: Sequence[Markup], links: Sequence[Link] = ()) -> Replies:
        return [*self.talk.pages(list(parts), links), *self.talk.ask_again()]

    def propose(
        self, topic: str, changes: Sequence[Change], lines: Sequence[Markup], *, back: str = ""
    ) -> Replies:
        """What would change in words, and what it does to the reminders of the next 12 months.

        `back` is the command that shows how it stands, where that is not the topic itself.
        """
        words, real = self.words, [each for each in changes if each.before != each.after]
        if not real:
            return self.say(words("That is how it stands already; nothing was changed."))
        told = join(list(lines))
        question = [
            words("<b>To be changed:</b>"),
            told,
            self._effect(real),
            words("Shall this be recorded?"),
        ]
        options = [
            Option("do", words("Record it"), words("yes|ok|correct")),
            Option("keep", words("Change nothing"), words("no|go back")),
        ]
        data = {
            "topic": topic,
            "back": back or topic,
            "changes": packed(real),
            "told": told,
            "aside": self._aside(),
        }
        return self.talk.ask(CONFIRM, join(question, "\n\n"), options, numbered=True, data=data)

    def confirmed(self) -> Replies:
        talk, words, data = self.talk, self.words, self.talk.data
        changes: tuple[Change, ...] = unpacked(data["changes"])
        talk.take_up(data["aside"])
        if not self.settlements.carry_out(changes, self.now, self.member.person_id):
            told = words(
                "Meanwhile somebody else has settled the same. Nothing was changed; please look at "
                "it again."
            )
            return self.say(told, [Link(words("Show how it stands"), data["back"])])
        number = self.settlements.remember(data["topic"], changes, data["told"], self.now)
        links = [
            Link(words("Undo"), f"{data['topic']} hoantac {number}"),
            Link(words("Show how it stands"), data["back"]),
        ]
        return self.say(join([words("Recorded."), Markup(data["told"])], "\n\n"), links)

    def kept(self) -> Replies:
        self.talk.take_up(self.talk.data["aside"])
        return self.say(self.words("Nothing was changed."))

    def undo(self, topic: str, number: str) -> Replies:
        """The last of a topic; a button names the one it stood under."""
        words, done = self.words, self.settlements.last(topic)
        if done is None or number not in {"", str(done.number)}:
            told = words("That can be undone no more: it was, or something newer was settled.")
            return self.say(told, [Link(words("Show how it stands"), topic)])
        if not self.settlements.undo(topic, done, self.now, self.member.person_id):
            told = words("Something else was settled about the same since. Nothing was undone.")
            return self.say(told, [Link(words("Show how it stands"), topic)])
        told = join([words("Undone:"), Markup(done.told)])
        return self.say(told, [Link(words("Show how it stands"), topic)])

    def tried(self, changes: Sequence[Change]) -> Rules:
        """The rules as they would be: found out by doing it, and taken back at once."""
        trial = self.session.begin_nested()
        self.settlements.carry_out(changes, self.now, self.member.person_id)
        after = self.rulebook.within(self.session)
        trial.rollback()
        return after

    def _effect(self, changes: Sequence[Change]) -> Markup:
        before, until = self.rules, self.now + AHEAD
        after = self.tried(changes)
        steps = moved(before, after, self.now, until)
        telling = Telling(self.words, after, self.catalogue)
        lines = [_move(telling, each) for each in steps[:SHOWN]]
        if more := len(steps) - len(lines):
            lines.append(self.words("… and {count} more", count=self.words.number(more)))
        return join([self._count(before, after, until), *lines])

    def _count(self, before: Rules, after: Rules, until: datetime) -> Markup:
        words = self.words
        found, roster = Situations(self.session).everybody(self.today)
        kept = Ledger(self.session).accounted(self.now - BACK)
        old, new = (
            letters(rules, found, roster, self.now, until, kept) for rules in (before, after)
        )
        if old == new:
            return words(
                "Reminders of the next 12 months: {count}, as before.", count=_n(words, old)
            )
        return words(
            "Reminders of the next 12 months: {before} before, {after} after.",
            before=_n(words, old),
            after=_n(words, new),
        )

    def _aside(self) -> object:
        """Of two proposals one after the other only the later stays."""
        data = self.talk.data
        return data["aside"] if self.talk.step == CONFIRM else self.talk.set_aside()


def _n(words: Words, count: int) -> Markup:
    return words.plural("{count} letter", "{count} letters", count)


def _move(told: Telling, each: Moved) -> Markup:
    words, about = told.words, told.about(each.obligation, each.step)
    if each.after is None:
        return words("• {about}: no more", about=about)
    if each.before is None:
        return words("• {about}: new, on {day}", about=about, day=words.weekday(each.after))
    return words(
        "• {about}: {before} → {after}",
        about=about,
        before=words.day(each.before),
        after=words.weekday(each.after),
    )


def confirm(settling: Settling) -> Replies:
    return settling.confirmed()


def keep(settling: Settling) -> Replies:
    return settling.kept()


def may_settle(settling: Settling) -> bool:
    return settling.member.may(ADMIN)


def setting(key: str, settling: Settling, value: Any) -> Change:  # noqa: ANN401 - JSON
    return settling.settlements.change("setting", key, value)


def build_router() -> Router:
    router = Router(name="settling")
    admin = May(ADMIN)
    say(router, confirm, admin, At(CONFIRM), Chose("do"))
    say(router, keep, admin, At(CONFIRM), Chose("keep"))
    say(router, keep, admin, Open(CONFIRM), Asked("huy"))
    return router
