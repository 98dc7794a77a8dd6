"""Updates as nobody should ever send them: real ones, spoilt in a repeatable way."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from random import Random
from typing import Any

from aiogram.types import Update

from sandbox.person import TINY_PNG, Person
from sandbox.telegram import Telegram

KINDS = [*Update.model_fields, "unheard_of", "", "\x00"]
MARKS = ["fetched", "unkept", "classified", "id", "from", "chat", "text", "media_group_id"]
NUMBERS = [0, -1, True, 1.5, 1e308, 2**31, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**400]
WORDS = ["", "\x00", "a\x00b", "\ud800", "\udfffx", "x" * 5000, "TỐI MẬT", "/start x\x00", "𝟙" * 99]
WORDS += ["\\u0000", "\\\x00", "<b>", "private", "group", "\u202e", "-1", "quan-1"]
TREES = ["null", "[]", "{}", "[[]]", '{"id": {}}', '{"id": "\\u0000"}', '{"": ""}', "[[1], [1]]"]
DEPTHS = [50, 300, 900]


def nested(depth: int) -> Any:
    found: Any = "bottom"
    for level in range(depth):
        found = [found] if level % 2 else {"text": found}
    return found


def poison(random: Random) -> Any:
    kind: list[Any] = random.choice([NUMBERS, WORDS, TREES, DEPTHS])
    value = random.choice(kind)
    if kind is TREES:
        return json.loads(value)
    return nested(value) if kind is DEPTHS else value


async def one_of_each(lan: Person, telegram: Telegram) -> list[dict[str, Any]]:
    """Every kind of update that this bot asks for, as the sandbox makes them."""
    for text in ("/baocao", "12/15", "/huy", "Sở Giáo dục", "/start abc"):
        await lan.send(text)
    await lan.click(lan.buttons[0][0])
    await lan.edit("12/16")
    await lan.send_photo(caption="Ảnh lớp học")
    await lan.send_document(filename="Bao cao.pdf")
    await lan.send_album(TINY_PNG, TINY_PNG, caption="Hai ảnh")
    await lan.send_voice()
    await lan.send_video("Phim")
    await lan.send_location()
    await lan.send_contact()
    await lan.send_sticker()
    await lan.block()
    await lan.unblock()
    return deepcopy(telegram.world.updates.made)


def mutants(seeds: Sequence[dict[str, Any]], number: int, random: Random) -> Iterator[Any]:
    """Most keep a number of their own, so that what else is wrong with them is looked at."""
    for update_id in range(10_000, 10_000 + number):
        raw = deepcopy(random.choice(seeds)) | {"update_id": update_id}
        for _ in range(random.randint(1, 4)):
            random.choice([_remove, _replace, _replace, _rename, _add, _move])(raw, random)
        if random.random() < 0.9:
            raw["update_id"] = update_id
        yield poison(random) if random.random() < 0.02 else raw


def spoilt(body: bytes, random: Random) -> bytes:
    """The same, but for the bytes on the wire."""
    at, until = sorted(random.randrange(len(body) + 1) for _ in range(2))
    junk = [b"", b"\x00", b"\xff\xfe", b"}", b"[" * 2000, b'"', b"1e999", b"NaN", b"\\ud800", b","]
    return body[:at] + random.choice(junk) + body[random.choice([at, until]) :]


def as_bytes(raw: object) -> bytes:
    try:
        return json.dumps(raw).encode()
    except RecursionError:
        return b'{"update_id": 7, "message": ' + b"[" * 900 + b"]" * 900 + b"}"


def of_another(raw: dict[str, Any], chat_id: int, other: int) -> dict[str, Any]:
    """The same update, as somebody else would have sent it."""
    said: dict[str, Any] = json.loads(json.dumps(raw).replace(f'"id": {chat_id}', f'"id": {other}'))
    return said


def _holders(value: Any) -> Iterator[Any]:
    """Every object and list in it that has something in it."""
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, dict | list) and part:
            yield part
            left += part.values() if isinstance(part, dict) else part


def _place(raw: Any, random: Random) -> tuple[Any, Any]:
    """Somewhere in it: a holder, and a key or an index of it."""
    holder = random.choice([*_holders(raw), [None]])
    return holder, random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))


def _remove(raw: Any, random: Random) -> None:
    holder, key = _place(raw, random)
    del holder[key]


def _replace(raw: Any, random: Random) -> None:
    holder, key = _place(raw, random)
    holder[key] = poison(random)


def _rename(raw: Any, random: Random) -> None:
    holder, key = _place(raw, random)
    if isinstance(holder, dict):
        holder[random.choice(KINDS + MARKS)] = holder.pop(key)


def _add(raw: Any, random: Random) -> None:
    holder, _ = _place(raw, random)
    if isinstance(holder, dict):
        holder[random.choice(KINDS + MARKS)] = poison(random)


def _move(raw: Any, random: Random) -> None:
    """A part of it to where something else belongs."""
    holder, key = _place(raw, random)
    source, part = _place(raw, random)
    with suppress(RecursionError):
        holder[key] = deepcopy(source[part])
