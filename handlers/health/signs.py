"""What the card of `/suckhoe` says: one line for each thing, judged, with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.health.matters import Matters
from handlers.health.wording import named
from handlers.language import Markup, Words, join
from plan.calendars import local_date
from plan.condition import (
    BACKUP,
    BULK,
    DAYS_OFF_LEAST,
    REMEMBERED,
    REPLIES,
    SILENCE,
    TICKING,
    UPDATES,
    Condition,
    age,
    held_up,
)
from plan.retention import SOON
from storage.health import Health
from storage.outbox import Lane
from storage.tables import Pulse

PEOPLE_MOST = 6
HOST_MOST = 30
AT_HAND = timedelta(seconds=10)
"""Younger updates are being handled right now; the question for the card is one of them."""


@dataclass(frozen=True, slots=True)
class Sign:
    told: Markup
    condition: Condition = Condition.GOOD
    advice: str = ""
    """What to do where it is not good."""


@dataclass(frozen=True)
class Signs:
    matters: Matters
    health: Health
    days_off: int
    """Known for the next year."""

    def all(self) -> list[Sign]:
        pulses = self.health.pulses()
        return [
            *self._engine(pulses),
            *self._post(),
            *self._troubles(),
            *self._upkeep(pulses),
        ]

    @property
    def words(self) -> Words:
        return self.matters.words

    @property
    def _now(self) -> datetime:
        return self.matters.now

    def _engine(self, pulses: dict[str, Pulse]) -> Iterator[Sign]:
        words = self.words
        yield self._heard()
        ticked_at = pulses["tick"].at if "tick" in pulses else None
        yield Sign(
            words("Clock of the reminders last ran: {time}", time=self._moment(ticked_at)),
            TICKING.judge(self._age(ticked_at)),
            words("Reminders stand still: have the service started again."),
        )
        refused_at = pulses["token"].at if "token" in pulses else None
        if refused_at and self._now - refused_at <= REMEMBERED:
            recent = SILENCE.judge(self._now - refused_at) < Condition.BROKEN
            yield Sign(
                words("Telegram refused the token at {time}", time=self._moment(refused_at)),
                Condition.BROKEN if recent else Condition.LOOK,
                words("Check BOT_TOKEN: perhaps it was revoked at @BotFather."),
            )
        if not self.health.one_process:
            yield self._leases()

    def _heard(self) -> Sign:
        """It is heard right now, or nobody had asked: what counts is how long it was not."""
        words, heard_at = self.words, self.health.heard_at(self.matters.member.channel)
        if heard_at is None or SILENCE.judge(self._now - heard_at) is Condition.GOOD:
            at = self._moment(heard_at or self._now)
            return Sign(words("Telegram last heard: {time}", time=at))
        return Sign(
            words("Telegram was not heard from {time} until now", time=self._moment(heard_at)),
            Condition.LOOK,
            words("If that happens again, check the server's line to Telegram."),
        )

    def _leases(self) -> Sign:
        words = self.words
        held = {each.name.partition(":")[0]: each for each in self.health.leases(self._now)}
        names = {
            "poller": words("taking in"),
            "ticker": words("reminding"),
            "sender": words("sending"),
        }
        told = [
            words(
                "{work}: {host}",
                work=name,
                host=_host(held[work].owner) if work in held else words("nobody"),
            )
            for work, name in names.items()
        ]
        return Sign(
            words("Servers: {who}", who=join(told, ", ")),
            Condition.GOOD if held.keys() >= names.keys() else Condition.BROKEN,
            words("If it stays so for a minute, have the service started again."),
        )

    def _post(self) -> Iterator[Sign]:
        words, now = self.words, self._now
        names = {
            Lane.REPLY: words("Replies waiting"),
            Lane.REMINDER: words("Reminders waiting"),
            Lane.SILENT: words("Corrections and recalls waiting"),
            Lane.BROADCAST: words("Notices waiting"),
        }
        for lane, queue in self.health.queues(now).items():
            condition = Condition.GOOD
            if queue.oldest_at and lane is Lane.REPLY:
                condition = REPLIES.judge(now - queue.oldest_at)
            elif queue.oldest_at:
                condition = BULK.judge(held_up(queue.oldest_at, self.matters.calendar, now))
            told = self._waiting(names[lane], queue.count, queue.oldest_at)
            yield Sign(told, condition, words("Check the line to Telegram and the service's log."))
        count = words.number(self.health.put_off(now))
        yield Sign(words("Put off to a later time: {count}", count=count))
        waiting = self.health.unhandled(now - AT_HAND)
        yield Sign(
            self._waiting(words("Messages to be handled"), waiting.count, waiting.oldest_at),
            UPDATES.judge(now - waiting.oldest_at) if waiting.oldest_at else Condition.GOOD,
            words("Check the server's load and the service's log."),
        )

    def _waiting(self, name: Markup, count: int, since_at: datetime | None) -> Markup:
        if since_at is None:
            return self.words("{name}: 0", name=name)
        return self.words(
            "{name}: {count}, since {time}",
            name=name,
            count=self.words.number(count),
            time=self._moment(since_at),
        )

    def _troubles(self) -> Iterator[Sign]:
        words, found = self.words, self.health.troubles(self._now)
        expired = self.health.new_troubles(self._now - REMEMBERED, self._now).expired
        yield self._count(
            found.unknown,
            words("Not known whether sent: {count}", count=words.number(found.unknown)),
            words("Decide: /khongro."),
        )
        yield self._count(
            found.failed,
            words("Not sent in 30 days: {count}", count=words.number(found.failed)),
            words("Decide: /tindi."),
        )
        yield self._count(
            found.dead,
            words("Received, but not handled: {count}", count=words.number(found.dead)),
            words("Decide: /tinden."),
        )
        yield self._count(
            expired,
            words("Reminders too late to be sent, in 7 days: {count}", count=words.number(expired)),
            words("Tell those concerned by /thongbao where it is still of use."),
        )
        yield self._unreachable()

    def _count(self, count: int, told: Markup, advice: Markup) -> Sign:
        return Sign(told, Condition.LOOK if count else Condition.GOOD, advice)

    def _unreachable(self) -> Sign:
        words, found = self.words, self.health.unreachable()
        told = words("People who cannot be reached: {count}", count=words.number(len(found)))
        names = [
            named(self.matters, each.full_name, each.agency_id) for each in found[:PEOPLE_MOST]
        ]
        who = join(names, ", ")
        if rest := len(found) - len(names):
            who = words("{names} and {rest} more", names=who, rest=words.number(rest))
        advice = words(
            "They have blocked this chat or closed their account: {names}. Call them; once they "
            "write here, they are reached again.",
            names=who,
        )
        return self._count(len(found), told, advice)

    def _requests(self) -> Iterator[Sign]:
        words, found = self.words, self.health.by_hand()
        if found.oldest_at is None:
            return
        told = words(
            "Requests about personal data to be done: {count}, the next by {day}",
            count=words.number(found.count),
            day=words.day(local_date(found.oldest_at)),
        )
        near = found.oldest_at < self._now + SOON
        advice = words(
            "Once it is done, have it closed in the register by whoever runs the server."
        )
        yield Sign(told, Condition.LOOK if near else Condition.GOOD, advice)

    def _upkeep(self, pulses: dict[str, Pulse]) -> Iterator[Sign]:
        words, backup = self.words, pulses.get("backup")
        old = age(backup.at, self._now) if backup else None
        yield Sign(
            words("Last backup: {time}", time=self._moment(backup.at if backup else None)),
            Condition.LOOK if old is None else BACKUP.judge(old),
            words("Check the disk and the service's log."),
        )
        yield from self._requests()
        year = self.matters.today.year + 1
        yield Sign(
            words("Days off known for {year}: {count}", year=year, count=self.days_off),
            Condition.GOOD if self.days_off >= DAYS_OFF_LEAST else Condition.LOOK,
            words("Add the year's holidays to the plan file."),
        )
        yield Sign(
            words(
                "Database: {database}, schema {revision}",
                database=self.health.database(),
                revision=self.health.revision(),
            )
        )

    def _moment(self, at: datetime | None) -> Markup:
        """Today's without the date."""
        words = self.words
        if at is None:
            return words("never")
        today = local_date(at) == self.matters.today
        return Markup(words.second(at) if today else words.moment(at))

    def _age(self, at: datetime | None) -> timedelta | None:
        return self._now - at if at else None


def _host(owner: str) -> str:
    """Of `host:pid:random`."""
    return owner.partition(":")[0][:HOST_MOST]
