"""R11: the disk is full while people type, and then it is not."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

from chaos.hasty import QUESTIONS, Hasty
from chaos.probe import Probe
from chaos.reckoning import is_sound, kept
from chaos.report import Row
from chaos.stage import Case, stage

YEAR, PER_SECOND = 2024, 50.0
MEBIBYTES = 24
CHUNK = bytes(64 * 1024)
RESUMED_WITHIN = 60.0


@contextmanager
def small_disk(at: Path) -> Iterator[Path | None]:
    """None where mounting is not allowed."""
    at.mkdir()
    size = f"size={MEBIBYTES}m"
    if _told("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(at)):
        try:
            yield at
        finally:
            _told("umount", str(at))
    else:
        yield None


def _told(*command: str) -> bool:
    """Whether the system has done it."""
    try:
        ended = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - ours
    except OSError:
        return False
    return ended.returncode == 0


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(CHUNK):
            pass
    return ballast


async def full(case: Case, url: str, home: Path) -> list[Row]:
    seconds = case.size(6, 40)
    with small_disk(home / "disk") as disk:
        if disk is None:
            return [case.row("R11", "disk full", "mounting is not allowed", "", kept=None)]
        moved = disk / "tiendo.db"
        shutil.copy(str(make_url(url).database), moved)
        return [await _full(case, f"sqlite:///{moved}", home, disk, seconds)]


async def _full(case: Case, url: str, home: Path, disk: Path, seconds: int) -> Row:
    async with stage(case, url, home) as here:
        people = round(seconds * PER_SECOND / (1 + 2 * QUESTIONS))
        hasty = Hasty(here.telegram, here.people(people, QUESTIONS), YEAR)
        bot = here.bot()
        await bot.start()
        await bot.is_up()
        probe = Probe(bot)
        await probe.is_ready(within=60)
        ballast = fill(disk)
        watching = asyncio.create_task(probe.run())
        await hasty.type(PER_SECOND)
        watching.cancel()
        ballast.unlink()
        back = time.monotonic()
        await hasty.is_answered(within=RESUMED_WITHIN + 60)
        took = time.monotonic() - back
        await here.has_settled(within=60)
        found, given, sound = kept(here.database, as_words=True), hasty.given(), False
        wrong = sum(found.get(place) != answer for place, answer in given.items())
        sound = is_sound(here.database)
        told = f"{wrong} lost or twice, {'file sound' if sound else 'FILE DAMAGED'}"
        told += f", resumed and caught up in {took:.1f} s, /readyz {sorted(probe.ready)}"
        well = sound and not wrong and took <= RESUMED_WITHIN and not bot.has_ended
        well = well and 503 in probe.ready
        done = f"{len(given)} answers at {PER_SECOND:.0f}/s, no space for {seconds} s"
        limit = f"0, sound, {RESUMED_WITHIN:.0f} s, 503"
        return case.row("R11", done, told, limit, kept=well)
