"""R4, R5, R6: a notice to many while Telegram is in a bad mood and the process is killed."""

from itertools import pairwise
from pathlib import Path

from chaos import notices
from chaos.notices import Notice, busiest_second
from chaos.pauses import LONG, SHORT, Pauses
from chaos.report import Row
from chaos.stage import BULK_IN_FLIGHT, MONDAY, PATIENCE, Case, Stage, stage
from sandbox.faults import Fault, Kind

PACE, LIMIT = 200, 250
"""Telegram's own are about 25 and 30; scaled by eight, and so is the length of the run."""
SLOW_PACE, SLOW_LIMIT, AT_ONCE = 50, 60, 16
"""Twice Telegram's own, with much on the wire: here nothing but the pace bounds the sender, on a
laden machine too.
"""
AT_LEAST = 0.75
"""Of the pace: a sender that dawdles keeps every limit."""
EDITED_EVERY = 2.5
"""Seconds, of the three that the bot lets pass by its own clock; the wire may take up the rest."""
MOODS = {
    Kind.FLOOD: 0.05,
    Kind.BLOCKED: 0.03,
    Kind.SERVER_ERROR: 0.005,
    Kind.LOST_ANSWER: 0.005,
}
SHORT_MOODS = dict.fromkeys(MOODS, 0.025)
"""Fewer pauses, which cost a second each; and of what is rare at least some."""
MIXED = (*SHORT * 27, *LONG)


async def noticed(case: Case, url: str, home: Path) -> list[Row]:
    async with stage(case, url, home, start=MONDAY) as here:
        notice = notices.for_citizens(here, here.people(case.size(350, 10_000)))
        bot = here.bot({"SEND_PER_SECOND": str(PACE)})
        await bot.start()
        await notice.announce()
        pauses, kills = _moody(here), case.size(2, 20)
        held = await notice.pauses(len(notice.recipients) // 10)
        middle = range(len(notice.recipients) // 4, int(len(notice.recipients) * 0.8))
        for n, mark in enumerate(sorted(here.random.sample(middle, kills))):
            await notice.reaches(mark)
            await (bot.kill() if n % 2 else pauses.kill_in_one(bot))
            await bot.start()
        settled = await here.has_settled(within=3 * PATIENCE)
        each = _each(notice, kills, settled=settled)
        return [
            each,
            _stopped(here, held),
            _progress(here, notice),
            _pace(here, notice),
            pauses.row(),
        ]


def _moody(here: Stage) -> Pauses:
    pauses = Pauses(here)
    for kind, chance in (MOODS if here.case.full else SHORT_MOODS).items():
        if kind is Kind.FLOOD:
            pauses.rain(chance, MIXED if here.case.full else SHORT)
        else:
            here.telegram.faults.add(Fault(kind, "sendMessage", times=None, probability=chance))
    return pauses


async def paced(case: Case, url: str, home: Path) -> list[Row]:
    """Nothing goes wrong and much is on the wire: what bounds the sender is its pace alone."""
    async with stage(case, url, home, start=MONDAY) as here:
        notice = notices.for_citizens(here, here.people(case.size(400, 5_000)))
        pace = {"SEND_PER_SECOND": str(SLOW_PACE), "BULK_IN_FLIGHT": str(AT_ONCE)}
        bot = here.bot(pace)
        await bot.start()
        await notice.announce()
        settled = await here.has_settled(within=PATIENCE)
        return [_at_full_speed(notice, settled=settled)]


def _at_full_speed(notice: Notice, *, settled: bool) -> Row:
    here, count = notice.stage, len(notice.recipients)
    times = sorted(each.at for each in here.telegram.sent if each.chat_id in notice.recipients)
    rate = (len(times) - 1) / (times[-1] - times[0])
    busiest = here.telegram.counts.busiest_second
    found = f"{busiest} in the busiest second, {rate:.0f}/s on the whole"
    limit = f"{SLOW_LIMIT}, at least {AT_LEAST:.0%} of the pace"
    fast = rate >= AT_LEAST * SLOW_PACE
    well = settled and len(times) == count and busiest <= SLOW_LIMIT and fast
    done = f"{count} recipients, {AT_ONCE} in flight, pace {SLOW_PACE}/s"
    return here.case.row("R5", done, found, limit, kept=well)


def _each(notice: Notice, kills: int, *, settled: bool) -> Row:
    here, found = notice.stage, notice.reckon()
    ambiguous = here.telegram.counts.faults[Kind.LOST_ANSWER.value]
    most = ambiguous + kills * BULK_IN_FLIGHT
    done = f"{len(notice.recipients)} recipients, {_moods(here)}, {kills} kill -9"
    limit = f"0 twice, 0 lost, unknown ≤ {ambiguous} ambiguous + {BULK_IN_FLIGHT} a kill"
    kept = settled and found.is_clean and found.unknown <= most
    return here.case.row("R4", done, str(found), limit, kept=kept)


def _stopped(here: Stage, after: int | None) -> Row:
    """What was on the wire when it was stopped may still arrive."""
    done, limit = "stopped on the way, resumed two seconds later", f"{BULK_IN_FLIGHT} in flight"
    if after is None:
        return here.case.row("R4", done, "it was through before", limit, kept=None)
    found = f"{after} delivered while it was stopped"
    return here.case.row("R4", done, found, limit, kept=after <= BULK_IN_FLIGHT)


def _progress(here: Stage, notice: Notice) -> Row:
    told = notice.told()
    wrong = [each for each in told if not each.is_right]
    gaps = [later.at - each.at for each, later in pairwise(told)]
    quick = sum(gap < EDITED_EVERY for gap in gaps)
    done = f"{len(told)} edits of the progress message"
    found = f"{len(wrong)} wrong, {quick} sooner than 3 s after the one before"
    found += "".join(f"; {each}" for each in wrong[:1])
    return here.case.row("R4", done, found, "0, 0", kept=not wrong and not quick and bool(told))


def _moods(here: Stage) -> str:
    names = {
        Kind.FLOOD: "429",
        Kind.BLOCKED: "403",
        Kind.SERVER_ERROR: "500",
        Kind.LOST_ANSWER: "502 after delivery",
    }
    met = here.telegram.counts.faults
    return ", ".join(f"{met[kind.value]} × {name}" for kind, name in names.items())


def _pace(here: Stage, notice: Notice) -> Row:
    counts = here.telegram.counts
    busiest = busiest_second(here.telegram.sent, notice.recipients)
    done = f"{len(here.telegram.sent)} messages at {PACE}/s"
    found = f"{counts.busiest_second} in the busiest second, {busiest} to one chat"
    kept = counts.busiest_second <= LIMIT and busiest <= 1
    return here.case.row("R5", done, found, f"{LIMIT}, 1", kept=kept)
