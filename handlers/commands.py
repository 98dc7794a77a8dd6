"""Commands as people type them: `/baocao`, `bao cao`, `Báo cáo`, `/tiendo@bot quan 1`."""

from dataclasses import dataclass

from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from handlers.language import Words
from plan.answers import fold
from storage.people import Member

NAMES = (
    "start",
    "menu",
    "baocao",
    "nhiemvu",
    "tiendo",
    "thongbao",
    "trogiup",
    "ngonngu",
    "huy",
)
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
YEAR_DIGITS = 4
FOCAL, OFFICIAL, ADMIN = "focal", "official", "admin"
ROLES = (FOCAL, OFFICIAL, ADMIN)


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
    for label, (name, argument) in buttons(spoken).items():
        if fold(text) == fold(label):
            return Command(name, argument, slashed=False)
    words = text.split()
    if code := _wording_of(words, fold(spoken("Full wording {code}", code=""))):
        return Command("nhiemvu", code, slashed=False)
    for length in (2, 1):
        name, argument = fold("".join(words[:length])), " ".join(words[length:])
        # "Báo cáo 12/15" is an answer, "báo cáo 2023" asks for that year.
        answer = name == "baocao" and argument and not argument.isdecimal()
        if name in NAMES and len(words) >= length and not answer:
            return Command(name, argument, slashed=False)
    return None


def _wording_of(words: list[str], label: str) -> str | None:
    """The code behind "Nguyên văn IV.10.a", as it stands on the buttons of `/nhiemvu`."""
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
        "trogiup": words("Help"),
    }


def buttons(words: Words) -> dict[str, tuple[str, str]]:
    """What stands on buttons that are commands, and may be typed as well."""
    return {
        **{label: (name, "") for name, label in labels(words).items()},
        words("Start the report"): ("baocao", ""),
        words("Main menu"): ("menu", ""),
        **{name: ("ngonngu", locale) for locale, name in LANGUAGES.items()},
    }


def descriptions(words: Words) -> dict[str, str]:
    return {
        "baocao": words("Fill in the yearly report"),
        "nhiemvu": words("Tasks assigned to my agency"),
        "tiendo": words("Progress against the 2025 and 2030 targets"),
        "thongbao": words("Send a campaign notice"),
        "menu": words("Main menu"),
        "trogiup": words("Help"),
        "ngonngu": words("Language: Tiếng Việt or English"),
        "huy": words("Leave the open question"),
        "start": words("Start"),
    }


def of(member: Member | None) -> tuple[str, ...]:
    """The commands a person can use, in the order of the menu."""
    if member is None or not member.may(*ROLES):
        return ("start", "trogiup")
    own = ("baocao",) if member.may(FOCAL) else ()
    notices = ("thongbao",) if member.may(ADMIN) else ()
    return (*own, "nhiemvu", "tiendo", *notices, "menu", "trogiup", "ngonngu", "huy")


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
