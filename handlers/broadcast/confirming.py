"""One confirmation is one notice: agreed to by a second administrator above a number of people,
and taken back within half a minute.
"""

from datetime import timedelta

from aiogram import Router
from aiogram.methods import SendMessage

from handlers.broadcast import audience as spoken
from handlers.broadcast import previewing
from handlers.broadcast.bureau import Bureau
from handlers.broadcast.letters import SAMPLE
from handlers.commands import ADMIN
from handlers.files.parcels import Parcel
from handlers.language import DEFAULT, Markup, join, words_for
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import COMMAND, Link, keyboard
from plan.notices.audiences import Audience
from storage.audiences import Reach
from storage.tables import Broadcast


def send(bureau: Bureau) -> Replies:
    """Confirmed once, however often pressed: the state it leaves is named."""
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    bureau.talk.close()
    return confirm(bureau, notice)


def send_as_planned(bureau: Bureau, notice: Broadcast, revision: str) -> Replies:
    """What the calendar has prepared: who takes it on is its author."""
    if notice.state != "draft" or (revision and revision != str(notice.revision)):
        return previewing.too_late(bureau, notice)
    return confirm(bureau, notice)


def confirm(bureau: Bureau, notice: Broadcast) -> Replies:
    reach, me = bureau.reach(notice), bureau.member.person_id
    another = previewing.needs_another(bureau, notice, reach)
    bureau.broadcasts.take_on(notice, bureau.member)
    if not reach.people:
        told = bureau.words("Nobody in this group can be reached. Please choose another group.")
        return [bureau.talk.say(told), *previewing.card(bureau, notice)]
    if another:
        return _ask_for_agreement(bureau, notice, reach.count)
    approved_by = None if notice.person_id == me else me
    return _let_go(bureau, notice, ("draft",), reach, approved_by)


def _let_go(
    bureau: Bureau,
    notice: Broadcast,
    before: tuple[str, ...],
    reach: Reach,
    approved_by: int | None = None,
) -> Replies:
    """The receivers are frozen now, whatever changes while it is sent."""
    if notice.leaves_at and notice.leaves_at > bureau.now:
        return _schedule(bureau, notice, before, approved_by)
    number = notice.id or 0
    undo_until = bureau.now + timedelta(seconds=bureau.policy.undo_seconds)
    leaves_at = bureau.rules.calendar.next_office_moment(undo_until)
    notice.recipients = reach.count
    confirmed = {"confirmed_at": bureau.now, "leaves_at": leaves_at, "approved_by": approved_by}
    if not bureau.broadcasts.move(notice, before, "undoable", bureau.now, **confirmed):
        return previewing.too_late(bureau, notice)
    bureau.recipients.freeze(number, reach.people)
    return bureau.talk.say(_on_its_way(bureau, notice), [_undo(bureau, notice)])


def _schedule(
    bureau: Bureau, notice: Broadcast, before: tuple[str, ...], approved_by: int | None
) -> Replies:
    """The receivers are those of the moment when it leaves."""
    confirmed = {"confirmed_at": bureau.now, "approved_by": approved_by}
    if not bureau.broadcasts.move(notice, before, "scheduled", bureau.now, **confirmed):
        return previewing.too_late(bureau, notice)
    told = bureau.words(
        "Notice no. {n} leaves at {time}. Until then it can be changed or stopped: /thongbao {n}.",
        n=notice.id,
        time=bureau.words.moment(notice.leaves_at or bureau.now),
    )
    return bureau.talk.say(told, [_undo(bureau, notice)])


def _on_its_way(bureau: Bureau, notice: Broadcast) -> Markup:
    words, leaves_at = bureau.words, notice.leaves_at or bureau.now
    told = [
        words.plural(
            "Notice {n} is on its way to {count} person.",
            "Notice {n} is on its way to {count} people.",
            notice.recipients,
            n=notice.id,
        )
    ]
    if leaves_at > bureau.now + timedelta(seconds=bureau.policy.undo_seconds):
        told.append(words("It leaves in office hours, from {time}.", time=words.moment(leaves_at)))
    if bureau.policy.undo_seconds:
        told.append(words("Until {time} you can take it back.", time=words.second(leaves_at)))
    return join(told)


def _undo(bureau: Bureau, notice: Broadcast) -> Link:
    return Link(bureau.words("Take it back"), f"thongbao {notice.id} hoantac")


def _ask_for_agreement(bureau: Bureau, notice: Broadcast, count: int) -> Replies:
    words, others = bureau.words, bureau.other_admins()
    if not others:
        told = words(
            "More than {count} people: a second administrator must agree, and there is none. "
            "The draft is kept; please invite one first.",
            count=bureau.policy.approval_above,
        )
        return [bureau.talk.say(told), *previewing.card(bureau, notice)]
    notice.recipients = count
    if not bureau.broadcasts.move(notice, ("draft",), "awaiting", bureau.now):
        return previewing.too_late(bureau, notice)
    told = words(
        "Notice no. {n} waits for a second administrator to agree. They have been asked.",
        n=notice.id,
    )
    asked = [reply for address in others for reply in ask_agreement(bureau, notice, address)]
    return [bureau.talk.say(told, [_back(bureau, notice)]), *asked]


