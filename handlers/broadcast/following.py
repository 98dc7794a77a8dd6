"""After a notice: who has not confirmed, repeated to those, corrected, recalled."""

from aiogram import Router

from handlers.broadcast import campaigns, composing, previewing, resulting, running, templates
from handlers.broadcast.bureau import NUMBER, Bureau
from handlers.commands import ADMIN
from handlers.files.parcels import Parcel
from handlers.language import Markup, join
from handlers.routing import At, Chose, May, Replies, as_list, say
from handlers.talk import FREE, Link, Option
from plan.notices.audiences import Audience
from storage.broadcasts import OPEN
from storage.tables import Broadcast
from storage.tallies import Result

RECALL = "notice.recall"
DONE = ("finished",)
LEFT = ("sending", "stopped", "finished")
COPIED = ("text", "entities", "media", "media_id", "media_title", "link_label", "link_url", "kind")


def list_unconfirmed(bureau: Bureau, notice: Broadcast) -> Replies:
    """By agency: who has it and has not pressed, and who has not got it at all."""
    words = bureau.words
    results = bureau.recipients.results(notice.id or 0)
    waiting = [each for each in results if resulting.arrived(each) and not each.acknowledged_at]
    missed = [each for each in results if not resulting.arrived(each)]
    confirmed = sum(each.acknowledged_at is not None for each in results)
    parts = [
        words(
            "<b>Notice no. {n}: {count} of {total} have confirmed</b>",
            n=notice.id,
            count=words.number(confirmed),
            total=words.number(len(results)),
        )
    ]
    if waiting:
        parts.append(words("Not confirmed yet:"))
        parts += _by_agency(bureau, waiting)
    if missed:
        parts.append(words("Not received:"))
        parts += _by_agency(bureau, missed)
    links = [Link(words("Repeat to these"), f"thongbao {notice.id} guilai")] if waiting else []
    return [*bureau.talk.pages([join(parts)], links), *bureau.talk.ask_again()]


def _by_agency(bureau: Bureau, results: list[Result]) -> list[Markup]:
    names: dict[str, list[str]] = {}
    for each in results:
        names.setdefault(each.agency_id, []).append(each.full_name)
    lines = []
    for agency_id, found in names.items():
        agency = bureau.agencies.find(agency_id, bureau.today)
        short = agency.short if agency else agency_id
        lines.append(bureau.words("• {agency}: {names}", agency=short, names=", ".join(found)))
    return lines


def repeat(bureau: Bureau, notice: Broadcast) -> Replies:
    """A draft with the words as they were corrected last, for those who have not confirmed."""
    if notice.state not in DONE or notice.way in {"edit", "recall"}:
        return _not_now(bureau, notice)
    root = notice.follows if notice.way == "again" and notice.follows else notice.id or 0
    corrected = bureau.broadcasts.following(root, "edit", "reply")
    source = corrected[-1] if corrected else notice
    audience = f"unacked:{root}"
    if not bureau.audiences.reach(Audience.read(audience), notice.kind).people:
        told = bureau.words("Everybody who got notice no. {n} has confirmed it.", n=root)
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    copied = {name: getattr(source, name) for name in COPIED}
    if source.way == "reply":
        copied |= {name: getattr(notice, name) for name in COPIED[2:5]}
    draft = bureau.broadcasts.draft(
        bureau.member, bureau.now, way="again", follows=root, audience=audience, **copied
    )
    return previewing.show(bureau, draft)


def correct(bureau: Bureau, notice: Broadcast) -> Replies:
    """The new words; how they reach the receivers is chosen at the preview."""
    if notice.state not in DONE or notice.way in {"edit", "recall"}:
        return _not_now(bureau, notice)
    copied = {name: getattr(notice, name) for name in COPIED}
    draft = bureau.broadcasts.draft(
        bureau.member,
        bureau.now,
        way="edit",
        follows=notice.id,
        audience=f"got:{notice.id}",
        **copied,
    )
    question = bureau.words(
        "Please type the corrected text of notice no. {n}. The message that was sent is changed, "
        "or a correction is sent as an answer to it: you choose before it leaves.",
        n=notice.id,
    )
    return bureau.talk.ask(composing.TEXT, question, [], data={FREE: True, NUMBER: draft.id})


