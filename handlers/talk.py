"""One chat's conversation: what it awaits, and how the bot asks and answers in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from aiogram.methods import EditMessageReplyMarkup, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from handlers import reading
from handlers.files.attachments import Attachment
from handlers.language import Markup, paged
from plan.answers import fold
from plan.answers.spelling import bare, spoken
from plan.words import tidy
from storage.conversations import Conversations, Question

PER_ROW = 2
SHORT = 18
"""A label of up to this many characters shares its row with another."""
STEP = "s"
COMMAND = "c"
ASIDE = ("step", "prompt", "options", "data")
FREE = "free"
"""Set in a question's data where the answer is free text, so that only `/…` is a command."""


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a question and what typing can stand for it."""

    key: str
    label: str
    also: str = ""
    """Other whole messages that mean the same, separated by `|`."""

    def means(self, text: str) -> bool:
        ways = [self.label, *self.also.split("|")]
        return _bare(text) in {_bare(way) for way in ways if way}


@dataclass(frozen=True, slots=True)
class Link:
    """A button that is the same as typing a command; it may be pressed at any time."""

    label: str
    command: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person did: typed a text, or pressed a button on one of our messages."""

    channel: str
    address: str
    text: str = ""
    pressed: str | None = None
    press_id: str | None = None
    message_id: int | None = None
    """Our message, on which a button was pressed."""
    written_id: int | None = None
    """The person's own message, which they may edit later."""
    kind: str = "text"
    proves: int | None = None
    """The letter whose button was pressed: so it did arrive, whatever was known of it."""
    full_name: str = ""
    attachment: Attachment | None = None
    """A photo or file that came with these words, or what came instead of words."""
    file: int | None = None
    """Of kind `fetched`: the row of the evidence whose bytes are here, or are not to be had."""
    entities: Sequence[MessageEntity] = ()
    """The formatting of these words, as Telegram counts it."""
    replies_to: int | None = None
    """Our message that these words answer, where the person said so."""


