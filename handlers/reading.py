"""Commands as people type them: `/baocao`, `bao cao`, `Báo cáo`, `/tiendo@bot quan 1`."""

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import TypeAlias

from handlers.commands import (
    EVERYDAY,
    LANGUAGES,
    MOVES,
    MUTING,
    NAMES,
    NEVER_BARE,
    OF_ADMIN,
    OF_CODES,
    OF_OFFICE,
    OWN_DATA,
    Command,
)
from handlers.language import Words
from plan.answers import fold

CODE = re.compile(r"[a-z]{2} ?[0-9]\.?[0-9]?(?: |$)|[ivx]+\.[0-9]")
Labels: TypeAlias = Callable[[Words], dict[str, tuple[str, str]]]


def read(text: str, spoken: Words) -> Command | None:
    """The command a message is, if it is one."""
    text = text.strip()
    if text.startswith("/"):
        head, _, argument = text[1:].partition(" ")
        name = fold(head.partition("@")[0])
        # An unknown slash word is still a command, so that it is answered as one.
        return Command(name if name in NAMES else "?", argument.strip())
    if shown := _folded(buttons, spoken).get(fold(text)):
        return Command(*shown, slashed=False)
    words = text.split()
    for label, (name, _) in _folded(_headed, spoken).items():
        if CODE.match(rest := fold(text).removeprefix(f"{label} ")) and rest != fold(text):
            return Command(name, " ".join(words[len(label.split()) :]), slashed=False)
    for label, (name, argument) in _folded(_about_codes, spoken).items():
        if code := _code_after(words, label):
            return Command(name, f"{argument} {code}".strip(), slashed=False)
    for length in (4, 3, 2, 1):
        name, argument = fold("".join(words[:length])), " ".join(words[length:])
        # "Báo cáo 12/15" is an answer, "báo cáo 2023" asks for that year.
        answer = name == "baocao" and argument and not argument.isdecimal()
        # "Sửa TV1.3 12/15" names what to change, "sửa 13/15" is an answer.
        answer = answer or (name == "sua" and argument and not CODE.match(fold(argument)))
        # "Việc này chưa làm" is what somebody says, not what they ask for.
        # "Vướng mắc" alone is how a task stands, "chưa nộp" how a report does.
        answer = answer or name in {*MOVES, *NEVER_BARE} or (name in OWN_DATA and argument != "")
        answer = answer or (name in EVERYDAY and argument != "")
        answer = answer or (name in MUTING and argument != "")
        answer = answer or (name == "danhan" and argument != "" and not argument.isdecimal())
        # "Vì sao phải báo cáo?" asks for help, "vì sao TV1.3" for a figure's explanation.
        answer = answer or (name in OF_CODES and not CODE.match(fold(argument)))
        answer = answer or (name in {*OF_OFFICE, *OF_ADMIN} and _may_be_said(name, argument))
        if name in NAMES and len(words) >= length and not answer:
            return Command(name, argument, slashed=False)
    return None


def move(text: str, keys: Collection[str]) -> str | None:
    """The option that `/quaylai` or `/boqua` stands for, at a question that has it."""
    slash, name = text.strip()[:1], fold(text.strip()[1:].partition("@")[0])
    return next((key for key in MOVES.get(name, ()) if slash == "/" and key in keys), None)


def _may_be_said(name: str, argument: str) -> bool:
    """As "không rõ" answers many a question, and "tin đến muộn" is a remark."""
    return name == "khongro" or bool(argument)


def _about_codes(words: Words) -> dict[str, tuple[str, str]]:
    """What stands on buttons before a code: "Nguyên văn IV.10.a"."""
    return {
        words("Full wording {code}", code=""): ("nhiemvu", ""),
        words("Remind me of {code}", code=""): ("nhactoi", ""),
        words("Drop the reminder {code}", code=""): ("nhactoi", "bo"),
    }


def _headed(words: Words) -> dict[str, tuple[str, str]]:
    """What stands on buttons before a code and whatever follows it: "Vì sao TV1.3 Quận 1"."""
    return {
        words("Progress {about}", about=""): ("tiendo", ""),
        words("Why {about}", about=""): ("visao", ""),
        words("Forecast {about}", about=""): ("dubao", ""),
        words("Picture {about}", about=""): ("bieudo", ""),
    }


@cache
def _folded(labels: Labels, spoken: Words) -> dict[str, tuple[str, str]]:
    """Every message is compared with them; of two that fold alike the first counts."""
    return {fold(label): command for label, command in reversed(labels(spoken).items())}


def _code_after(words: list[str], label: str) -> str | None:
    return words[-1] if words and fold(" ".join(words[:-1])) == label else None


def labels(words: Words) -> dict[str, str]:
    """The buttons of the main menu."""
    return {
        "baocao": words("Yearly report"),
        "nhiemvu": words("Tasks"),
        "tiendo": words("Progress"),
        "thongbao": words("Campaign notice"),
        "suckhoe": words("System health"),
        "trogiup": words("Help"),
    }


def buttons(words: Words) -> dict[str, tuple[str, str]]:
    """What stands on buttons that are commands, and may be typed as well."""
    return {
        **{label: (name, "") for name, label in labels(words).items()},
        words("Start the report"): ("baocao", ""),
        words("Go on with the report"): ("baocao", ""),
        words("Main menu"): ("menu", ""),
        words("Letters in doubt"): ("khongro", ""),
        words("Letters not sent"): ("tindi", ""),
        words("Messages not handled"): ("tinden", ""),
        words("Progress {about}", about=words("the whole city")): ("tiendo", "tp"),
        words("Picture {about}", about=words("the whole city")): ("bieudo", "tp"),
        words("Not reported"): ("chuanop", ""),
        words("Ask the official back"): ("hoilai", ""),
        words("My data"): ("dulieucuatoi", ""),
        words("Delete my data"): ("xoadulieu", ""),
        **{name: ("ngonngu", locale) for locale, name in LANGUAGES.items()},
    }
