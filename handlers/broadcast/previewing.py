"""The notice as two of its receivers will get it, how many they are, and what to do with it."""

from aiogram import Router

from handlers.broadcast import audience as spoken
from handlers.broadcast import rendering
from handlers.broadcast.bureau import NUMBER, Bureau
from handlers.broadcast.letters import SAMPLE
from handlers.commands import ADMIN
from handlers.files.parcels import Parcel
from handlers.language import Markup, join
from handlers.reminding.greeting import form
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import Link, Option
from plan.notices.audiences import Audience
from plan.notices.texts import places, units
from storage.audiences import Reach
from storage.tables import Broadcast

PREVIEW = "notice.preview"
DEADLINE_MOST = 45
"""Units of "hết thứ Tư, 04/11/2026", in any language, with some to spare."""


def show(bureau: Bureau, notice: Broadcast) -> Replies:
    """Samples first, then the card with the exact count."""
    reach = bureau.reach(notice)
    if not reach.people:
        told = bureau.words("Nobody in this group can be reached. Please choose another group.")
        return [bureau.talk.say(told), *card(bureau, notice)]
    return [*_samples(bureau, notice, reach), *card(bureau, notice)]


def _samples(bureau: Bureau, notice: Broadcast, reach: Reach) -> list[Reply]:
    """Two where the text is not the same for everybody."""
    count = 2 if places(notice.text) else 1
    by_agency = {each.agency_id: each for each in reversed(reach.first)}
    shown = [*reversed(by_agency.values()), *reach.first]
    chosen = list({each.person_id: each for each in shown}.values())[:count]
    return [
        Parcel(
            bureau.talk.turn.address,
            SAMPLE,
            {"broadcast": notice.id, "person": each.person_id, "agency": each.agency_id},
        )
        for each in chosen
    ]


def card(bureau: Bureau, notice: Broadcast) -> list[Reply]:
    words, reach = bureau.words, bureau.reach(notice)
    lines = [
        words("<b>Preview of notice no. {n}</b>", n=notice.id),
        words("For: {audience}", audience=_audience(bureau, notice)),
        count(bureau, reach),
        _class(bureau, notice),
        words("Leaves at: {time}", time=words.moment(notice.leaves_at)) if notice.leaves_at else "",
        words("File: {title}", title=notice.media_title or notice.media) if notice.media else "",
        words("Button: {label} – {url}", label=notice.link_label, url=notice.link_url)
        if notice.link_url
        else "",
        too_long(bureau, notice, reach),
        words("A second administrator must agree: more than {count} people.", count=limit(bureau))
        if needs_another(bureau, notice, reach)
        else "",
    ]
    text = join(lines)
    data = {NUMBER: notice.id}
    options = _options(bureau, notice, reach)
    return [bureau.talk.ask(PREVIEW, text, options, numbered=True, data=data)]


def _options(bureau: Bureau, notice: Broadcast, reach: Reach) -> list[Option]:
    words, follows = bureau.words, notice.way != ""
    send = Option("send", words("Send"), words("send it"))
    if needs_another(bureau, notice, reach):
        send = Option("send", words("Ask for agreement"), words("send|send it"))
    options = [send] if reach.people and not too_long(bureau, notice, reach) else []
    options += [
        Option("test", words("Send me a test"), words("test")),
        Option("edit", words("Change the text"), words("change")),
    ]
    if not follows:
        options += [
            Option("audience", words("Change the receivers"), words("receivers")),
            Option("media", words("Picture or document"), words("picture|document|file")),
            Option("link", words("Link button"), words("link|button")),
            Option("class", _other_class(bureau, notice), words("class")),
            Option("schedule", words("Set a time"), words("time|later on")),
            Option("save", words("Keep this group"), words("keep the group")),
        ]
    if notice.way in {"reply", "edit"}:
        options.append(Option("way", _other_way(bureau, notice), words("way")))
    options += [
        Option("names", words("Who exactly"), words("names|list")),
        Option("later", words("Leave as a draft"), words("later")),
        Option("drop", words("Discard"), words("no|drop")),
    ]
    return options


def limit(bureau: Bureau) -> int:
    return bureau.policy.approval_above


def needs_another(bureau: Bureau, notice: Broadcast, reach: Reach) -> bool:
    """Whoever confirms what another administrator has written is that second one."""
    mine = notice.person_id in {None, bureau.member.person_id}
    return mine and reach.count > limit(bureau)


def count(bureau: Bureau, reach: Reach) -> Markup:
    words = bureau.words
    agencies = len({each.agency_id for each in reach.people})
    told = [
        words.plural(
            "The notice will go to <b>{count} person</b> in {agencies} agencies.",
            "The notice will go to <b>{count} people</b> in {agencies} agencies.",
            reach.count,
            agencies=agencies,
        )
    ]
    if reach.without:
        told.append(
            words.plural(
                "{count} agency has nobody who can be reached.",
                "{count} agencies have nobody who can be reached.",
                len(reach.without),
            )
        )
    if reach.muted:
        told.append(
            words.plural(
                "{count} person has muted notices of campaigns.",
                "{count} people have muted notices of campaigns.",
                reach.muted,
            )
        )
    return join(told)


