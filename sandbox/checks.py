"""What Telegram refuses before it does anything."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from sandbox.markup import Entity, parse, utf16_length
from sandbox.parameters import Parameters
from sandbox.refusals import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT = 64
BUTTON_LIMIT = 100
NOTICE_LIMIT = 200

_CONTROL = {code: " " for code in range(32) if chr(code) not in "\n\r"} | {13: None}
_ACTIONS = {
    "callback_data",
    "callback_game",
    "copy_text",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "url",
    "web_app",
}
_REPLY_KEYBOARDS = {"keyboard", "remove_keyboard", "force_reply"}
# What Telegram's servers find by themselves, most specific first.
_FOUND = {
    "url": re.compile(r"https?://[^\s<>\"]+[^\s<>\".,:;!?)]"),
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])"),
}


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    entities: list[Entity] = field(default_factory=list)
    html: str = ""  # as the sender marked it up


def message_text(parameters: Parameters) -> Words:
    source = parameters.text("text")
    if not source:
        raise bad_request("message text is empty")
    words = _words(source, parameters, "entities")
    if not words.text:
        raise bad_request("text must be non-empty")
    if utf16_length(words.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return words


def caption(parameters: Parameters) -> Words:
    words = _words(parameters.text("caption"), parameters, "caption_entities")
    if utf16_length(words.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return words


def plain(text: str, marks: Iterable[Entity] = ()) -> Words:
    """What a person types: no markup, but commands and links are still found, and `marks` is what
    they chose from the menu of their phone.
    """
    return _trimmed(text.translate(_CONTROL), [*marks], escape(text, quote=False))


def _words(source: str, parameters: Parameters, entities_name: str) -> Words:
    mode = parameters.text("parse_mode").lower()
    text = source.translate(_CONTROL)
    if mode == "html":
        return _trimmed(*parse(text), source)
    if mode:
        raise bad_request("unsupported parse_mode")
    given = parameters.values.get(entities_name) or []
    for entity in given:
        _check_entity(entity, utf16_length(text))
    return _trimmed(text, given, escape(source, quote=False))


def _check_entity(entity: Entity, length: int) -> None:
    begins, ends = entity["offset"], entity["offset"] + entity["length"]
    if begins < 0:
        raise bad_request(f"receive an entity with incorrect offset {begins}")
    if begins > length:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begins}")
    if ends > length:
        raise bad_request(
            f"entity beginning at UTF-16 offset {begins} ends after the end of the text "
            f"at UTF-16 offset {ends}"
        )


def _trimmed(text: str, entities: list[Entity], source: str) -> Words:
    trimmed = text.strip()
    cut = utf16_length(text) - utf16_length(text.lstrip())
    end = utf16_length(trimmed)
    kept = []
    for entity in entities:
        begins = min(max(entity["offset"] - cut, 0), end)
        ends = min(max(entity["offset"] + entity["length"] - cut, 0), end)
        if ends > begins:
            kept.append(entity | {"offset": begins, "length": ends - begins})
    kept += _found(trimmed, kept)
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Words(trimmed, kept, source)


def _found(text: str, marked: list[Entity]) -> list[Entity]:
    opaque = [e for e in marked if e["type"] in {"code", "pre", "text_link"}]
    found: list[Entity] = []
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            entity = {
                "type": kind,
                "offset": utf16_length(text[: match.start()]),
                "length": utf16_length(match[0]),
            }
            if not any(_overlap(entity, other) for other in opaque + found):
                found.append(entity)
    return found


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def reply_markup(parameters: Parameters) -> dict[str, Any] | None:
    """The markup as sent, checked; only an inline keyboard is ever echoed back."""
    markup = parameters.values.get("reply_markup")
    if markup in (None, ""):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"])
        rows = [row for row in markup["inline_keyboard"] if row]
        return {"inline_keyboard": rows} if rows else None
    if not _REPLY_KEYBOARDS & markup.keys():
        return None
    if not isinstance(markup.get("keyboard", []), list):
        raise bad_request('field "keyboard" must be of type Array')
    return markup


def inline_keyboard(parameters: Parameters) -> dict[str, Any] | None:
    markup = reply_markup(parameters)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _check_rows(rows: object) -> None:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(
            "can't parse inline keyboard button: expected an Array of InlineKeyboardButton"
        )
    buttons = [button for row in rows for button in row]
    for button in buttons:
        _check_button(button)
    if len(buttons) > BUTTON_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")


def _check_button(button: object) -> None:
    def unparsable(words: str) -> Exception:
        return bad_request(f"can't parse inline keyboard button: {words}")

    if not isinstance(button, dict):
        raise unparsable("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise unparsable('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise unparsable('Field "text" must be of type String')
    actions = {name for name in _ACTIONS & button.keys() if button[name] != ""}
    if not actions - {"switch_inline_query"} and "switch_inline_query" not in button:
        raise unparsable("Text buttons are unallowed in the inline keyboard")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if len(str(button.get("callback_data", "")).encode()) > CALLBACK_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    _check_link(button.get("url"))


def _check_link(url: str | None) -> None:
    if url is None or re.match(r"(?:https?://[^\s/]*[\w\]]|tg://\w)", url):
        return
    problem = "Unsupported URL protocol" if "://" in url else "Wrong HTTP URL"
    raise bad_request(f"inline keyboard button URL '{url}' is invalid: {problem}")
