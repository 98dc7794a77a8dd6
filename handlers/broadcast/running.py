"""A notice under way: stopped, resumed, ended; and how one stands."""

from aiogram.methods import SendMessage

from handlers.broadcast import telling
from handlers.broadcast.bureau import Bureau
from handlers.language import Markup, Words, join
from handlers.routing import Replies
from handlers.talk import Link
from storage.tables import Broadcast


def stop(bureau: Bureau, notice: Broadcast) -> Replies:
    """What is on the wire arrives; nothing more leaves."""
    if not bureau.broadcasts.move(notice, ("sending",), "stopped", bureau.now):
        return _as_it_is(bureau, notice)
    bureau.recipients.hold(notice.id or 0)
    told = bureau.words("Notice no. {n} is stopped.", n=notice.id)
    return [_status(bureau, notice, told), *bureau.talk.ask_again()]


def resume(bureau: Bureau, notice: Broadcast) -> Replies:
    if not bureau.broadcasts.move(notice, ("stopped",), "sending", bureau.now):
        return _as_it_is(bureau, notice)
    at = bureau.rules.calendar.next_office_moment(bureau.now)
    bureau.recipients.resume(notice.id or 0, at)
    told = bureau.words("Notice no. {n} goes on where it was stopped.", n=notice.id)
    return [_status(bureau, notice, told), *bureau.talk.ask_again()]


def end(bureau: Bureau, notice: Broadcast) -> Replies:
    """For good: whoever has not got it will not."""
    if notice.state != "stopped":
        return _as_it_is(bureau, notice)
    # It finishes by the clock, as any other that has nothing left to send.
    bureau.recipients.give_up(notice.id or 0, "stopped")
    bureau.broadcasts.move(notice, ("stopped",), "sending", bureau.now)
    told = bureau.words("Notice no. {n} is ended: the others will not get it.", n=notice.id)
    return [_status(bureau, notice, told), *bureau.talk.ask_again()]


def _as_it_is(bureau: Bureau, notice: Broadcast) -> Replies:
    return [status(bureau, notice), *bureau.talk.ask_again()]


def status(bureau: Bureau, notice: Broadcast) -> SendMessage:
    return _status(bureau, notice, Markup())


def _status(bureau: Bureau, notice: Broadcast, told: Markup) -> SendMessage:
    words, tally = bureau.words, bureau.recipients.tally(notice.id or 0)
    shown = {
        "awaiting": words("Notice no. {n} waits for a second administrator to agree.", n=notice.id),
        "cancelled": words("Notice no. {n} was discarded; nobody got it.", n=notice.id),
        "recalled": words("Notice no. {n} was recalled.", n=notice.id),
    }.get(notice.state)
    if notice.state in {"undoable", "scheduled"} and notice.leaves_at:
        shown = words(
            "Notice no. {n} leaves at {time}.", n=notice.id, time=words.moment(notice.leaves_at)
        )
    if shown is None:
        at = bureau.rules.calendar.next_office_moment(bureau.now)
        resumes_at = at if at > bureau.now else None
        shown = telling.progress(
            words,
            notice,
            tally,
            per_second=bureau.policy.per_second,
            resumes_at=resumes_at,
        )
    confirmed = Markup()
    if notice.confirmed_at and notice.way in {"", "again"} and tally.sent:
        confirmed = words("Confirmed as received: {count}", count=words.number(tally.acknowledged))
    text = join([told, join([shown, confirmed])], "\n\n")
    return bureau.talk.say(text, links(words, notice))


def links(words: Words, notice: Broadcast) -> list[Link]:
    """What can be done to it as it stands."""
    back = (words("Take it back"), "hoantac")
    result = (words("Result as Excel"), "ketqua")
    after = [
        (words("Not confirmed"), "chuanhan"),
        (words("Questions"), "hoidap"),
        (words("Correct it"), "dinhchinh"),
        (words("Recall it"), "thuhoi"),
        result,
    ]
    verbs = {
        "awaiting": [back],
        "undoable": [back],
        "scheduled": [back, (words("Set a time"), "hengio")],
        "sending": [(words("Stop"), "dung")],
        "stopped": [(words("Go on sending"), "tieptuc"), (words("End for good"), "ketthuc")],
        "finished": [] if notice.way in {"edit", "recall"} else after,
        "recalled": [result],
    }
    found = verbs.get(notice.state, [])
    return [Link(label, f"thongbao {notice.id} {verb}") for label, verb in found]
