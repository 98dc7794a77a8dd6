"""A list of facilities that an administrator sends: fetched, read, and shown as a difference."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler

from exports import tables
from exports.forms import Unusable
from exports.tables import Line
from handlers.commands import ADMIN, FOCAL, Command
from handlers.files.attachments import Attachment
from handlers.files.evidence import about_file
from handlers.files.fetched import name_of, refusal
from handlers.language import Markup, Words
from handlers.register import proposal, rows
from handlers.register.registry import COMMAND, FILE, OURS, Registry
from handlers.register.rows import Read
from handlers.routing import Asked, At, Attached, Chose, Kind, May, Open, Replies, say
from handlers.talk import FREE, Link, Option, Turn
from plan.listing import NEEDED
from storage.evidence import CSV, KEPT, LARGEST, REGISTER, XLSX, Exhibits
from storage.files import Files

ENDINGS = (".xlsx", ".csv")


def ask_file(registry: Registry) -> Replies:
    words = registry.words
    question = words(
        "Please send the list now, as an Excel file (XLSX) or CSV: agency, category, name, and "
        "where known address, from, to, note. It shows first what would change.\n"
        "A list has all facilities of the agencies and categories that it names: what is missing "
        "there is proposed to end, never deleted.\n"
        "Single facilities may be typed, a line each: {example}",
        example=_example(registry),
    )
    options = [Option("back", words("Send no file"), words("no|go back"))]
    data = {FREE: True, "aside": registry.waiting()}
    return registry.talk.ask(FILE, question, options, data=data)


def _example(registry: Registry) -> str:
    agency, category = registry.sample
    return f"{agency.short}; {category.key}; {category.name}"


def receive(turn: Turn, command: Command | None, registry: Registry, exhibits: Exhibits) -> Replies:
    """Where one is awaited, under `/danhmuc`, or from whoever sends files for nothing else."""
    sent = turn.attachment or Attachment("")
    if not _is_awaited(registry, sent, command):
        raise SkipHandler
    words, talk = registry.words, registry.talk
    if sent.content != "document":
        return registry.say(_wanted(words))
    if (sent.size or 0) > LARGEST:
        return registry.say(refusal(words, "too_big"))
    about = about_file(registry.member, turn, sent) | {"album": "", "caption": ""}
    times = {"not_before_at": registry.now, "received_at": registry.now}
    exhibits.want(None, REGISTER, **about, **times)
    if talk.step == FILE:
        talk.take_up(talk.data["aside"])
    file = name_of(words, sent.title)
    return [talk.say(words("Received: {file}. It is being read.", file=file))]


def _is_awaited(registry: Registry, sent: Attachment, command: Command | None) -> bool:
    if registry.talk.step in OURS or (command is not None and command.name == COMMAND):
        return True
    idle = registry.talk.step is None and not registry.member.may(FOCAL)
    return idle and sent.title.lower().endswith(ENDINGS)


def read_file(turn: Turn, registry: Registry, exhibits: Exhibits, files: Files) -> Replies:
    """Its bytes are here, or are not to be had; they are not kept beyond this."""
    file = exhibits.get(turn.file or 0)
    if file is None or file.code != REGISTER:
        raise SkipHandler
    words, again = registry.words, Link(registry.words("Import a file"), f"{COMMAND} nhap")
    if file.state != KEPT or file.media_type not in {XLSX, CSV}:
        told = _refused(words, file.reason if file.state != KEPT else "type")
        if file.state == KEPT:
            exhibits.remove(file, registry.now)
        return registry.say(told, again)
    data, title = files.read(file.name), file.title
    exhibits.remove(file, registry.now)
    lines = tables.of_workbook(data) if file.media_type == XLSX else tables.of_text(data)
    if isinstance(lines, Unusable):
        return registry.say(_unusable(words, lines.reason), again)
    return _propose(registry, lines, title)


def _propose(registry: Registry, lines: list[Line], title: str) -> Replies:
    found = rows.read(registry, lines)
    if found is None:
        told = _unusable(registry.words, "headings")
        return registry.say(told, Link(registry.words("Excel template"), f"{COMMAND} mau"))
    return proposal.show(registry, proposal.of_rows(title, found))


def read_typed(registry: Registry, turn: Turn) -> Replies:
    """Lines in the chat only add and change: they are not all there is."""
    words, lines = registry.words, tables.of_text(turn.text.encode())
    if isinstance(lines, Unusable) or not any(map(_is_row, lines)):
        return registry.say(_wanted(words))
    found = rows.read(registry, lines, typed=True) or Read()
    title = words("lines typed here")
    return proposal.show(registry, proposal.of_rows(title, found, whole=False))


def _is_row(line: Line) -> bool:
    """Enough of it to name a facility; anything else is talk."""
    return sum(map(bool, line.cells)) >= len(NEEDED)


def _wanted(words: Words) -> Markup:
    return words("A list of facilities is an Excel file (XLSX) or CSV. Please send one of these.")


def _refused(words: Words, reason: str) -> Markup:
    if reason in {"type", "kind"}:
        return words(
            "The file is neither an Excel file (XLSX) nor CSV in UTF-8, so it was not read. In "
            "Excel: Save as, then Excel workbook or CSV UTF-8."
        )
    return refusal(words, reason)


def _unusable(words: Words, reason: str) -> Markup:
    reasons = {
        "size": words("it is far larger than a list is."),
        "damaged": words("the file is damaged."),
        "encoding": words("it is not in UTF-8. In Excel: Save as, then CSV UTF-8."),
        "rows": words(
            "it has more than {most} lines. Please split it by agency.",
            most=words.number(tables.ROWS_MOST),
        ),
        "headings": words(
            "no line has the headings. There must be at least: Agency, Category, Name of the "
            "facility."
        ),
    }
    return words("The list could not be read: {why} Nothing was recorded.", why=reasons[reason])


def leave(registry: Registry) -> Replies:
    return registry.finish(registry.words("The register stays as it is."))


def build_router() -> Router:
    router = Router(name="register taking")
    admin = May(ADMIN)
    say(router, read_file, admin, Kind("fetched"))
    say(router, leave, admin, At(FILE), Chose("back"))
    say(router, leave, admin, Open(*OURS), Asked("huy"))
    say(router, receive, admin, Attached())
    say(router, read_typed, admin, At(FILE), Kind("text"))
    return router