def _back(bureau: Bureau, notice: Broadcast) -> Link:
    return Link(bureau.words("Take it back"), f"thongbao {notice.id} hoantac")


def ask_agreement(bureau: Bureau, notice: Broadcast, address: str) -> list[Reply]:
    """What another administrator is shown: the notice itself, for whom, and by whom."""
    member = bureau.people.at(bureau.talk.turn.channel, address)
    words = words_for(member.language if member else DEFAULT)
    text = join(
        [
            words("<b>Notice no. {n} asks for your agreement</b>", n=notice.id),
            words("Written by: {name}", name=bureau.member.full_name),
            words(
                "For: {audience}",
                audience=spoken.shown(words, bureau, Audience.read(notice.audience)),
            ),
            words.plural(
                "It goes to {count} person.", "It goes to {count} people.", notice.recipients
            ),
            words(
                "To agree, type /thongbao {n} duyet {revision}; to refuse, /thongbao {n} tuchoi.",
                n=notice.id,
                revision=notice.revision,
            ),
        ]
    )
    buttons = [
        (words("Approve the notice"), f"{COMMAND}:thongbao {notice.id} duyet {notice.revision}"),
        (words("Do not approve it"), f"{COMMAND}:thongbao {notice.id} tuchoi {notice.revision}"),
    ]
    asked = SendMessage(
        chat_id=address, text=text, parse_mode="HTML", reply_markup=keyboard(buttons)
    )
    return [Parcel(address, SAMPLE, {"broadcast": notice.id, "draft": True}), asked]


def agree(bureau: Bureau, notice: Broadcast, revision: str) -> Replies:
    """By somebody else than the author, and to what they were shown."""
    if refusal := _not_to_decide(bureau, notice, revision):
        return refusal
    author, author_language = notice.address, _language(bureau, notice)
    reach, by = bureau.reach(notice), bureau.member.person_id
    moved = _let_go(bureau, notice, ("awaiting",), reach, by)
    if notice.state not in {"undoable", "scheduled"}:
        return moved
    words = words_for(author_language)
    told = words("{name} has agreed to notice no. {n}.", name=bureau.member.full_name, n=notice.id)
    return [*_listed(moved), *_tell(author, told), *bureau.talk.ask_again()]


def refuse(bureau: Bureau, notice: Broadcast, revision: str) -> Replies:
    if refusal := _not_to_decide(bureau, notice, revision):
        return refusal
    author, words = notice.address, words_for(_language(bureau, notice))
    if not bureau.broadcasts.move(notice, ("awaiting",), "draft", bureau.now):
        return previewing.too_late(bureau, notice)
    told = words(
        "{name} has not agreed to notice no. {n}. It is a draft again: /thongbao {n}.",
        name=bureau.member.full_name,
        n=notice.id,
    )
    done = bureau.words("Notice no. {n} is not sent; its author has been told.", n=notice.id)
    return [bureau.talk.say(done), *_tell(author, told), *bureau.talk.ask_again()]


def _not_to_decide(bureau: Bureau, notice: Broadcast, revision: str) -> Replies:
    words = bureau.words
    if notice.state != "awaiting":
        told = words("Notice no. {n} does not wait for agreement any more.", n=notice.id)
    elif notice.person_id == bureau.member.person_id:
        told = words("You wrote notice no. {n} yourself: another must agree.", n=notice.id)
    elif revision and revision != str(notice.revision):
        told = words(
            "Notice no. {n} has been changed since you were shown it. Please read it again: "
            "/thongbao {n}.",
            n=notice.id,
        )
    else:
        return None
    return [bureau.talk.say(told), *bureau.talk.ask_again()]


def undo(bureau: Bureau, notice: Broadcast) -> Replies:
    """Back to a draft, as long as nothing has left."""
    words = bureau.words
    leaving = notice.state in {"undoable", "scheduled"}
    late = leaving and (notice.leaves_at or bureau.now) <= bureau.now
    if late or notice.state in {"sending", "stopped", "finished", "recalled"}:
        told = words(
            "It is too late to take notice no. {n} back: it has begun to leave. What is left can "
            "be stopped: /thongbao {n} dung.",
            n=notice.id,
        )
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    before = ("undoable", "awaiting", "scheduled")
    back = {"confirmed_at": None, "approved_by": None}
    if notice.state == "undoable":
        back["leaves_at"] = None
    if not bureau.broadcasts.move(notice, before, "draft", bureau.now, **back):
        told = words("Notice no. {n} is a draft: nothing was sent.", n=notice.id)
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    bureau.recipients.thaw(notice.id or 0)
    told = words("Notice no. {n} is taken back; nobody got it.", n=notice.id)
    return [bureau.talk.say(told), *previewing.card(bureau, notice)]


def _language(bureau: Bureau, notice: Broadcast) -> str:
    author = bureau.people.at(notice.channel, notice.address) if notice.address else None
    return author.language if author else DEFAULT


def _tell(address: str, text: Markup) -> list[Reply]:
    return [SendMessage(chat_id=address, text=text, parse_mode="HTML")] if address else []


def _listed(replies: Replies) -> list[Reply]:
    return replies if isinstance(replies, list) else [replies] if replies else []


def build_router() -> Router:
    router = Router(name="notice confirmations")
    say(router, send, May(ADMIN), At(previewing.PREVIEW), Chose("send"))
    return router