def ask_recall(bureau: Bureau, notice: Broadcast) -> Replies:
    if notice.state not in LEFT or notice.way in {"edit", "recall"}:
        return _not_now(bureau, notice)
    words = bureau.words
    question = words(
        "Recall notice no. {n}? Telegram lets messages of the last 48 hours be removed; older ones "
        "stay, and whoever has read it knows it. What has not left yet is not sent any more.",
        n=notice.id,
    )
    keep_it = Option("keep", words("Leave it as it is"), words("back"))
    days = campaigns.repeating(bureau, notice)
    if not days:
        options = [Option("recall", words("Recall it"), words("yes|recall")), keep_it]
        return bureau.talk.ask(RECALL, question, options, data={NUMBER: notice.id})
    repeats = [
        words(
            "It comes again every year: for {name} the next draft is prepared on {day}.",
            name=day.name,
            day=words.day(campaigns.next_draft(bureau, day)),
        )
        for day in days
    ]
    options = [
        Option("stop", words("Recall it and stop the repetition"), words("stop|recall and stop")),
        Option("recall", words("Recall it this time only"), words("yes|recall")),
        keep_it,
    ]
    text = join([question, *repeats])
    return bureau.talk.ask(RECALL, text, options, numbered=True, data={NUMBER: notice.id})


def recall_and_stop(bureau: Bureau) -> Replies:
    """Stopped even where somebody else was faster to recall it."""
    words, notice = bureau.words, bureau.notice()
    days = campaigns.repeating(bureau, notice) if notice else []
    templates.stop(bureau, days)
    replies = as_list(recall(bureau))
    if not days:
        return replies
    names = ", ".join(day.name for day in days)
    told = words("No drafts are prepared for {name} any more.", name=names)
    again = [
        Link(words("Prepare drafts again: {name}", name=day.name), f"thongbao mau {day.id} bat")
        for day in days
    ]
    waiting = [
        words(
            "Notice no. {n} has been prepared already; to leave it out: /thongbao {n} boqua.",
            n=prepared.id,
        )
        for prepared in bureau.broadcasts.in_state(*OPEN)
        if prepared.campaign in {day.id for day in days}
    ]
    return [*replies, bureau.talk.say(join([told, *waiting]), again)]


def recall(bureau: Bureau) -> Replies:
    """Without a second administrator: it takes back, and every minute counts."""
    notice = bureau.notice()
    bureau.talk.close()
    if notice is None:
        return previewing.gone(bureau)
    if not bureau.broadcasts.move(notice, LEFT, "recalled", bureau.now, finished_at=bureau.now):
        return previewing.too_late(bureau, notice)
    number = notice.id or 0
    bureau.recipients.give_up(number, "recalled")
    people = bureau.recipients.arrived(number)
    now = bureau.now
    taken = bureau.broadcasts.draft(
        bureau.member,
        now,
        way="recall",
        follows=number,
        audience=f"got:{number}",
        recipients=len(people),
        state="sending",
        confirmed_at=now,
        leaves_at=now,
    )
    bureau.recipients.freeze(taken.id or 0, people)
    told = bureau.words.plural(
        "Notice no. {n} is being recalled from {count} person; the result is told here.",
        "Notice no. {n} is being recalled from {count} people; the result is told here.",
        len(people),
        n=number,
    )
    return bureau.talk.say(told)


def keep(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    bureau.talk.close()
    return running.status(bureau, notice) if notice else previewing.gone(bureau)


def export(bureau: Bureau, notice: Broadcast) -> Replies:
    file = Parcel(bureau.talk.turn.address, resulting.PARCEL, {"broadcast": notice.id})
    return [file, *bureau.talk.ask_again()]


def _not_now(bureau: Bureau, notice: Broadcast) -> Replies:
    told = bureau.words(
        "This cannot be done to notice no. {n} as it stands: it must have been sent, and be "
        "finished or ended.",
        n=notice.id,
    )
    return [bureau.talk.say(told), running.status(bureau, notice), *bureau.talk.ask_again()]


def build_router() -> Router:
    router = Router(name="after notices")
    say(router, recall, May(ADMIN), At(RECALL), Chose("recall"))
    say(router, recall_and_stop, May(ADMIN), At(RECALL), Chose("stop"))
    say(router, keep, May(ADMIN), At(RECALL), Chose("keep"))
    return router
