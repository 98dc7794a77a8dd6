"""R15: whatever two colleagues type, press and edit: the machine of the tests, for longer."""

import asyncio
import os
import sys
from pathlib import Path

from bench.process import ROOT
from chaos.report import Row
from chaos.stage import Case

EXAMPLES = 5_000
LONGEST = 2 * 3600.0


async def run(case: Case, _url: str, home: Path) -> list[Row]:
    """On a file of its own, in a process of its own."""
    log = home / "machine.log"
    words = ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider")
    seed = ("--hypothesis-seed", str(case.seed), "tests/journeys/test_machine.py")
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *words, *seed),
            cwd=ROOT,
            env={**os.environ, "MACHINE_EXAMPLES": str(EXAMPLES)},
            stdout=file,
            stderr=file,
        )
        try:
            async with asyncio.timeout(LONGEST):
                code = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
    said = log.read_text(encoding="utf-8").strip().splitlines()[-1:]
    done = f"{EXAMPLES} dialogues of two colleagues, in any order"
    return [case.row("R15", done, "".join(said), "no figure lost or unseen", kept=code == 0)]
