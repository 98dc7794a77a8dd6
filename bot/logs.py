"""Logs: one line of JSON per decision, with ids and never a person's words.

Tracebacks carry no local variables: those would hold answers, and the token.
"""

import logging
import re

import structlog

TOKEN = re.compile(r"bot\d+:[\w-]+|\b\d{6,}:[\w-]{20,}")


def redact(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """A token in a URL or an exception's text never reaches the log."""
    return {
        key: TOKEN.sub("bot<token>", value) if isinstance(value, str) else value
        for key, value in event.items()
    }


def configure(level: str = "INFO") -> None:
    logging.basicConfig(level=logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
