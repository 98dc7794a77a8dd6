"""What a piece of work asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, event


class Statement(NamedTuple):
    text: str
    parameters: Any


@contextmanager
def executed(engine: Engine | Connection) -> Iterator[list[Statement]]:
    """Every statement, in order; one that is run for many rows at once, for the first of them."""
    found: list[Statement] = []

    def note(_: object, __: object, text: str, values: Any, ___: object, many: bool) -> None:  # noqa: FBT001 - as SQLAlchemy calls it
        found.append(Statement(text, values[0] if many else values))

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)
