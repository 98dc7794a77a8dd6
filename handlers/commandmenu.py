"""The menu of commands as Telegram shows it: what each does, and to whom it is offered."""

from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault

from handlers.commands import of
from handlers.language import Words
from storage.people import Member


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


def descriptions(words: Words) -> dict[str, str]:
    return {
        **_of_reporting(words),
        **_of_progress(words),
        **_of_reminders(words),
        **_of_decisions(words),
        **_of_notices(words),
        **_of_the_system(words),
    }


def _of_reporting(words: Words) -> dict[str, str]:
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
    }


def _of_progress(words: Words) -> dict[str, str]:
    return {
        "tiendo": words("Progress against the 2025 and 2030 targets, for example /tiendo TV1.3"),
        "visao": words("How a judgement came about, for example /visao TV1.3"),
        "dubao": words("Where 2030 would end at the present pace, for example /dubao TV1.3"),
        "bieudo": words("Progress in a picture, for example /bieudo TV1.3"),
        "chuanop": words("Who has not reported, and whether they can be reached"),
        "nhac": words("Remind an agency of its report, for example /nhac quan 4"),
        "giaitrinh": words("Questions about figures, and their answers"),
        "hoilai": words("Ask back about a figure sent back, for example /hoilai TV1.3"),
        "lichsu": words("Versions of a report and what was decided on them"),
    }


def _of_reminders(words: Words) -> dict[str, str]:
    return {
        "han": words("By when the report is due, for example /han 2027"),
        "nhatky": words("Which reminders my agency got, for example /nhatky 2027"),
        "vuongmac": words("Difficulties that were recorded, for example /vuongmac 2027"),
        "danhmuc": words("Register of libraries, museums and centres, for example /danhmuc quan 1"),
        "lichnhac": words("The reminders that will come to me"),
        "xingiahan": words("Ask for more time, for example /xingiahan 15/11 and why"),
        "tamhoan": words("Put a reminder off, for example /tamhoan 3 ngay"),
        "uyquyen": words("Name a deputy for some days, for example /uyquyen 20/10 - 25/10"),
        "bangiao": words("Hand over to another focal point"),
        "xungho": words("How the system addresses me"),
        "lich": words("Days off, campaign days and dates of tasks, for example /lich 2027"),
        "mocnhac": words("When reports are reminded of, and who hears later on"),
        "chaythu": words("Rehearse the reminders of the next 12 months"),
    }


def _of_decisions(words: Words) -> dict[str, str]:
    return {
        "duyet": words("Reports that wait for approval, for example /duyet quan 1"),
        "tralai": words("Send back single figures, for example /tralai quan 1 TV1.3"),
        "molai": words("Open an approved report again, for example /molai quan 1"),
        "nhapthay": words("Enter a report from paper, for example /nhapthay quan 1"),
        "chotnam": words("Close a year, for example /chotnam 2025"),
        "thoivai": words("End a person's role, for example /thoivai quan 1"),
        "giahan": words("Requests for more time; extend or exempt an agency"),
        "tatnhac": words("Leave an agency in peace for some days"),
    }


def _of_notices(words: Words) -> dict[str, str]:
    return {
        "danhan": words("Confirm that I have received a notice, for example /danhan 12"),
        "hoi": words("Ask about a notice, for example /hoi 12 and the question"),
        "tatthongbao": words("Mute notices of campaigns"),
        "batthongbao": words("Get notices of campaigns again"),
        "thongbao": words("Send a notice, or see to one: /thongbao 12"),
        "traloi": words("Answer a question about a notice"),
    }


def _of_the_system(words: Words) -> dict[str, str]:
    return {
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
