"""R16: a backup while people type and a notice runs; brought back, it says nothing again."""

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench import crowd
from bench.crowd import Crowd
from bench.process import BotProcess
from chaos import notices
from chaos.notices import Notice
from chaos.reckoning import is_sound, kept
from chaos.report import Row
from chaos.stage import MONDAY, PATIENCE, Case, Stage, stage

YEAR, QUESTIONS = 2024, 10
SUFFIXES = {"sqlite": ".db", "postgresql": ".dump"}
QUIET_SECONDS = 6.0


@dataclass
class Copying:
    """The bot on its stage, a crowd, a notice under way; and a copy made in the midst of it."""

    here: Stage
    bot: BotProcess
    notice: Notice
    talkers: Crowd
    file: Path
    between: tuple[int, int] = (0, 0)
    """Answers in the database before the copy was begun, and after it was made."""
    seconds: float = 0.0
    waits: tuple[float, float] = (0.0, 0.0)
    """The longest that anybody waited for an answer while it was made, and before."""
    unqueued: int = 0
    """Recipients whose letters it does not hold: they were not queued yet."""

    async def play(self) -> None:
        await self.bot.start()
        await self.notice.announce()
        talking = asyncio.create_task(self.talkers.talk(PATIENCE))
        async with asyncio.timeout(PATIENCE):
            await self.talkers.has_typed(len(self.talkers.respondents) * QUESTIONS)
        answered = len(self.talkers.waits)
        before, start = await asyncio.to_thread(self.answers), time.monotonic()
        await self.command("backup", "--to", str(self.file))
        self.seconds = time.monotonic() - start
        earlier, meanwhile = self.talkers.waits[:answered], self.talkers.waits[answered:]
        self.waits = max(meanwhile, default=0.0), max(earlier, default=0.0)
        self.between = before, await asyncio.to_thread(self.answers)
        await talking
        await self.here.has_settled(within=120)
        await self.bot.terminate(within=60)
        self.here.database.dispose()

    async def bring_back(self) -> list[bool]:
        """What the bot says on the restored database: of each message, whether it was said before.

        One is new: the admin is told the result of the notice as it is known now.
        """
        await self.command("restore", str(self.file))
        await self.command("audit", "verify")
        self.unqueued = len(self.notice.recipients - self.notice.fates().keys())
        self.here.database.dispose()
        sent = self.here.telegram.sent
        said = {(each.chat_id, each.text) for each in sent}
        before = len(sent)
        await self.bot.start()
        await self.bot.is_up()
        await asyncio.sleep(QUIET_SECONDS)
        await self.bot.terminate(within=60)
        return [(each.chat_id, each.text) in said for each in sent[before:]]

    def answers(self) -> int:
        return sum(map(len, kept(self.here.database, as_words=True).values()))

    async def command(self, *arguments: str) -> None:
        with (self.here.home / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *arguments),
                cwd=self.here.home,
                env=self.bot.environment,
                stdout=log,
                stderr=log,
            )
            try:
                async with asyncio.timeout(120):
                    code = await process.wait()
            finally:
                if process.returncode is None:
                    process.kill()
        if code:
            raise RuntimeError(f"python -m bot {arguments[0]} ended with {code}")


async def restored(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home, start=MONDAY) as here:
        citizens = here.people(case.size(200, 6000), QUESTIONS)
        notice = notices.for_citizens(here, citizens)
        few = citizens[: case.size(15, 100)]
        talkers = crowd.gather(here.telegram, few, time.monotonic, YEAR)
        bot = here.bot({"SEND_PER_SECOND": str(case.size(60, 200))})
        copying = Copying(here, bot, notice, talkers, home / f"copy{SUFFIXES[case.kind]}")
        await copying.play()
        again = await copying.bring_back()
        return [_row(copying, again)]


def _row(copying: Copying, again: list[bool]) -> Row:
    here, (before, after) = copying.here, copying.between
    count, sound, held = copying.answers(), is_sound(here.database), here.outbox().get("unknown", 0)
    found = f"{count} answers of {before} to {after}, {'sound' if sound else 'DAMAGED'}"
    found += f", {held} letters held, {copying.unqueued} not queued yet, {sum(again)} said again"
    # With the start of its process; what a copy of some size costs is measured by bench.copying.
    found += f", copied in {copying.seconds:.1f} s"
    found += ", longest wait meanwhile {:.2f} s, before {:.2f} s".format(*copying.waits)
    well = sound and before <= count <= after and not any(again)
    done = f"copy under load, {len(copying.talkers.respondents)} people and a notice; brought back"
    return here.case.row("R16", done, found, "sound, between, 0 again", kept=well and held > 0)
