"""Writing down what became of the letters that left, each by the fence under which it left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.outcomes import Fate, Outcome
from storage.outbox import Letter, Outbox, backoff
from storage.people import People
from storage.pulses import Pulses

log = structlog.get_logger()
TOKEN_PAUSE = 60.0
TOKEN_PULSE = "token"  # noqa: S105 - a name, no secret


@dataclass(frozen=True, slots=True)
class Result:
    letter: Letter
    fence: int
    outcome: Outcome


def settle(results: Sequence[Result], session: Session, now: datetime) -> None:
    for fence in {result.fence for result in results}:
        outbox = Outbox(session, fence)
        mine = [result for result in results if result.fence == fence]
        arrived = [result for result in mine if result.outcome.fate is Fate.SENT]
        outbox.sent([(each.letter.id, each.outcome.message_id) for each in arrived], now)
        for result in mine:
            if result.outcome.fate is not Fate.SENT:
                _settle(result.letter, result.outcome, outbox, People(session), now)


def _settle(
    letter: Letter, outcome: Outcome, outbox: Outbox, people: People, now: datetime
) -> None:
    match outcome.fate:
        case Fate.SLOW_DOWN | Fate.OFFLINE:
            later = now + timedelta(seconds=outcome.retry_after)
            outbox.again(letter, later, outcome.detail, counted=False)
        case Fate.TOKEN:
            later = now + timedelta(seconds=TOKEN_PAUSE)
            outbox.again(letter, later, outcome.detail, counted=False)
            Pulses(outbox.session).beat(TOKEN_PULSE, now)
        case Fate.HELD_BACK:
            outbox.again(letter, now, outcome.detail, counted=False)
        case Fate.UNREACHABLE:
            outbox.failed(letter.id, outcome.detail)
            people.unreachable(letter.channel, letter.address, outcome.detail, now)
        case Fate.MOVED:
            outbox.again(letter, now, "moved")
            outbox.redirect(letter.address, outcome.detail, letter.channel)
        case Fate.REJECTED:
            log.error("message rejected", outbox_id=letter.id, detail=outcome.detail)
            outbox.failed(letter.id, outcome.detail)
        case Fate.RETRY:
            outbox.again(letter, now + backoff(letter.attempts), outcome.detail)
        case Fate.UNKNOWN:
            outbox.unknown(letter, outcome.detail, now)
