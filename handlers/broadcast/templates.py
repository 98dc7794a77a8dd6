"""What a campaign day's notice is made from each year: its words, its file, and when."""

from collections.abc import Iterable
from typing import Any

from aiogram import Router

from handlers.broadcast.bureau import Bureau
from handlers.broadcast.campaigns import AUDIENCE, FILE, LEAD, show_calendar, usual
from handlers.broadcast.letters import SAMPLE
from handlers.commands import ADMIN, YEAR_DIGITS
from handlers.files.parcels import Parcel
from handlers.language import Markup, Words, join, plain
from handlers.routing import At, Attached, Chose, May, Open, Replies, say
from handlers.talk import FREE, Option, Turn
from plan.catalogue import CampaignDay
from plan.notices.texts import (
    CAPTION_MOST,
    EVENT,
    MESSAGE_MOST,
    PLACES,
    braced,
    kept,
    units,
    unknown,
)

TEMPLATE = "notice.template"
LEAD_MOST = 90
UNDER_A_FILE = CAPTION_MOST * 3 // 4
"""Characters of a template: names and days make it longer."""
OFF, ON = {"tat", "dung", "off"}, {"bat", "on"}


def template(bureau: Bureau, argument: str) -> Replies:
    """`mau ngay-sach` shows it and asks for new words; with `21` or `tat`, settles when."""
    day_id, _, rest = argument.partition(" ")
    day = bureau.rules.day(day_id)
    if day is None:
        return show_calendar(bureau)
    if rest.strip():
        return _settle(bureau, day, rest.strip().lower())
    words, found = bureau.words, bureau.templates.of(day.id)
    text = found.text if found else usual(words)
    file = (found.media_title or found.media) if found else ""
    question = join(
        [
            words("<b>Template: {name}</b>", name=day.name),
            plain(text),
            words("File: {title}", title=file) if file else "",
            words(
                "Please send new words, or a picture or document that goes with them, or leave it "
                "as it is. {places} are filled in. Prepared {days} days before: to change that, "
                "type /thongbao mau {id} and a number; to stop it, /thongbao mau {id} tat.",
                places=braced(*EVENT, *PLACES),
                days=found.lead_days if found else LEAD,
                id=day.id,
            ),
        ],
        "\n\n",
    )
    options = [Option("keep", words("Leave it as it is"), words("back"))]
    if not file:
        return bureau.talk.ask(TEMPLATE, question, options, data={FREE: True, "day": day.id})
    options.insert(0, Option("none", words("Without a file"), words("none|no")))
    shown = Parcel(bureau.talk.turn.address, SAMPLE, {"template": day.id})
    asked = bureau.talk.ask(TEMPLATE, question, options, data={FREE: True, "day": day.id})
    return [shown, asked]


def stop(bureau: Bureau, days: Iterable[CampaignDay]) -> None:
    for day in days:
        change(bureau, day, stopped=True)


def _settle(bureau: Bureau, day: CampaignDay, said: str) -> Replies:
    words = bureau.words
    if said in OFF | ON:
        change(bureau, day, stopped=said in OFF)
        told = words("No drafts are prepared for {name} any more.", name=day.name)
        if said in ON:
            told = words("Drafts are prepared for {name} again.", name=day.name)
    elif said.isdecimal() and len(said) < YEAR_DIGITS and 0 < int(said) <= LEAD_MOST:
        change(bureau, day, lead_days=int(said))
        told = words(
            "The draft for {name} is prepared {days} days before.", name=day.name, days=said
        )
    else:
        told = words(
            "“{said}” is not understood: type a number of days from 1 to {most}, tat or bat.",
            said=said[:20],
            most=LEAD_MOST,
        )
    return [bureau.talk.say(told), *bureau.talk.ask_again()]


def change(bureau: Bureau, day: CampaignDay, **values: Any) -> None:  # noqa: ANN401 - columns
    known: dict[str, Any] = {}
    if bureau.templates.of(day.id) is None:
        known = {
            "text": usual(bureau.words),
            "entities": [],
            "audience": AUDIENCE,
            "lead_days": LEAD,
        }
    bureau.templates.keep(day.id, bureau.member.person_id, bureau.now, **{**known, **values})


def keep_template(bureau: Bureau, turn: Turn) -> Replies:
    """New words, a file, or both at once; what is not sent stays as it was."""
    day = bureau.rules.day(bureau.talk.data["day"])
    if day is None:
        bureau.talk.close()
        return show_calendar(bureau)
    found, sent = bureau.templates.of(day.id), turn.attachment
    changed: dict[str, Any] = {}
    if sent is not None:
        if sent.content not in {"photo", "document"} or not sent.remote_id:
            told = bureau.words("Only a picture or a document can go with a notice.")
            return [bureau.talk.say(told), *bureau.talk.ask_again()]
        changed = {"media": sent.content, "media_id": sent.remote_id, "media_title": sent.title}
    if turn.text:
        entities = kept(each.model_dump(exclude_none=True) for each in turn.entities)
        changed |= {"text": turn.text, "entities": entities}
    text = changed.get("text") or (found.text if found else usual(bureau.words))
    media = changed.get("media") or (found.media if found else "")
    if told := _refused(bureau.words, text, media):
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    change(bureau, day, **changed)
    bureau.talk.close()
    return bureau.talk.say(bureau.words("The template for {name} is kept.", name=day.name))


def _refused(words: Words, text: str, media: str) -> Markup:
    if wrong := unknown(text, EVENT):
        return words(
            "{wrong} is no placeholder. There are {places}; other braces cannot be sent.",
            wrong=", ".join(wrong[:3]),
            places=braced(*EVENT, *PLACES),
        )
    most = UNDER_A_FILE if media else MESSAGE_MOST // 2
    if units(text) > most:
        return words(
            "This has {length} characters, {most} is the most. Please shorten it.",
            length=words.number(units(text)),
            most=words.number(most),
        )
    return Markup()


def drop_file(bureau: Bureau) -> Replies:
    day = bureau.rules.day(bureau.talk.data["day"])
    bureau.talk.close()
    if day is None:
        return show_calendar(bureau)
    change(bureau, day, **dict.fromkeys(FILE, ""))
    return bureau.talk.say(bureau.words("The template for {name} is kept.", name=day.name))


def leave(bureau: Bureau) -> Replies:
    bureau.talk.close()
    return bureau.talk.say(bureau.words("The template stays as it is."))


def build_router() -> Router:
    router = Router(name="notice templates")
    say(router, leave, May(ADMIN), At(TEMPLATE), Chose("keep"))
    say(router, drop_file, May(ADMIN), At(TEMPLATE), Chose("none"))
    say(router, keep_template, May(ADMIN), Open(TEMPLATE), Attached())
    say(router, keep_template, May(ADMIN), At(TEMPLATE))
    return router
