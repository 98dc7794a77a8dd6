"""A notice as an admin types it, and what became of it: told by Telegram, not by the bot."""

import asyncio
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlmodel import col, select

from bench import town
from bench.town import Citizen
from chaos.stage import BULK_IN_FLIGHT, PATIENCE, Stage
from sandbox.counts import Request, Sent
from sandbox.person import Person
from storage.people import People
from storage.tables import OutboxRow

ADMIN = 900
HEAD = "Thông báo của cơ quan thường trực"
STOPPED_SECONDS = 2.0
LAG_SECONDS = 5.0
"""So long it may take until what was delivered is written down, and told."""
COUNTED = re.compile(r"^([^:<>\n]+): ([\d.]+)(?:/[\d.]+)?$", re.MULTILINE)
TOTAL = re.compile(r"/([\d.]+)$", re.MULTILINE)
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

    async def reaches(self, count: int) -> None:
        world = self.stage.telegram.world
        while sum(self.deliveries().values()) < count:
            await world.changed.wait()

    async def pauses(self, mark: int) -> int | None:
        """Stopped once so many have it, resumed two seconds later; how many got it meanwhile.
        None where it was through before it could be stopped.
        """
        await self.reaches(mark)
        await self.admin.send("/thongbao 1 dung")
        said = await self.admin.hears("Thông báo số 1", within=PATIENCE)
        before = sum(self.deliveries().values())
        await asyncio.sleep(STOPPED_SECONDS)
        after = sum(self.deliveries().values()) - before
        await self.admin.send("/thongbao 1 tieptuc")
        await self.admin.hears("Thông báo số 1", within=PATIENCE)
        return after if "Đã dừng gửi" in said else None

    def told(self) -> list["Told"]:
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
        delivered, fates = self.deliveries(), self.fates()
        silent = [chat for chat in self.recipients if fates.get(chat, ("", ""))[0] == "sent"]
        return Reckoning(
            states=Counter(state for state, _ in fates.values()),
            twice=sum(times > 1 for times in delivered.values()),
            silent=sum(not delivered[chat] for chat in silent)
            + len(self.recipients - fates.keys()),
            untrue=sum(
                delivered[chat] > 0
                for chat, (state, _) in fates.items()
                if state not in {"sent", "unknown"}
            ),
            unexplained=sum(state == "failed" and not why for state, why in fates.values()),
        )


@dataclass(frozen=True, slots=True)
class Told:
    """An edit of the progress message: what it says, beside what Telegram had delivered."""

    at: float
    sent: int
    unknown: int
    summed: int
    total: int
    delivered: int
    delivered_before: int

    @classmethod
    def read(cls, request: Request, times: list[float]) -> "Told":
        text = request.params["text"]
        counts = {found[1]: int(found[2].replace(".", "")) for found in COUNTED.finditer(text)}
        [total] = [int(found.replace(".", "")) for found in TOTAL.findall(text)]
        unknown = sum(count for label, count in counts.items() if label.startswith("Chưa rõ"))
        return cls(
            request.at,
            counts["Đã gửi"],
            unknown,
            sum(counts.values()),
            total,
            bisect_right(times, request.at),
            bisect_right(times, request.at - LAG_SECONDS),
        )

    @property
    def is_right(self) -> bool:
        """Nobody is said to have it who has not; who has had it for long is, but for what a kill
        left on the wire, which still counts as waiting; and all are counted.
        """
        known = self.sent + self.unknown + BULK_IN_FLIGHT
        told = self.sent <= self.delivered and known >= self.delivered_before
        return told and self.summed == self.total


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`silent`: said to be sent, or not even listed, and never delivered. `untrue`: delivered, and
    said not to be.
    """

    states: Counter[str]
    twice: int
    silent: int
    untrue: int
    unexplained: int

    @property
    def is_clean(self) -> bool:
        still = self.states["queued"] + self.states["sending"]
        return not (self.twice or self.silent or self.untrue or self.unexplained or still)

    @property
    def unknown(self) -> int:
        return self.states["unknown"]

    def __str__(self) -> str:
        told = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        return f"{told}; {self.twice} twice, {self.silent} lost, {self.untrue} untrue"


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


def disobeyed(requests: Iterable[Request], pause_seconds: float) -> int:
    """Sends that came before the end of a pause Telegram had asked for, beyond those that were on
    the wire when it did.
    """
    sends = [each for each in requests if each.method == "sendMessage"]
    pauses = [each for each in sends if each.status == 429]
    early = 0
    for pause in pauses:
        within = sum(pause.at < each.at < pause.at + pause_seconds for each in sends)
        early += max(0, within - (BULK_IN_FLIGHT - 1))
    return early


def busiest_second(sent: Iterable[Sent], chats: Collection[int]) -> int:
    """The most messages that one of these chats got in any second."""
    times: defaultdict[int, list[float]] = defaultdict(list)
    for each in sent:
        if each.chat_id in chats:
            times[each.chat_id].append(each.at)
    return max((_most_in_a_second(of_chat) for of_chat in times.values()), default=0)


def _most_in_a_second(times: list[float]) -> int:
    return max(n - bisect_right(times, at - 1.0, hi=n) + 1 for n, at in enumerate(times))
