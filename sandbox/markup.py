"""Telegram's HTML: a string with tags becomes plain text and entities.

Offsets count UTF-16 units, errors count UTF-8 bytes, as Telegram does.
"""

import html
import re
from dataclasses import dataclass
from typing import Any

from sandbox.refusals import RefusalError, bad_request

Entity = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}

_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|lt|gt|amp|quot);?")
_START = re.compile(r"<([^\s>]*)")
_END = re.compile(r"</([^\s>]*)\s*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[\w.-]*))?""")
_NEXT = re.compile(r"[<&]")


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    piece: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """Untrimmed text and its entities; RefusalError in Telegram's words for bad markup."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._source):
            self._step()
        if self._open:
            raise _unparsable(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"'
            )
        for entity in self._entities:
            if entity["type"] == "code":  # a language counts inside <pre> only
                entity.pop("language", None)
        return "".join(self._pieces), self._entities

    def _step(self) -> None:
        if self._source.startswith("</", self._at):
            self._end_tag()
        elif self._source[self._at] == "<":
            self._start_tag()
        elif reference := _REFERENCE.match(self._source, self._at):
            self._say(_character(reference[0]), reference.end())
        else:
            following = _NEXT.search(self._source, self._at + 1)
            end = following.start() if following else len(self._source)
            self._say(self._source[self._at : end], end)

    def _say(self, piece: str, end: int) -> None:
        self._pieces.append(piece)
        self._offset += utf16_length(piece)
        self._at = end

    def _byte(self) -> int:
        return len(self._source[: self._at].encode())

    def _start_tag(self) -> None:
        start = _START.match(self._source, self._at)
        if start is None or start.end() == len(self._source):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte()}")
        tag = start[1].lower()
        if tag not in KINDS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {self._byte()}')
        attributes, end = self._attributes(tag, start.end())
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte()}'
            )
        self._open.append(_Open(tag, attributes, self._offset, len(self._pieces)))
        self._at = end

    def _attributes(self, tag: str, at: int) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while attribute := _ATTRIBUTE.match(self._source, at):
            at = attribute.end()
            value = attribute[2] or ""
            quoted = value[:1] in {'"', "'"}
            if attribute[2] is not None and not quoted:
                self._refuse_broken_value(tag, at, attribute.start(2))
            value = _REFERENCE.sub(lambda found: _character(found[0]), value)
            found[attribute[1].lower()] = value[1:-1] if quoted else value.lower()
        rest = self._source[at:].lstrip()
        if rest.startswith("="):
            raise _unparsable(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._byte()}'
            )
        if not rest:
            raise self._unclosed(tag)
        return found, len(self._source) - len(rest) + 1

    def _refuse_broken_value(self, tag: str, at: int, began: int) -> None:
        following = self._source[at : at + 1]
        if following in {'"', "'", ""}:
            raise self._unclosed(tag)
        if following != ">" and not following.isspace():
            byte = len(self._source[:began].encode())
            raise _unparsable(f"Unexpected end of name token at byte offset {byte}")

    def _unclosed(self, tag: str) -> RefusalError:
        return _unparsable(f'Unclosed start tag "{tag}" at byte offset {self._byte()}')

    def _end_tag(self) -> None:
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte()}")
        end = _END.match(self._source, self._at)
        if end is None or not self._source.startswith(">", end.end()):
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte()}")
        opened = self._open.pop()
        found = end[1].lower()
        if found and found != opened.tag:
            raise _unparsable(
                f"Unmatched end tag at byte offset {self._byte()}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        self._at = end.end() + 1
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        if length == 0:
            return
        entity = {"type": KINDS[opened.tag], "offset": opened.offset, "length": length}
        words = "".join(self._pieces[opened.piece :])
        if opened.tag == "pre":
            self._take_language(entity)
        if _complete(entity, opened, words):
            self._entities.append(entity)

    def _take_language(self, entity: Entity) -> None:
        """`<pre><code class="language-x">` is one entity, not two."""
        inner = self._entities[-1] if self._entities else {}
        same_span = all(inner.get(key) == entity[key] for key in ("offset", "length"))
        if inner.get("type") == "code" and same_span:
            self._entities.pop()
            if "language" in inner:
                entity["language"] = inner["language"]


def _complete(entity: Entity, opened: _Open, words: str) -> bool:
    """Adds what the attributes say; False when Telegram would drop the entity silently."""
    if opened.tag == "a":
        entity["url"] = _url(opened.attributes.get("href") or words)
        return bool(entity["url"])
    if opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        if not entity["custom_emoji_id"].isdecimal():
            raise _unparsable("Invalid custom emoji identifier specified")
    if opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
        entity["language"] = opened.attributes["class"].removeprefix("language-")
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    return True


def _url(href: str) -> str:
    if re.match(r"(?:https?|tg)://\S+$", href):
        return href
    return f"http://{href}" if re.match(r"[\w-]+(?:\.[\w-]+)+\S*$", href) else ""


def _character(reference: str) -> str:
    return html.unescape(reference if reference.endswith(";") else f"{reference};")


def _unparsable(words: str) -> RefusalError:
    return bad_request(f"can't parse entities: {words}")
