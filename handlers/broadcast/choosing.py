"""Whom a notice is for: chosen, or typed in words; who that is, and whom it cannot reach."""

from aiogram import Router

from handlers.broadcast import audience as spoken
from handlers.broadcast import previewing
from handlers.broadcast.bureau import NUMBER, Bureau
from handlers.commands import ADMIN
from handlers.language import Markup, join, sentence
from handlers.routing import At, Chose, May, Replies, Reply, say
from handlers.talk import FREE, Option, Turn
from plan.notices.audiences import Audience
from storage.audiences import NAME_MOST, Reach
from storage.tables import Broadcast

AUDIENCE, SAVE = "notice.audience", "notice.save"
OFFERED = (
    "all",
    "role:focal",
    "role:focal not_reported",
    "role:focal kind:department",
    "role:focal kind:district",
    "role:focal returned",
    "role:official",
)
KEPT = "saved:"


def ask_audience(bureau: Bureau, notice: Broadcast) -> Replies:
    words = bureau.words
    options = [Option(key, _named(bureau, key)) for key in OFFERED]
    if (last := bureau.broadcasts.latest(1)) and _missed(bureau, last[0]):
        key = f"missed:{last[0].id}"
        options.append(Option(key, _named(bureau, key)))
    options += [Option(KEPT + row.name, row.name) for row in bureau.audiences.saved()]
    question = words(
        "Who is it for? Choose, or type it: agencies, kinds of agencies, roles, codes of tasks "
        "and indicators, “not reported”; “except” takes away. For example: departments, Quan 1, "
        "not reported, except So Y te."
    )
    data = {FREE: True, NUMBER: notice.id}
    return bureau.talk.ask(AUDIENCE, question, options, numbered=True, data=data)


def change_audience(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    return ask_audience(bureau, notice) if notice else previewing.gone(bureau)


def choose(bureau: Bureau, chosen: str) -> Replies:
    if chosen.startswith(KEPT):
        name = chosen.removeprefix(KEPT)
        saved = {row.name: row.expression for row in bureau.audiences.saved()}
        return _take(bureau, Audience.read(saved.get(name, "")))
    return _take(bureau, Audience.read(chosen))


def read_typed(bureau: Bureau, turn: Turn) -> Replies:
    words, meant = bureau.words, spoken.read(bureau, turn.text)
    told: list[Markup] = []
    for part, names in meant.unsure.items():
        told.append(
            words(
                "“{part}” may be: {names}. Please type the whole name.",
                part=part[:40],
                names=", ".join(names),
            )
        )
    if meant.unread:
        told.append(
            words(
                "Not understood: “{parts}”. Type for example: departments, not reported, "
                "except Quan 1.",
                parts="”, “".join(part[:40] for part in meant.unread[:5]),
            )
        )
    if told or not (meant.terms or meant.but):
        again = words("Nothing was changed: please choose again.")
        return [bureau.talk.say(join([*told, again])), *bureau.talk.ask_again()]
    return _take(bureau, meant.audience)


def _take(bureau: Bureau, audience: Audience) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    reach = bureau.audiences.reach(audience, notice.kind)
    if not reach.people:
        told = bureau.words("Nobody in this group can be reached. Please choose another group.")
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    changed = {"audience": str(audience)}
    if not bureau.broadcasts.change(notice, bureau.member, bureau.now, **changed):
        return previewing.too_late(bureau, notice)
    return previewing.show(bureau, notice)


def list_names(bureau: Bureau) -> Replies:
    """Everybody it goes to, by agency, and the agencies of which nobody is reached."""
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    return [*named(bureau, bureau.reach(notice)), *bureau.talk.ask_again()]


def named(bureau: Bureau, reach: Reach) -> list[Reply]:
    words = bureau.words
    names = bureau.people.names_of([each.person_id for each in reach.people])
    shorts = {agency.id: agency.short for agency in reach.wanted}
    people: dict[str, list[str]] = {}
    for each in reach.people:
        people.setdefault(each.agency_id, []).append(names[each.person_id])
    lines = [words("<b>Receivers: {count}</b>", count=words.number(reach.count))]
    lines += [
        words("{agency}: {names}", agency=shorts.get(agency_id, agency_id), names=", ".join(found))
        for agency_id, found in people.items()
    ]
    if reach.without:
        told = ", ".join(agency.short for agency in reach.without)
        lines.append(words("<b>Nobody reachable:</b> {agencies}", agencies=told))
    return list(bureau.talk.pages([join(lines)]))


def ask_name(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    question = bureau.words(
        "Under which name is this group kept ({audience})? At most {most} characters.",
        audience=spoken.shown(bureau.words, bureau, Audience.read(notice.audience)),
        most=NAME_MOST,
    )
    options = [Option("keep", bureau.words("Leave it as it is"), bureau.words("back"))]
    data = {FREE: True, NUMBER: notice.id}
    return bureau.talk.ask(SAVE, question, options, data=data)


def save(bureau: Bureau, turn: Turn) -> Replies:
    notice, name = bureau.notice(), " ".join(turn.text.split())
    if notice is None:
        return previewing.gone(bureau)
    if not name or len(name) > NAME_MOST or name.startswith("/"):
        told = bureau.words("This name is too long. Please shorten it.")
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    audience = Audience.read(notice.audience)
    bureau.audiences.save(name, audience, bureau.member.person_id, bureau.now)
    told = bureau.words("The group “{name}” is kept; it is offered from now on.", name=name)
    return [bureau.talk.say(told), *previewing.card(bureau, notice)]


def leave(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    return previewing.card(bureau, notice) if notice else previewing.gone(bureau)


def _named(bureau: Bureau, expression: str) -> Markup:
    words = bureau.words
    usual = {
        "all": words("Everyone"),
        "role:focal": words("All focal points"),
        "role:focal not_reported": words("Focal points of agencies that have not reported"),
        "role:focal kind:department": words("Focal points of departments"),
        "role:focal kind:district": words("Focal points of districts"),
        "role:focal returned": words("Focal points of agencies whose report was returned"),
    }
    if expression in usual:
        return usual[expression]
    return sentence(spoken.shown(words, bureau, Audience.read(expression)))


def _missed(bureau: Bureau, last: Broadcast) -> bool:
    reach = bureau.audiences.reach(Audience.read(f"missed:{last.id}"))
    return bool(reach.people)


def build_router() -> Router:
    router = Router(name="notice audiences")
    admin = May(ADMIN)
    for key, do in (("audience", change_audience), ("names", list_names), ("save", ask_name)):
        say(router, do, admin, At(previewing.PREVIEW), Chose(key))
    say(router, choose, admin, At(AUDIENCE), Chose())
    say(router, read_typed, admin, At(AUDIENCE))
    say(router, leave, admin, At(SAVE), Chose("keep"))
    say(router, save, admin, At(SAVE))
    return router