@dataclass
class Talk:
    turn: Turn
    conversations: Conversations
    now: datetime
    new_token: Callable[[], str]
    row: Question | None = None
    heading: list[SendMessage] = field(default_factory=list)
    """Said before the answer, whichever handler gives it."""
    news: Callable[[], str] = str
    """What has happened meanwhile, told when the open question is shown once more."""

    @property
    def step(self) -> str | None:
        return self.row.step if self.row else None

    @property
    def data(self) -> dict[str, Any]:
        return dict(self.row.data) if self.row else {}

    def say(self, text: str, links: Sequence[Link] = ()) -> SendMessage:
        """A message that asks nothing: the open question, if any, stays open."""
        buttons = [(link.label, f"{COMMAND}:{link.command}") for link in links]
        return self._send(text, buttons)

    def pages(self, parts: list[Markup], links: Sequence[Link] = ()) -> list[SendMessage]:
        """Paragraphs as one message or more, the links under the last."""
        *texts, last = paged(parts, "\n\n")
        return [*(self.say(text) for text in texts), self.say(last, links)]

    def ask(
        self,
        step: str,
        text: str,
        options: Sequence[Option],
        *,
        numbered: bool = False,
        data: Mapping[str, Any] | None = None,
    ) -> SendMessage:
        """Opens a question. With `numbered`, typing an option's number chooses it too."""
        shown = [
            [option.key, f"{n}. {option.label}" if numbered else option.label, option.also]
            for n, option in enumerate(options, 1)
        ]
        self.row = self.conversations.keep(
            self.turn.channel,
            self.turn.address,
            step=step,
            token=self.new_token(),
            prompt=text,
            options=shown,
            data=dict(data or {}),
            now=self.now,
        )
        return self._question()

    def offer(self, text: str, options: Sequence[Option]) -> SendMessage:
        """Some answers to the open question, new ones perhaps, under a message of their own."""
        row = self._open()
        known = {key for key, _, _ in row.options}
        new = [option for option in options if option.key not in known]
        shown = [*row.options, *([each.key, each.label, each.also] for each in new)]
        self.row = self.conversations.change(row, options=shown)
        places = {key: place for place, (key, _, _) in enumerate(shown)}
        buttons = [(each.label, f"{STEP}:{row.token}:{places[each.key]}") for each in options]
        return self._send(text, buttons)

    def note(self, **data: object) -> None:
        """Remembers more about the open question."""
        if self.row is not None:
            known = {**self.row.data, **data}
            self.row = self.conversations.change(self.row, data=known, updated_at=self.now)

    def ask_again(self) -> list[SendMessage]:
        """The open question once more, with fresh buttons; nothing where none is open."""
        if self.row is None:
            return []
        news = self.news()
        fresh = {"token": self.new_token(), "updated_at": self.now}
        self.row = self.conversations.change(self._open(), **fresh)
        return [self._question(news)]

    def set_aside(self) -> dict[str, Any] | None:
        """The open question, to be kept in the data of one that is put in between."""
        if self.row is None:
            return None
        return {name: getattr(self.row, name) for name in ASIDE}

    def take_up(self, aside: Mapping[str, Any] | None) -> None:
        """Ends the question in between; the one that was set aside is open again."""
        if self.row is None or aside is None:
            self.close()
            return
        again = {name: aside[name] for name in ASIDE}
        self.row = self.conversations.change(self.row, **again, token=self.new_token())

    def close(self) -> None:
        self.conversations.close(self.turn.channel, self.turn.address)
        self.row = None

    def chosen(self) -> str | None:
        """The key of the option pressed or typed, of the question that is open now."""
        if self.row is None or self.turn.kind != "text":
            return None
        if self.turn.pressed is not None:
            return _pressed(self.row, self.turn.pressed)
        return _typed(self.row, self.turn.text)

    def clear_buttons(self) -> list[EditMessageReplyMarkup]:
        """Takes the buttons off the message that was pressed. Cosmetic, so best effort."""
        if self.turn.message_id is None:
            return []
        return [
            EditMessageReplyMarkup(
                chat_id=self.turn.address, message_id=self.turn.message_id, reply_markup=None
            )
        ]

    def _question(self, news: str = "") -> SendMessage:
        row = self._open()
        return self._send(f"{row.prompt}\n{news}" if news else row.prompt, _buttons(row))

    def _open(self) -> Question:
        if self.row is None:
            msg = "no question is open"
            raise LookupError(msg)
        return self.row

    def _send(self, text: str, buttons: list[tuple[str, str]]) -> SendMessage:
        return SendMessage(
            chat_id=self.turn.address,
            text=text,
            parse_mode="HTML",
            reply_markup=keyboard(buttons) if buttons else None,
        )


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    """Without accents, courtesies and closing marks: "Dạ đúng ạ." is "đúng"."""
    said = spoken(text)
    return bare(said) if said else fold(text)


@lru_cache(maxsize=1024)
def _exact(text: str) -> str:
    return tidy(text).casefold()


def keyboard(buttons: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Short labels two to a row, long ones alone: readable with a thumb on a small screen."""
    rows: list[list[InlineKeyboardButton]] = []
    for label, data in buttons:
        button = InlineKeyboardButton(text=label, callback_data=data)
        fits = rows and len(rows[-1]) < PER_ROW and len(label) <= SHORT
        if fits and all(len(other.text) <= SHORT for other in rows[-1]):
            rows[-1].append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _buttons(row: Question) -> list[tuple[str, str]]:
    """A button carries its question's token and its place among the options."""
    return [
        (label, f"{STEP}:{row.token}:{place}") for place, (_, label, _) in enumerate(row.options)
    ]


def _pressed(row: Question, data: str) -> str | None:
    kind, _, rest = data.partition(":")
    token, _, place = rest.partition(":")
    if kind != STEP or token != row.token or not place.isdecimal():
        return None
    n = int(place)
    return row.options[n][0] if n < len(row.options) else None


def _typed(row: Question, text: str) -> str | None:
    if move := reading.move(text, [key for key, _, _ in row.options]):
        return move
    # Letter by letter first: II.2.d and II.2.đ differ in nothing but the accent.
    exact = _exact(text)
    for key, label, _ in row.options:
        if _exact(label) == exact:
            return key
    for key, label, also in row.options:
        number, dot, bare = label.partition(". ")
        if dot and number.isdecimal():
            if text.strip() in {number, f"{number}."} or Option(key, bare, also).means(text):
                return key
        elif Option(key, label, also).means(text):
            return key
    return None


__all__ = ["Link", "Markup", "Option", "Talk", "Turn", "keyboard"]