def too_long(bureau: Bureau, notice: Broadcast, reach: Reach) -> Markup:
    """Where the longest names make it longer than Telegram takes."""
    words, content = bureau.words, bureau.broadcasts.content(notice.id or 0)
    wanted = places(notice.text)
    if not wanted:
        return Markup()
    forms = bureau.people.forms_of([each.person_id for each in reach.people])
    shorts = {agency.id: agency.short for agency in reach.wanted}
    longest = {
        "xung_ho": max((units(form(words, kept)) for _, kept in forms.values()), default=0),
        "ten": max((units(name.split()[-1]) for name, _ in forms.values() if name), default=0),
        "de_nghi": max(units(rendering.asks(words, below=below)) for below in (True, False)),
        "don_vi": max((units(short) for short in shorts.values()), default=0),
        "han": DEADLINE_MOST,
    }
    text = notice.text
    for place in wanted:
        text = text.replace("{" + place + "}", "x" * longest[place])
    most = rendering.room(words, content)
    if units(text) <= most:
        return Markup()
    return words(
        "With the longest names it has {length} characters, {most} is the most. Please shorten it.",
        length=words.number(units(text)),
        most=words.number(most),
    )


def _audience(bureau: Bureau, notice: Broadcast) -> Markup:
    return spoken.shown(bureau.words, bureau, Audience.read(notice.audience))


def _class(bureau: Bureau, notice: Broadcast) -> Markup:
    if notice.kind == "campaign":
        return bureau.words("Class: campaign, whoever has muted these does not get it")
    return bureau.words("Class: operational, nobody can mute it")


def _other_class(bureau: Bureau, notice: Broadcast) -> Markup:
    if notice.kind == "campaign":
        return bureau.words("Make it operational")
    return bureau.words("Make it a campaign notice")


def _other_way(bureau: Bureau, notice: Broadcast) -> Markup:
    if notice.way == "edit":
        return bureau.words("Send it as a reply instead")
    return bureau.words("Change the sent message instead")


def switch_class(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return gone(bureau)
    other = "operational" if notice.kind == "campaign" else "campaign"
    if not bureau.broadcasts.change(notice, bureau.member, bureau.now, kind=other):
        return too_late(bureau, notice)
    return card(bureau, notice)


def switch_way(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return gone(bureau)
    first = bureau.broadcasts.get(notice.follows or 0)
    changed = {"way": "reply" if notice.way == "edit" else "edit"}
    for name in ("media", "media_id", "media_title"):
        changed[name] = getattr(first, name) if first and changed["way"] == "edit" else ""
    if not bureau.broadcasts.change(notice, bureau.member, bureau.now, **changed):
        return too_late(bureau, notice)
    return card(bureau, notice)


def send_test(bureau: Bureau) -> Replies:
    """To oneself, filled with one's own name and agency."""
    notice = bureau.notice()
    if notice is None:
        return gone(bureau)
    sample = Parcel(bureau.talk.turn.address, SAMPLE, {"broadcast": notice.id})
    return [sample, *bureau.talk.ask_again()]


def leave(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    bureau.talk.close()
    return bureau.talk.say(kept(bureau, notice))


def kept(bureau: Bureau, notice: Broadcast | None) -> Markup:
    if notice is None:
        return bureau.words("Nothing was sent.")
    return bureau.words(
        "Notice no. {n} is kept as a draft; nothing was sent. To go on with it, type "
        "/thongbao {n}.",
        n=notice.id,
    )


def drop(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    bureau.talk.close()
    if notice is None:
        return gone(bureau)
    if not bureau.broadcasts.move(notice, ("draft", "awaiting"), "cancelled", bureau.now):
        return too_late(bureau, notice)
    return bureau.talk.say(bureau.words("The notice is discarded. Nothing was sent."))


def too_late(bureau: Bureau, notice: Broadcast) -> Replies:
    """It was agreed to, sent or discarded while the question was open."""
    bureau.talk.close()
    told = bureau.words(
        "Notice no. {n} has moved on meanwhile; nothing was changed by you. How it stands: "
        "/thongbao {n}.",
        n=notice.id,
    )
    link = Link(bureau.words("Show it"), f"thongbao {notice.id}")
    return bureau.talk.say(told, [link])


def gone(bureau: Bureau) -> Replies:
    bureau.talk.close()
    return bureau.talk.say(bureau.words("This notice is not there any more. Type /thongbao."))


def build_router() -> Router:
    router = Router(name="notice previews")
    admin = May(ADMIN)
    say(router, send_test, admin, At(PREVIEW), Chose("test"))
    say(router, switch_class, admin, At(PREVIEW), Chose("class"))
    say(router, switch_way, admin, At(PREVIEW), Chose("way"))
    say(router, leave, admin, At(PREVIEW), Chose("later"))
    say(router, drop, admin, At(PREVIEW), Chose("drop"))
    return router
