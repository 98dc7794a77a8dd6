"""Commands as people type them: `/baocao`, `bao cao`, `Báo cáo`, `/tiendo@bot quan 1`."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from handlers.language import Words
from plan.answers import fold
from storage.people import Member

ALONE = ("han", "lichnhac", "nhatky")
OF_NOTICES = ("danhan", "hoi", "tatthongbao", "batthongbao")
SHARED = (
    "nhiemvu",
    "tiendo",
    "visao",
    "dubao",
    "bieudo",
    "lichsu",
    "giaitrinh",
    *ALONE,
    "vuongmac",
    *OF_NOTICES,
)
OF_CODES = ("visao", "dubao")
"""Without a slash, commands only where an indicator's code follows."""
OF_OWING = ("chuanop", "nhac")
OF_OFFICE = ("lich", "mocnhac")
"""For officials to look at and for administrators to change."""
OF_ADMIN = ("chotnam", "chaythu", "suckhoe", "khongro", "tindi", "tinden")
OF_REVIEW = ("duyet", "tralai", "molai", "nhapthay")
OF_EASING = ("giahan", "tatnhac")
OF_ABSENCE = ("tamhoan", "uyquyen", "bangiao")
EVERYDAY = {*ALONE, "lichsu", "giaitrinh", "hoilai", *OF_REVIEW, *OF_EASING, *OF_ABSENCE, "xungho"}
"""What people say of other things as well, "bàn giao cho phường": with more words, an answer."""
NEVER_BARE = {*OF_OWING, "viec", "vuongmac", "hoi", "traloi"}
"""Said of many things, "nhắc lại giúp tôi": with a slash only."""
NAMES = (
    "start",
    "menu",
    "baocao",
    "tieptuc",
    "sua",
    "quaylai",
    "boqua",
    "minhchung",
    "bieumau",
    "loivan",
    "nhactoi",
    "viec",
    "nhiemvu",
    "tiendo",
    "visao",
    "dubao",
    "bieudo",
    *OF_OWING,
    "lichsu",
    "giaitrinh",
    "hoilai",
    *ALONE,
    "vuongmac",
    *OF_NOTICES,
    "thongbao",
    "traloi",
    *OF_OFFICE,
    *OF_ADMIN,
    *OF_REVIEW,
    *OF_EASING,
    *OF_ABSENCE,
    "xingiahan",
    "xungho",
    "trogiup",
    "ngonngu",
    "dulieucuatoi",
    "xoadulieu",
    "huy",
)
MUTING = ("tatthongbao", "batthongbao")
OWN_DATA = ("dulieucuatoi", "xoadulieu")
"""For everybody, strangers too: about whoever asks."""
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
YEAR_DIGITS = 4
MOVES = {"quaylai": ("back", "again", "review"), "boqua": ("skip",)}
"""What stands for a button of the open question: with a slash only, or it may be an answer."""
CODE = re.compile(r"[a-z]{2} ?[0-9]\.?[0-9]?(?: |$)|[ivx]+\.[0-9]")
Labels: TypeAlias = Callable[[Words], dict[str, tuple[str, str]]]
FOCAL, OFFICIAL, ADMIN = "focal", "official", "admin"
ROLES = (FOCAL, OFFICIAL, ADMIN)
OF_FOCAL = (
    "baocao",
    "tieptuc",
    "sua",
    "quaylai",
    "boqua",
    "minhchung",
    "bieumau",
    "loivan",
    "nhactoi",
    "viec",
    "hoilai",
    "xingiahan",
    *OF_ABSENCE,
)


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    argument: str = ""
    slashed: bool = True


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


def split_year(argument: str, this_year: int) -> tuple[str, int]:
    """`quan 3 2024` → ("quan 3", 2024); without a year, this one."""
    words = argument.split()
    if words and words[-1].isdecimal() and len(words[-1]) == YEAR_DIGITS:
        return " ".join(words[:-1]), int(words[-1])
    return argument, this_year


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


