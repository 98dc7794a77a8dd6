"""How the command line says that something is wrong."""

import sys
from typing import NoReturn

import typer

FAULTY = 2


def fail(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(FAULTY)
