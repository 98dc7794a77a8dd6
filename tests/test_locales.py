"""The catalogues against the code: complete, faithful, and in the tone the city writes in."""

import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from handlers.language import Words, words_for
from handlers.talk import Option
from plan.answers import fold

Id: TypeAlias = str | tuple[str, ...]

ROOT = Path(__file__).parent.parent
SPEAKING = ("exports", "handlers", "bot")
LOCALES = ("vi", "en")
KEYWORDS = {"words": None, "spoken": None, "plural": (1, 2)}
TONE = {
    "exclamation": r"!",
    "em": r"\bem\b",
    "mình": r"\bmình\b",
    "bot": r"\bbot\b",
    "demand": r"\byêu cầu\b",
    "doubled space": r"  ",
    "straight quote": r"\"",
}
VIETNAMESE_IN_CODE = {
    # A language is offered under its own name, whatever the language of the chat.
    ("handlers/commands.py", "Tiếng Việt"),
    ("handlers/commandmenu.py", "Language: Tiếng Việt or English"),
    # The default of a setting: a name, the same in every language.
    ("bot/settings.py", "Sở Văn hóa và Thể thao Thành phố Hồ Chí Minh"),
}
MOVES = {"Skip": "skip it|next", "Back": "go back", "Save and leave": "later|leave"}
QUESTIONS = {
    "figure": {
        "No data yet": "no data",
        "Nothing to count": "no object",
        **MOVES,
        "Full wording": "",
    },
    "status": {
        "Not started": "not yet|no",
        "Under way": "ongoing|doing it",
        "Completed": "done|finished",
        "Difficulties": "difficulty|blocked",
        **MOVES,
        "Full wording": "",
    },
    "confirm": {"Right": "yes|ok|correct", "Enter again": "no|wrong"},
    "compound": {
        "Right": "yes|ok|correct",
        "Right, the whole only": "whole|whole only",
        "Right, now each part": "each part|by part",
        "Enter again": "no|wrong",
        "Save and leave": "later|leave",
    },
    "groups": {
        "No data yet": "no data",
        "Nothing to count": "no object",
        "Enter part by part": "each part|by part",
        **MOVES,
        "Full wording": "",
    },
    "part": {
        "Nothing to count": "no object",
        "The whole only": "whole|whole only",
        "Enter again": "no|wrong",
        "Save and leave": "later|leave",
    },
    "nothing": {
        "No data yet": "no data",
        "Nothing to count": "no object",
        "Enter again": "no|wrong",
        "Save and leave": "later|leave",
    },
    "last year": {
        "Not known yet": "not known|no data",
        "Enter again": "no|wrong",
        "Save and leave": "later|leave",
    },
    "reason": {
        "Newly founded": "new|founded",
        "Merged or dissolved": "merged|dissolved",
        "Activities extended": "extended|more activities",
        "Activities reduced or paused": "reduced|paused",
        "Counted anew": "recount|counted again",
        "Not in the register yet": "not listed yet|not listed",
        "Show the list": "list",
        "No reason given": "none|nothing",
        "Save and leave": "later|leave",
    },
    "review": {
        "Send the report": "send|submit",
        "Change an answer": "change|correct it",
        "In words": "text|narrative",
        "Save and leave": "later|leave",
    },
    "topic": {
        "Outstanding results": "results|highlights",
        "Difficulties and obstacles": "difficulties|obstacles",
        "Proposals": "proposal|suggestions",
        "That is all": "done|go back|skip it",
    },
    "text": {
        "Write more": "add",
        "Write anew": "rewrite",
        "Delete": "delete it",
        "Back": "done|go back|skip it",
    },
    "typing": {"Done": "finished|go back|skip it", "Copy from {year}": ""},
    "deletion": {"Delete": "yes|delete it", "Keep": "no|go back"},
    "reminder": {
        "Right": "yes|ok|correct",
        "Another day": "no|wrong",
        "No reminder": "none|drop it|go back",
    },
    "removal": {"Remove": "yes|ok|correct", "Keep": "no|go back"},
    "bulk": {"Record ({count})": "record|yes|ok", "Drop": "drop it|no"},
    "letters in doubt": {
        "Send all again": "Send again",
        "Take all as sent": "Take as sent",
        "Show more": "more|next",
        "Leave for later": "not now|leave",
    },
    "a letter in doubt": {
        "Send again": "resend|again",
        "Take as sent": "sent|arrived",
        "Back": "go back",
    },
    "letters not sent": {
        "Try all again": "Try again",
        "Drop all": "Drop it",
        "Show more": "more|next",
        "Leave for later": "not now|leave",
    },
    "a letter not sent": {"Try again": "retry", "Drop it": "drop", "Back": "go back"},
    "a decision on several": {"Send again": "yes|ok|correct", "Change nothing": "no|go back"},
    "a decision to drop several": {"Drop it": "yes|ok|correct", "Change nothing": "no|go back"},
    "notice": {"Send": "send it", "Change the text": "change", "Discard": "no|drop"},
    "invitation": {"That is right": "yes|ok|correct", "Not me": "no|wrong"},
    "consent": {"I agree": "agree", "I do not agree": "do not agree"},
    "third failure": {
        "No data yet": "no data",
        "Nothing to count": "no object",
        **MOVES,
        "Full wording": "",
        "Ask the standing agency for help": "help me",
    },
    "colleague": {"Keep {answer}": "keep|keep it", "Replace with {answer}": "replace|replace it"},
    "edited": {"Right": "yes|ok|correct", "Keep {answer}": "keep|no"},
    "sent before": {"Yes, change it": "yes|ok|correct", "Leave it as sent": "no|leave it"},
    "request for more time": {"Send the request": "send|yes", "Do not send": "no|drop it"},
    "until when": {"Exempt from the report": "exempt|exemption", "Do not record": "no|drop it"},
    "grant": {"Record it": "record|yes|ok", "Do not record": "no|drop it"},
    "deputy or successor": {"Invite a colleague": "invite", "Change nothing": "no|go back"},
    "leave or hand-over": {"Right": "yes|ok|correct", "Change nothing": "no|go back"},
    "putting off": {"1 day": "", "3 days": "", "Change nothing": "no|go back"},
    "form of address": {
        "Mr, to a peer": "",
        "Ms, to a peer": "",
        "Mr or Ms": "",
        "Mr, to a senior": "",
        "Mrs, to a senior": "",
        "Comrade": "",
        "Leave it as it is": "no|leave it",
    },
    "unfinished": {"Continue": "go on|yes", "Show my answers": "answers|show"},
}
"""Label → the words that may be typed instead, of the options that stand together."""