def descriptions(words: Words) -> dict[str, str]:
    return {
        "baocao": words("Fill in the yearly report"),
        "tieptuc": words("Go on where I stopped"),
        "sua": words("Change an answer, for example /sua TV1.3 12/15"),
        "quaylai": words("Back to the question before"),
        "boqua": words("Skip the open question"),
        "minhchung": words("Evidence files of the report"),
        "bieumau": words("The report as an Excel form"),
        "loivan": words("The report in words: results, difficulties, proposals"),
        "nhactoi": words("My own reminders"),
        "viec": words("Say how a task stands, for example /viec IV.10.a xong"),
        "nhiemvu": words("Tasks assigned to my agency"),
        "tiendo": words("Progress against the 2025 and 2030 targets, for example /tiendo TV1.3"),
        "visao": words("How a judgement came about, for example /visao TV1.3"),
        "dubao": words("Where 2030 would end at the present pace, for example /dubao TV1.3"),
        "bieudo": words("Progress in a picture, for example /bieudo TV1.3"),
        "chuanop": words("Who has not reported, and whether they can be reached"),
        "nhac": words("Remind an agency of its report, for example /nhac quan 4"),
        "giaitrinh": words("Questions about figures, and their answers"),
        "hoilai": words("Ask back about a figure sent back, for example /hoilai TV1.3"),
        "lichsu": words("Versions of a report and what was decided on them"),
        "han": words("By when the report is due, for example /han 2027"),
        "nhatky": words("Which reminders my agency got, for example /nhatky 2027"),
        "vuongmac": words("Difficulties that were recorded, for example /vuongmac 2027"),
        "lichnhac": words("The reminders that will come to me"),
        "xingiahan": words("Ask for more time, for example /xingiahan 15/11 and why"),
        "tamhoan": words("Put a reminder off, for example /tamhoan 3 ngay"),
        "uyquyen": words("Name a deputy for some days, for example /uyquyen 20/10 - 25/10"),
        "bangiao": words("Hand over to another focal point"),
        "xungho": words("How the system addresses me"),
        "duyet": words("Reports that wait for approval, for example /duyet quan 1"),
        "tralai": words("Send back single figures, for example /tralai quan 1 TV1.3"),
        "molai": words("Open an approved report again, for example /molai quan 1"),
        "nhapthay": words("Enter a report from paper, for example /nhapthay quan 1"),
        "chotnam": words("Close a year, for example /chotnam 2025"),
        "giahan": words("Requests for more time; extend or exempt an agency"),
        "tatnhac": words("Leave an agency in peace for some days"),
        "danhan": words("Confirm that I have received a notice, for example /danhan 12"),
        "hoi": words("Ask about a notice, for example /hoi 12 and the question"),
        "tatthongbao": words("Mute notices of campaigns"),
        "batthongbao": words("Get notices of campaigns again"),
        "thongbao": words("Send a notice, or see to one: /thongbao 12"),
        "traloi": words("Answer a question about a notice"),
        "lich": words("Days off, campaign days and dates of tasks, for example /lich 2027"),
        "mocnhac": words("When reports are reminded of, and who hears later on"),
        "chaythu": words("Rehearse the reminders of the next 12 months"),
        "suckhoe": words("Whether the system is well, and what is to be done"),
        "khongro": words("Letters of which it is not known whether they arrived"),
        "tindi": words("Letters that were not sent"),
        "tinden": words("Messages that could not be handled"),
        "menu": words("Main menu"),
        "trogiup": words("Help"),
        "ngonngu": words("Language: Tiếng Việt or English"),
        "dulieucuatoi": words("What is kept about me"),
        "xoadulieu": words("Delete my personal data"),
        "huy": words("Leave the open question"),
        "start": words("Start"),
    }


def of(member: Member | None) -> tuple[str, ...]:
    """The commands a person can use, in the order of the menu."""
    if member is None or not member.may(*ROLES):
        return ("start", "trogiup", *OWN_DATA)
    own = OF_FOCAL if member.may(FOCAL) else ()
    admins = ("thongbao", "traloi", *OF_EASING, *OF_ADMIN) if member.may(ADMIN) else ()
    office = (*OF_OWING, *OF_REVIEW, *OF_OFFICE) if member.may(OFFICIAL, ADMIN) else ()
    last = ("menu", "trogiup", "ngonngu", "xungho", *OWN_DATA, "huy")
    return (*own, *SHARED, *office, *admins, *last)


def menu_for(member: Member, words: Words) -> SetMyCommands:
    """The command menu of one chat, by the roles its person holds."""
    return SetMyCommands(
        commands=_commands(of(member), words), scope=BotCommandScopeChat(chat_id=member.address)
    )


def default_menu(words: Words) -> SetMyCommands:
    return SetMyCommands(commands=_commands(of(None), words), scope=BotCommandScopeDefault())


def _commands(names: tuple[str, ...], words: Words) -> list[BotCommand]:
    told = descriptions(words)
    return [BotCommand(command=name, description=told[name]) for name in names]
