"""Menu, help, leaving a question, and an answer to everything else."""

from dataclasses import replace

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery

from handlers import commandmenu, commands, reading
from handlers.broadcast import previewing
from handlers.broadcast.bureau import Bureau
from handlers.commands import LANGUAGES, ROLES, Command
from handlers.files.attachments import not_kept
from handlers.language import Words, join, words_for
from handlers.report import failures
from handlers.report.interview import Interview
from handlers.routing import Asked, Kind, May, Pressed, Replies, say
from handlers.talk import Link, Option, Talk
from storage.knocks import Knocks
from storage.people import Member, People


def refuse_stranger(talk: Talk, words: Words, knocks: Knocks) -> Replies:
    """One polite line, once a minute, and nothing about any agency."""
    turn = talk.turn
    # An invitation on its way is asked on, however fast they are.
    if not knocks.turn_away(turn.channel, turn.address, talk.now) and talk.step is None:
        return []
    told = words(
        "This service is for people invited by the agencies that carry out the plan. "
        "If you have an invitation link, please open it again."
    )
    return [talk.say(told), *talk.ask_again()]


def show_menu(talk: Talk, words: Words, member: Member) -> Replies:
    labels = reading.labels(words)
    links = [Link(labels[name], name) for name in commands.of(member) if name in labels]
    told = words("What would you like to do? Press a button or type the command.")
    if talk.step is not None:
        told = join([told, words("The question below is kept: you can also go on with it.")])
    return [talk.say(told, links), *talk.ask_again()]


def show_help(talk: Talk, words: Words, member: Member) -> Replies:
    told = commandmenu.descriptions(words)
    lines = [f"/{name} – {told[name]}" for name in commands.of(member)]
    return [
        *talk.pages(
            [
                words("<b>What this assistant can do for you</b>"),
                join(lines),
                words(
                    "Commands may be typed without the slash and without accents: “bao cao”. "
                    "Every button can be typed as well: its words, or its number where it has one."
                ),
                words(
                    "The figures here are working data. The official record is the signed report "
                    "sent on the document exchange system. Do not send classified content."
                ),
            ]
        ),
        *talk.ask_again(),
    ]


def cancel(talk: Talk, words: Words, bureau: Bureau) -> Replies:
    if talk.step is None:
        return talk.say(words("No question is open. Type /menu to see what you can do."))
    told = words("The question is closed. What you had confirmed before is kept.")
    if talk.step.startswith("notice."):
        told = previewing.kept(bureau, bureau.notice())
    talk.close()
    return talk.say(told, [Link(words("Main menu"), "menu")])


def change_language(
    talk: Talk,
    words: Words,
    command: Command,
    member: Member,
    people: People,
    interview: Interview,
) -> Replies:
    wanted = command.argument.lower()
    if wanted not in LANGUAGES:
        links = [Link(name, f"ngonngu {locale}") for locale, name in LANGUAGES.items()]
        told = words("Which language? Type /ngonngu vi or /ngonngu en.")
        return [talk.say(told, links), *talk.ask_again()]
    people.speak(member.person_id, wanted, talk.now)
    spoken = words_for(wanted)
    told = spoken("This chat is in English now.")
    asked = replace(interview, words=spoken).ask_anew()
    return [talk.say(told), *asked, commandmenu.menu_for(member, spoken)]


def tell_closed(talk: Talk, words: Words) -> Replies:
    """An old, foreign or doubled press changes nothing and says so."""
    told = words(
        "This button has been used or has expired; pressing it changed nothing. "
        "What you had confirmed is kept."
    )
    courtesy = AnswerCallbackQuery(callback_query_id=talk.turn.press_id or "", text=told)
    if talk.step is None:
        return [courtesy, talk.say(words("{told} Type /menu to go on.", told=told))]
    return [courtesy, talk.say(words("{told} The open question is:", told=told)), *talk.ask_again()]


def answer_edit(talk: Talk, words: Words) -> Replies:
    return talk.say(
        words(
            "An edited message does not change what has been recorded. Please send the new text "
            "as a message of its own."
        )
    )


def answer_other(talk: Talk, words: Words) -> Replies:
    content = talk.turn.attachment.content if talk.turn.attachment else ""
    return [talk.say(not_kept(words, content)), *talk.ask_again()]


def answer_unknown_command(talk: Talk, words: Words) -> Replies:
    told = words("I do not know that command, or it is not for your role. Type /trogiup for help.")
    return [talk.say(told), *talk.ask_again()]


def answer_anything(talk: Talk, words: Words, interview: Interview | None) -> Replies:
    """Words that no open question awaits."""
    if talk.step is not None:
        told = words("Sorry, I did not understand that. Please press a button or type its words.")
        if interview is not None and "code" in talk.data:
            return failures.tell(interview, told, talk.turn.text)
        return [talk.say(told), *talk.ask_again()]
    told = words("Sorry, I did not understand that. Type /menu, or /trogiup for help.")
    if Option("thanks", words("Thank you"), words("thanks|yes|ok")).means(talk.turn.text):
        told = words("Received. Type /menu whenever there is something to do.")
    return talk.say(told, [Link(words("Main menu"), "menu")])


def build_gate() -> Router:
    """Before everything else but `/start`: old buttons."""
    router = Router(name="gate")
    say(router, tell_closed, May(*ROLES), Pressed())
    return router


def build_router() -> Router:
    """After everything else: what nobody else took."""
    router = Router(name="menu")
    say(router, show_menu, May(*ROLES), Asked("menu"))
    say(router, show_help, May(*ROLES), Asked("trogiup"))
    say(router, cancel, May(*ROLES), Asked("huy"))
    say(router, change_language, May(*ROLES), Asked("ngonngu"))
    say(router, answer_edit, May(*ROLES), Kind("edited"))
    say(router, answer_other, May(*ROLES), Kind("other"))
    say(router, answer_unknown_command, May(*ROLES), Asked(*commands.NAMES, "?"))
    say(router, answer_anything, May(*ROLES))
    say(router, refuse_stranger)
    return router
