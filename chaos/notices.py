"""A notice as an admin types it, and what became of it: told by Telegram, not by the bot."""

import asyncio
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlmodel import col, select

from bench import town
from bench.town import Citizen
from chaos.progress import Told
from chaos.stage import PATIENCE, Patience, Stage, StalledError
from sandbox.counts import Sent
from sandbox.person import Person
from storage.outbox import TRIES
from storage.people import People
from storage.tables import OutboxRow

ADMIN = 900
HEAD = "Thông báo của cơ quan thường trực"
STOPPED_SECONDS = 2.0
LOOK_SECONDS = 1.0
LISTED = {"failed", "unknown"}
"""Who did not get it has to be among these: that is what the bot shows to a person."""
ENDS = {"sent", *LISTED}
WORDS = "Mời các đơn vị rà soát số liệu trước ngày 05/11."


@dataclass
class Notice:
    stage: Stage
    recipients: frozenset[int]
    admin: Person = field(init=False)

    def __post_init__(self) -> None:
        """The admin is enrolled while the database is still this process's own."""
        self.admin = enrol_admin(self.stage)

    async def announce(self) -> None:
        """Typed as a person types it; returns when the bot has confirmed it."""
        for text, answer in (
            ("/thongbao", ""),
            (WORDS, "Anh/chị gửi thông báo này đến ai"),
            ("2", "Xem trước"),
            ("gửi", "Đã tiếp nhận thông báo"),
        ):
            await self.admin.send(text)
            await self.admin.hears(answer, within=PATIENCE)

    async def reaches(self, count: int, within: float = PATIENCE) -> None:
        """StalledError where none came for so many seconds, and there were not so many."""
        world, patience = self.stage.telegram.world, Patience(within)
        while (arrived := sum(self.deliveries().values())) < count:
            if patience.has_run_out(arrived):
                raise StalledError(f"{arrived} of {count} letters, and no more")
            await world.changed.wait(LOOK_SECONDS)

    async def pauses(self, mark: int) -> int | None:
        """Stopped once so many have it, resumed two seconds later; how many got it meanwhile.
        None where it was through before it could be stopped.
        """
        await self.reaches(mark)
        said = await self._asks("/thongbao 1 dung")
        before = sum(self.deliveries().values())
        await asyncio.sleep(STOPPED_SECONDS)
        after = sum(self.deliveries().values()) - before
        await self._asks("/thongbao 1 tieptuc")
        return after if "Đã dừng gửi" in said else None

    async def _asks(self, command: str) -> str:
        """The answer: a message of its own, not an edit of the one that tells the progress."""
        telegram = self.stage.telegram
        seen = len(telegram.sent)
        await self.admin.send(command)
        async with asyncio.timeout(PATIENCE):
            while not (
                said := [
                    each.text
                    for each in telegram.sent[seen:]
                    if each.chat_id == ADMIN and "hông báo số 1" in each.text
                ]
            ):
                await telegram.world.changed.wait()
        return said[0]

    def told(self) -> list[Told]:
        """Each edit of the progress message, with what Telegram knew at that moment."""
        times = sorted(
            each.at
            for each in self.stage.telegram.sent
            if each.chat_id in self.recipients and each.text.startswith(HEAD)
        )
        edits = [
            each
            for each in self.stage.telegram.requests
            if each.method == "editMessageText" and each.chat_id == ADMIN and each.status == 200
        ]
        return [Told.read(each, times) for each in edits if "Đã gửi" in each.params["text"]]

    def deliveries(self) -> Counter[int]:
        sent = self.stage.telegram.sent
        return Counter(
            each.chat_id
            for each in sent
            if each.chat_id in self.recipients and each.text.startswith(HEAD)
        )

    def fates(self) -> dict[int, tuple[str, str]]:
        """Chat → what the bot believes, and why."""
        query = select(OutboxRow).where(col(OutboxRow.broadcast_id).is_not(None))
        with self.stage.database.transaction() as session:
            rows = session.exec(query).all()
            return {int(row.address): (row.state, row.error or "") for row in rows}

    def reckon(self) -> "Reckoning":
        delivered, fates, refused = self.deliveries(), self.fates(), self.refused()
        absent = [chat for chat in self.recipients if not delivered[chat]]
        return Reckoning(
            states=Counter(state for state, _ in fates.values()),
            twice=sum(times > 1 for times in delivered.values()),
            silent=sum(fates.get(chat, ("", ""))[0] not in LISTED for chat in absent),
            untrue=sum(
                delivered[chat] > 0
                for chat, (state, _) in fates.items()
                if state not in {"sent", "unknown"}
            ),
            unexplained=sum(
                not why or chat not in refused
                for chat, (state, why) in fates.items()
                if state == "failed"
            ),
        )

    def refused(self) -> set[int]:
        """Whom Telegram would not let the bot write to, or failed to as often as it is asked."""
        statuses = Counter(
            (each.chat_id, each.status)
            for each in self.stage.telegram.requests
            if each.method == "sendMessage"
        )
        return {
            chat
            for (chat, status), times in statuses.items()
            if chat is not None and (status == 403 or (status == 500 and times >= TRIES))
        }


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`silent`: never delivered, and neither failed nor unknown. `untrue`: delivered, and said not
    to be. `unexplained`: failed without a reason, or without a refusal of Telegram.
    """

    states: Counter[str]
    twice: int
    silent: int
    untrue: int
    unexplained: int

    @property
    def is_clean(self) -> bool:
        wrong = self.twice or self.silent or self.untrue or self.unexplained
        return not wrong and self.states.keys() <= ENDS

    @property
    def unknown(self) -> int:
        return self.states["unknown"]

    def __str__(self) -> str:
        told = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        told += f"; {self.twice} twice, {self.silent} lost, {self.untrue} untrue"
        return told + (f", {self.unexplained} failed for nothing" if self.unexplained else "")


def enrol_admin(here: Stage) -> Person:
    with here.database.transaction() as session:
        people = People(session)
        person_id = people.welcome(town.CHANNEL, str(ADMIN), "Quản trị", here.clock())
        people.consent(person_id, "chaos", here.clock())
        people.join(person_id, "so-vhtt", "admin", here.clock())
    here.database.dispose()
    return here.telegram.person(ADMIN, "Quản trị")


def for_citizens(stage: Stage, citizens: Iterable[Citizen]) -> Notice:
    return Notice(stage, frozenset(citizen.chat_id for citizen in citizens))


def busiest_second(sent: Iterable[Sent], chats: Collection[int]) -> int:
    """The most messages that one of these chats got in any second."""
    times: defaultdict[int, list[float]] = defaultdict(list)
    for each in sent:
        if each.chat_id in chats:
            times[each.chat_id].append(each.at)
    return max((_most_in_a_second(of_chat) for of_chat in times.values()), default=0)


def _most_in_a_second(times: list[float]) -> int:
    return max(n - bisect_right(times, at - 1.0, hi=n) + 1 for n, at in enumerate(times))
