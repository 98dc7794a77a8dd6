"""How a letter begins: the form of address that fits the person, and the given name."""

from collections.abc import Sequence

from aiogram.methods import SendMessage

from handlers.language import Markup, Words
from handlers.talk import keyboard
from storage.people import Member


def greeting(words: Words, member: Member, agency: str = "") -> Markup:
    """Vietnamese people are addressed by the given name, the last word of the name."""
    given = member.full_name.split()[-1] if member.full_name.split() else ""
    title = form(words, member.address_form)
    if not agency:
        return words("Dear {title} {name},", title=title, name=given)
    return words("Dear {title} {name} ({agency}),", title=title, name=given, agency=agency)


def form(words: Words, kept: str) -> Markup:
    forms = {
        "anh": words("Mr (a peer)"),
        "chi": words("Ms (a peer)"),
        "anh-chi": words("Mr or Ms"),
        "ong": words("Mr"),
        "ba": words("Mrs"),
        "dong-chi": words("Comrade"),
    }
    return forms.get(kept, forms["anh-chi"])


def message(member: Member, text: str, buttons: Sequence[tuple[str, str]]) -> SendMessage:
    return SendMessage(
        chat_id=member.address,
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard(buttons) if buttons else None,
    )
