"""R1, R3: the process is killed while people answer it. R2: it is told to end, while it also sends
a notice.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from bench import crowd
from bench.process import BotProcess
from bench.town import Citizen
from chaos.notices import Reckoning, for_citizens
from chaos.reckoning import IN_FLIGHT, Trial, is_sound
from chaos.report import Row
from chaos.stage import MONDAY, PATIENCE, Case, Stage, stage

YEAR, QUESTIONS = 2024, 15
ENDS_WITHIN = 10.0


async def killed(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home) as here:
        citizens = here.people(case.size(30, 667), QUESTIONS)
        trial = _trial(here, here.bot(), citizens, case.size(5, 200))
        # Until the leases of the dead have run out the next one only handles: on PostgreSQL
        # most strikes have to come meanwhile, or there would be few.
        await trial.run(trial.kill, early=0.2 if here.database.is_sqlite else 0.75)
        return [_answers(trial), _replies(trial)]


async def told_to_end(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home, start=MONDAY) as here:
        citizens = here.people(case.size(250, 5000), QUESTIONS)
        notice = for_citizens(here, citizens)
        bot = here.bot({"SEND_PER_SECOND": "100"})
        trial = _trial(here, bot, citizens[: case.size(15, 200)], case.size(3, 50))
        await bot.start()
        await notice.announce()
        await trial.run(trial.terminate, early=0)
        return [_ends(trial, notice.reckon())]


def _trial(here: Stage, bot: BotProcess, citizens: Sequence[Citizen], strikes: int) -> Trial:
    talkers = crowd.gather(here.telegram, citizens, time.monotonic, YEAR)
    return Trial(here, bot, talkers, strikes, PATIENCE + 20 * strikes)


def _answers(trial: Trial) -> Row:
    lost, twice, sound = trial.lost(), trial.twice(), is_sound(trial.database)
    left = trial.unsettled()
    found = f"{lost} lost, {twice} twice, {'file sound' if sound else 'FILE DAMAGED'}"
    kept = not (lost or twice or left) and sound
    return trial.stage.case.row(
        "R1", f"{len(trial.given())} answers, {trial.hits}", found + _told(left), "0, 0", kept=kept
    )


def _replies(trial: Trial) -> Row:
    untold, repeated = len(trial.untold()), trial.repeated()
    most = trial.strikes * IN_FLIGHT
    found = f"{untold} missing, {repeated} twice"
    kept = not untold and repeated <= most
    done = f"{len(trial.given())} receipts, {trial.strikes} kill -9"
    return trial.stage.case.row("R3", done, found, f"0, at most {most}", kept=kept)


def _ends(trial: Trial, notice: Reckoning) -> Row:
    lost = trial.lost() + len(trial.untold()) + notice.silent + notice.unknown
    twice = trial.twice() + trial.repeated()
    longest, codes, left = max(trial.ending), set(trial.exit_codes), trial.unsettled()
    found = f"{lost} lost, {twice} twice, {longest:.1f} s, exit {codes}{_told(left)}"
    kept = notice.is_clean and longest <= ENDS_WITHIN and codes == {0}
    kept = kept and not (lost or twice or left)
    done = f"{_done(trial, 'SIGTERM')}, notice to {notice.states['sent']}"
    limit = f"0, 0, {ENDS_WITHIN:.0f} s, exit {{0}}"
    return trial.stage.case.row("R2", done, found, limit, kept=kept)


def _done(trial: Trial, how: str) -> str:
    return f"{len(trial.given())} answers, {trial.strikes} {how}"


def _told(left: dict[str, int]) -> str:
    return f", left over: {left}" if left else ""
