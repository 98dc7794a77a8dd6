"""Logs: one line of JSON per decision, with ids and never a person's words.

Tracebacks carry neither local variables nor what an exception says: both would hold answers
("invalid literal … '<typed>'", PostgreSQL's "Failing row contains (…)"), and the token.
"""

import logging
import re
import sys
from traceback import format_tb
from typing import TextIO

import structlog
from structlog.typing import EventDict, ExcInfo

SCHEMA = ("table", "column", "constraint")
TOKEN = re.compile(r"bot\d+:[\w-]+|\b\d{6,}:[\w-]{20,}")


class PlainError(Exception):
    """Its text is ours alone, with nothing in it that people typed: it may be logged."""


def redact(_logger: object, _name: str, event: EventDict) -> EventDict:
    """A token in a URL or an exception's text never reaches the log."""
    return {
        key: without_token(value) if isinstance(value, str) else value
        for key, value in event.items()
    }


def without_token(text: str) -> str:
    return TOKEN.sub("bot<token>", text)


def headline(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Of what a library says, the first line: asyncio adds the exception, words and all."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def places(exc_info: ExcInfo) -> str:
    """The frames and the type of an exception, after those of what it came from."""
    found: list[BaseException] = []
    error: BaseException | None = exc_info[1]
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(_place(each) for each in reversed(found))


def _place(error: BaseException) -> str:
    frames = "".join(format_tb(error.__traceback__))
    module, kind = type(error).__module__, type(error).__qualname__
    name = kind if module == "builtins" else f"{module}.{kind}"
    told = f"{frames}{name}{_harmless(error)}"
    parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return "\n".join([told, *(places((type(part), part, part.__traceback__)) for part in parts)])


def _harmless(error: BaseException) -> str:
    """What can be said beside its type: our own words, the system's, and names of the schema."""
    if isinstance(error, PlainError):
        return f": {error}"
    if isinstance(error, OSError):
        return f": {error.strerror}" if error.strerror else ""
    by_postgres = getattr(error, "diag", None)
    parts = (getattr(by_postgres, f"{part}_name", None) for part in SCHEMA)
    told = [getattr(error, "sqlite_errorname", None), *parts]
    return "".join(f" {name}" for name in told if name)


class StandardOutput(logging.StreamHandler[TextIO]):
    def emit(self, record: logging.LogRecord) -> None:
        # As `print` does: whatever standard output is at the moment.
        self.stream = sys.stdout
        super().emit(record)


PROCESSORS: list[structlog.typing.Processor] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.ExceptionRenderer(places),
    redact,
]
JSON_LINE = structlog.processors.JSONRenderer(ensure_ascii=False)
LIBRARIES = StandardOutput()
"""What asyncio, aiogram and APScheduler say by the standard library, in the same lines."""
LIBRARIES.setFormatter(
    structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, headline, *PROCESSORS],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, JSON_LINE],
    )
)


def configure(level: str = "INFO") -> None:
    root = logging.getLogger()
    root.addHandler(LIBRARIES)
    root.setLevel(logging.WARNING)
    structlog.configure(
        processors=[*PROCESSORS, JSON_LINE],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
