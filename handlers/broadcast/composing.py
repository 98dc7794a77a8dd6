"""What a notice says: its words with their formatting, a picture or document, a link button."""

import re
from typing import Any

from aiogram import Router

from handlers.broadcast import choosing, previewing, rendering
from handlers.broadcast.bureau import NUMBER, Bureau
from handlers.commands import ADMIN
from handlers.files.attachments import not_kept
from handlers.language import Markup, Words
from handlers.routing import At, Attached, Chose, May, Open, Replies, say
from handlers.talk import FREE, Option, Turn
from plan.notices.texts import MESSAGE_MOST, PLACES, braced, kept, units, unknown
from storage.broadcasts import Content
from storage.tables import Broadcast

TEXT, MEDIA, LINK = "notice.text", "notice.media", "notice.link"
LINKED = re.compile(r"(?P<label>.*?)[\s|:–-]*(?P<url>https?://\S+)", re.DOTALL)
LABEL_MOST, URL_MOST = 40, 500


def ask_text(bureau: Bureau, number: int | None = None) -> Replies:
    """`number`: of the notice whose words are changed; without one a new one begins."""
    words = bureau.words
    question = words(
        "Please send the notice: text with its formatting, or a picture or document with the text "
        "under it. {places} are filled in for each receiver. At most {most} characters. "
        "To leave, type /huy; what you have sent is kept as a draft.",
        places=braced(*PLACES),
        most=words.number(MESSAGE_MOST),
    )
    return bureau.talk.ask(TEXT, question, [], data={FREE: True, NUMBER: number})


