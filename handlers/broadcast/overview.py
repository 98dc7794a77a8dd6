"""`/thongbao`: a new notice, beside those that are under way; `/thongbao 12 dung` acts on one."""

from collections.abc import Callable, Mapping

from aiogram import Router

from handlers.broadcast import (
    campaigns,
    composing,
    confirming,
    following,
    running,
    scheduling,
    telling,
    templates,
    threads,
)
from handlers.broadcast.bureau import Bureau
from handlers.commands import ADMIN, Command
from handlers.language import Markup, Words, join
from handlers.routing import Asked, May, Replies, Reply, as_list, say
from handlers.talk import Link
from plan.answers import fold
from storage.tables import Broadcast

LISTED, LATEST = 8, 3
Verb = Callable[[Bureau, Broadcast, str], Replies]
VERBS: Mapping[str, Verb] = {
    "hoantac": lambda bureau, notice, _: confirming.undo(bureau, notice),
    "duyet": confirming.agree,
    "tuchoi": confirming.refuse,
    "dung": lambda bureau, notice, _: running.stop(bureau, notice),
    "tieptuc": lambda bureau, notice, _: running.resume(bureau, notice),
    "hoidap": lambda bureau, notice, _: threads.list_threads(bureau, notice),
    "ketthuc": lambda bureau, notice, _: running.end(bureau, notice),
    "gui": confirming.send_as_planned,
    "boqua": campaigns.skip,
    "hengio": lambda bureau, notice, _: scheduling.begin(bureau, notice),
    "chuanhan": lambda bureau, notice, _: following.list_unconfirmed(bureau, notice),
    "guilai": lambda bureau, notice, _: following.repeat(bureau, notice),
    "dinhchinh": lambda bureau, notice, _: following.correct(bureau, notice),
    "thuhoi": lambda bureau, notice, _: following.ask_recall(bureau, notice),
    "ketqua": lambda bureau, notice, _: following.export(bureau, notice),
}

CALENDAR: Mapping[str, Callable[[Bureau, str], Replies]] = {
    "lich": lambda bureau, _: campaigns.show_calendar(bureau),
    "mau": templates.template,
}


def begin(command: Command, bureau: Bureau) -> Replies:
    first, _, rest = command.argument.partition(" ")
    if not first:
        return [*_under_way(bureau), *as_list(composing.ask_text(bureau))]
    if fold(first) in CALENDAR:
        return CALENDAR[fold(first)](bureau, rest.strip())
    notice = bureau.broadcasts.get(int(first)) if first.isdecimal() else None
    if notice is None:
        told = bureau.words(
            "There is no notice “{said}”. Type /thongbao for a new one, or its number, for "
            "example /thongbao 12.",
            said=command.argument[:40],
        )
        return [bureau.talk.say(told), *bureau.talk.ask_again()]
    verb, _, argument = rest.partition(" ")
    return act(bureau, notice, verb, argument.strip()) if verb else show(bureau, notice)


def act(bureau: Bureau, notice: Broadcast, verb: str, argument: str) -> Replies:
    do = VERBS.get(fold(verb))
    if do is None:
        told = bureau.words("“{verb}” is nothing that can be done to a notice.", verb=verb[:40])
        return [bureau.talk.say(told), *as_list(show(bureau, notice))]
    return do(bureau, notice, argument)


def show(bureau: Bureau, notice: Broadcast) -> Replies:
    """A draft is gone on with; of any other, how it stands."""
    if notice.state == "draft":
        return composing.next_question(bureau, notice)
    return [running.status(bureau, notice), *bureau.talk.ask_again()]


def _under_way(bureau: Bureau) -> list[Reply]:
    open_ = bureau.broadcasts.in_state("draft", "awaiting", "scheduled", "undoable")
    going = bureau.broadcasts.in_state("sending", "stopped")
    shown = [*going, *open_[-LISTED:]]
    if not shown:
        return []
    lines = [line(bureau, notice) for notice in shown]
    links = [
        Link(bureau.words("Notice no. {n}", n=notice.id), f"thongbao {notice.id}")
        for notice in shown
    ]
    return [bureau.talk.say(join([bureau.words("<b>Notices under way</b>"), *lines]), links)]


def line(bureau: Bureau, notice: Broadcast) -> Markup:
    words = bureau.words
    return words(
        "• No. {n}, {state}: {head}",
        n=notice.id,
        state=state(words, notice.state),
        head=telling.head(notice),
    )


def state(words: Words, key: str) -> Markup:
    return {
        "draft": words("draft"),
        "awaiting": words("waits for agreement"),
        "scheduled": words("scheduled"),
        "undoable": words("about to leave"),
        "sending": words("under way"),
        "stopped": words("stopped"),
        "finished": words("finished"),
        "cancelled": words("discarded"),
        "recalled": words("recalled"),
    }[key]


def build_router() -> Router:
    router = Router(name="notices")
    say(router, begin, May(ADMIN), Asked("thongbao"))
    return router
