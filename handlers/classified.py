"""Messages that bore a marking of state secrets. What they said is nowhere in the system."""

from datetime import datetime

from aiogram import Router

from handlers.language import Words
from handlers.routing import Kind, Replies, say
from handlers.talk import Talk
from storage.evidence import KEPT, WANTED, Exhibits
from storage.people import Member
from storage.withheld import MARK


def refuse(
    talk: Talk, words: Words, member: Member | None, exhibits: Exhibits, now: datetime
) -> Replies:
    """One answer to an album, whichever of its parts bears the marking; none of it is kept."""
    if member is not None and not _is_news(talk, member, exhibits, now):
        return []
    told = words(
        "<b>Your message was not accepted.</b> It bears a marking of state secrets. It was not "
        "recorded and is not kept in the system. Please delete it in this chat as well and send "
        "such content only by the channel prescribed for state secrets."
    )
    return [talk.say(told), *talk.ask_again()]


def _is_news(talk: Talk, member: Member, exhibits: Exhibits, now: datetime) -> bool:
    turn = talk.turn
    album = turn.attachment.album if turn.attachment else ""
    if not album:
        return True
    known = exhibits.album(turn.address, album)
    for part in known:
        if part.state in {WANTED, KEPT}:
            exhibits.remove(part, now)
    if any(part.reason == MARK for part in known):
        return False
    exhibits.turn_away(
        MARK,
        person_id=member.person_id,
        channel=turn.channel,
        address=turn.address,
        remote_id="",
        album=album,
        not_before_at=now,
        received_at=now,
    )
    return True


def build_router() -> Router:
    """Before all others, in any state of a conversation, for whoever wrote it."""
    router = Router(name="classified")
    say(router, refuse, Kind(MARK))
    return router