def messages_in_code() -> set[Id]:
    found: set[Id] = set()
    for package in SPEAKING:
        rows = extract_from_dir(ROOT / package, [("**.py", "python")], keywords=KEYWORDS)
        found |= {row[2] for row in rows}
    return found


def catalogue(locale: str) -> Catalog:
    path = ROOT / "locales" / locale / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as source:
        return read_po(source, locale=locale)


def id_of(message: Message) -> Id:
    return message.id if isinstance(message.id, str) else ids(message)


def ids(message: Message) -> tuple[str, ...]:
    """One for a plain message, two for a plural one."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id or ())


def messages(locale: str) -> list[Message]:
    return [message for message in catalogue(locale) if message.id]


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def pairs(locale: str) -> Iterator[tuple[str, str]]:
    """Each translated form beside the English it stands for."""
    for message in messages(locale):
        same = len(forms(message)) == len(ids(message))
        for n, form in enumerate(forms(message)):
            yield (ids(message)[n] if same else ids(message)[-1]), form


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{[^{}]*\}", text))


def tags(text: str) -> list[str]:
    return re.findall(r"</?[^<>]+>", text)


def is_balanced(text: str) -> bool:
    opened: list[str] = []
    for tag in tags(text):
        if not tag.startswith("</"):
            opened.append(tag.strip("<>"))
        elif not opened or opened.pop() != tag.strip("</>"):
            return False
    return not opened


def is_spoken_list(text: str) -> bool:
    """What people may type, in their own words: the tone is theirs."""
    return "|" in text


def spoken(words: Words, label: str, also: str) -> list[str]:
    """All that may be typed for one option; gettext would answer "" with the file's header."""
    return [words(label), *(words(also).split("|") if also else [])]


