"""Logs: one line of JSON per decision, with ids and never a person's words.

Tracebacks carry no local variables: those would hold answers, and the token.
"""

import logging
import re
import sys
from typing import TextIO

import structlog

TOKEN = re.compile(r"bot\d+:[\w-]+|\b\d{6,}:[\w-]{20,}")


def redact(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """A token in a URL or an exception's text never reaches the log."""
    return {
        key: without_token(value) if isinstance(value, str) else value
        for key, value in event.items()
    }


def without_token(text: str) -> str:
    return TOKEN.sub("bot<token>", text)


class StandardOutput(logging.StreamHandler[TextIO]):
    def emit(self, record: logging.LogRecord) -> None:
        # As `print` does: whatever standard output is at the moment.
        self.stream = sys.stdout
        super().emit(record)


PROCESSORS: list[structlog.typing.Processor] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    redact,
]
JSON_LINE = structlog.processors.JSONRenderer(ensure_ascii=False)
LIBRARIES = StandardOutput()
"""What asyncio, aiogram and APScheduler say by the standard library, in the same lines."""
LIBRARIES.setFormatter(
    structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *PROCESSORS],
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