def change_text(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    return ask_text(bureau, notice.id if notice else None)


def keep_text(bureau: Bureau, turn: Turn) -> Replies:
    notice = bureau.notice()
    said = {
        "text": turn.text,
        "entities": kept(each.model_dump(exclude_none=True) for each in turn.entities),
    }
    if sent := turn.attachment:
        if notice and notice.way:
            told = bureau.words("The file of the notice stays as it is; please send words only.")
            return [bureau.talk.say(told), *bureau.talk.ask_again()]
        if sent.content not in {"photo", "document"} or not sent.remote_id:
            told = not_kept(bureau.words, sent.content)
            return [bureau.talk.say(told), *bureau.talk.ask_again()]
        said |= {"media": sent.content, "media_id": sent.remote_id, "media_title": sent.title}
    if why := refused(bureau.words, notice, said):
        return [bureau.talk.say(why), *bureau.talk.ask_again()]
    if notice is None:
        notice = bureau.broadcasts.draft(bureau.member, bureau.now, **said)
    elif not bureau.broadcasts.change(notice, bureau.member, bureau.now, **said):
        return previewing.too_late(bureau, notice)
    return next_question(bureau, notice)


def next_question(bureau: Bureau, notice: Broadcast) -> Replies:
    """What is still missing; with everything there, the preview."""
    if not notice.audience:
        return choosing.ask_audience(bureau, notice)
    return previewing.show(bureau, notice)


def refused(words: Words, notice: Broadcast | None, said: dict[str, Any]) -> Markup | None:
    """Why these words are not taken: what was read, and what to do."""
    text = said["text"]
    media = said.get("media", notice.media if notice else "")
    if not text.strip() and not media:
        return words("The notice has no words yet. Please type them.")
    if wrong := unknown(text):
        return words(
            "{wrong} is no placeholder. There are {places}; other braces cannot be sent.",
            wrong=", ".join(wrong[:3]),
            places=braced(*PLACES),
        )
    kind = notice.kind if notice else "operational"
    way = notice.way if notice else ""
    shape = Content(0, text, [], media, "", "", "", kind, way, notice.follows if notice else None)
    most = rendering.room(words, shape)
    if units(text) <= most:
        return None
    told = words(
        "The notice has {length} characters, {most} is the most. Please shorten it.",
        length=words.number(units(text)),
        most=words.number(most),
    )
    if media and units(text) <= MESSAGE_MOST:
        hint = words("With a picture or document Telegram takes fewer; without one more fits.")
        return Markup(f"{told} {hint}")
    return told


def ask_media(bureau: Bureau) -> Replies:
    words, notice = bureau.words, bureau.notice()
    question = words("Please send the picture or document that goes with the notice.")
    options = [Option("keep", words("Leave it as it is"), words("back"))]
    if notice and notice.media:
        options.insert(0, Option("none", words("Without a file"), words("none|no")))
    number = notice.id if notice else None
    return bureau.talk.ask(MEDIA, question, options, numbered=True, data={NUMBER: number})


def keep_media(bureau: Bureau, turn: Turn) -> Replies:
    sent, notice = turn.attachment, bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    if sent is None or sent.content not in {"photo", "document"}:
        told = bureau.words("Only a picture or a document can go with a notice.")
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    said: dict[str, Any] = {
        "media": sent.content,
        "media_id": sent.remote_id,
        "media_title": sent.title,
    }
    if turn.text:
        said |= {
            "text": turn.text,
            "entities": kept(each.model_dump(exclude_none=True) for each in turn.entities),
        }
    if why := refused(bureau.words, notice, {"text": notice.text, **said}):
        return [bureau.talk.say(why), *bureau.talk.ask_again()]
    return _changed(bureau, notice, **said)


def drop_media(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    if why := refused(bureau.words, notice, {"text": notice.text, "media": ""}):
        return [bureau.talk.say(why), *bureau.talk.ask_again()]
    return _changed(bureau, notice, media="", media_id="", media_title="")


def ask_link(bureau: Bureau) -> Replies:
    words, notice = bureau.words, bureau.notice()
    question = words(
        "Please type what the button says and its address, for example: "
        "The plan https://example.gov.vn/plan"
    )
    options = [Option("keep", words("Leave it as it is"), words("back"))]
    if notice and notice.link_url:
        options.insert(0, Option("none", words("Without a button"), words("none|no")))
    number = notice.id if notice else None
    return bureau.talk.ask(
        LINK, question, options, numbered=True, data={FREE: True, NUMBER: number}
    )


def keep_link(bureau: Bureau, turn: Turn) -> Replies:
    notice, words = bureau.notice(), bureau.words
    if notice is None:
        return previewing.gone(bureau)
    found = LINKED.fullmatch(turn.text.strip())
    label = found["label"].strip() if found else ""
    if found is None or not label or len(label) > LABEL_MOST or len(found["url"]) > URL_MOST:
        told = words(
            "“{said}” is not read as a button: first its words, at most {most} characters, then an "
            "address that begins with https://.",
            said=turn.text[:60],
            most=LABEL_MOST,
        )
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    return _changed(bureau, notice, link_label=label, link_url=found["url"])


def drop_link(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    if notice is None:
        return previewing.gone(bureau)
    return _changed(bureau, notice, link_label="", link_url="")


def back(bureau: Bureau) -> Replies:
    notice = bureau.notice()
    return next_question(bureau, notice) if notice else previewing.gone(bureau)


def _changed(bureau: Bureau, notice: Broadcast, **values: Any) -> Replies:  # noqa: ANN401 - columns
    if not bureau.broadcasts.change(notice, bureau.member, bureau.now, **values):
        return previewing.too_late(bureau, notice)
    return next_question(bureau, notice)


def build_router() -> Router:
    router = Router(name="notice texts")
    admin = May(ADMIN)
    for key, ask in (("edit", change_text), ("media", ask_media), ("link", ask_link)):
        say(router, ask, admin, At(previewing.PREVIEW), Chose(key))
    say(router, back, admin, At(MEDIA, LINK), Chose("keep"))
    say(router, drop_media, admin, At(MEDIA), Chose("none"))
    say(router, drop_link, admin, At(LINK), Chose("none"))
    say(router, keep_media, admin, Open(MEDIA), Attached())
    say(router, keep_text, admin, Open(TEXT), Attached())
    say(router, keep_text, admin, At(TEXT))
    say(router, keep_link, admin, At(LINK))
    return router