def literals(tree: ast.AST) -> Iterator[str]:
    """String literals but docstrings."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield from [node.value] if isinstance(node.value, str) else []


def is_vietnamese(text: str) -> bool:
    marks = (unicodedata.combining(sign) for sign in unicodedata.normalize("NFD", text))
    return any(marks) or "đ" in text.lower()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_in_the_catalogue(locale: str) -> None:
    assert messages_in_code() - {id_of(message) for message in messages(locale)} == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_outlives_the_code(locale: str) -> None:
    assert {id_of(message) for message in messages(locale)} - messages_in_code() == set()
    assert not catalogue(locale).obsolete


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated_for_certain(locale: str) -> None:
    unsure = [message.id for message in messages(locale) if message.fuzzy]
    assert not unsure
    assert not [message.id for message in messages(locale) if not all(forms(message))]


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_kept(locale: str) -> None:
    kept = [
        (said, form) for said, form in pairs(locale) if placeholders(said) != placeholders(form)
    ]
    assert not kept


@pytest.mark.parametrize("locale", LOCALES)
def test_markup_is_kept_and_balanced(locale: str) -> None:
    for said, form in pairs(locale):
        assert Counter(tags(said)) == Counter(tags(form)), said
        assert is_balanced(form), form


@pytest.mark.parametrize("locale", LOCALES)
def test_edges_are_kept(locale: str) -> None:
    """A space or a line break at the edge belongs to the sentence built around it."""
    for said, form in pairs(locale):
        assert said[:1].isspace() == form[:1].isspace(), said
        assert said[-1:].isspace() == form[-1:].isspace(), said


@pytest.mark.parametrize(("locale", "count"), [("vi", 1), ("en", 2)], ids=LOCALES)
def test_plurals_have_the_forms_of_the_language(locale: str, count: int) -> None:
    plurals = [message for message in messages(locale) if not isinstance(message.id, str)]
    assert catalogue(locale).num_plurals == count
    assert plurals
    assert {len(forms(message)) for message in plurals} == {count}


@pytest.mark.parametrize("pattern", TONE.values(), ids=TONE.keys())
def test_vietnamese_keeps_the_official_tone(pattern: str) -> None:
    written = [form for _, form in pairs("vi") if not is_spoken_list(form)]
    assert not [form for form in written if re.search(pattern, form, re.IGNORECASE)]


def test_vietnamese_has_no_emoji() -> None:
    written = [form for _, form in pairs("vi") if not is_spoken_list(form)]
    assert not [form for form in written if "So" in map(unicodedata.category, form)]


def test_vietnamese_is_composed_text() -> None:
    assert all(unicodedata.is_normalized("NFC", form) for _, form in pairs("vi"))


def test_questions_are_worded_as_in_the_code() -> None:
    worded = {
        said for question in QUESTIONS.values() for option in question.items() for said in option
    }
    assert worded - {""} <= messages_in_code()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_no_typed_answer_means_two_buttons(locale: str, question: dict[str, str]) -> None:
    words = words_for(locale)
    ways = [{fold(way) for way in spoken(words, *option)} for option in question.items()]
    assert not [one & other for one, other in combinations(ways, 2) if one & other]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("dung roi", "Right"),
        ("không sai", "Right"),
        ("👍", "Right"),
        ("ko", "Enter again"),
        ("sai rồi", "Enter again"),
    ],
)
def test_confirmation_hears_everyday_words(said: str, meant: str) -> None:
    words = words_for("vi")
    heard = [
        label
        for label, also in QUESTIONS["confirm"].items()
        if Option(label, words(label), words(also)).means(said)
    ]
    assert heard == [meant]


def test_code_speaks_no_vietnamese() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), text)
        for package in SPEAKING
        for path in sorted((ROOT / package).rglob("*.py"))
        for text in literals(ast.parse(path.read_text(encoding="utf-8")))
        if is_vietnamese(text)
    }
    assert found - VIETNAMESE_IN_CODE == set()
