"""How the command line says that something is wrong."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from plan.loading import CatalogueError

FAULTY = 2


def fail(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(FAULTY)


@contextmanager
def in_plain_words(*of_the_command: type[Exception]) -> Iterator[None]:
    """What an operator can put right is said in a sentence, not in a traceback."""
    from sqlalchemy.exc import OperationalError

    from bot.alone import AlreadyRunningError
    from storage.backup.drafts import BackupError
    from storage.schema import NewerSchemaError

    sayable: tuple[type[Exception], ...] = (
        *(AlreadyRunningError, BackupError, CatalogueError, NewerSchemaError),
        *of_the_command,
    )
    try:
        yield
    except sayable as error:
        fail(str(error))
    except OperationalError as error:
        fail(f"The database is not reached: {error.orig}")
