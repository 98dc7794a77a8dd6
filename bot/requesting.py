"""`python -m bot request`: what people ask on paper about their data, and somebody does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer

from bot.clock import system_clock
from bot.failing import in_plain_words
from bot.settings import Settings

request = typer.Typer(no_args_is_help=True, help="Requests about personal data, on paper.")
Number = Annotated[int, typer.Argument(help="Of the request, as `request list` prints it.")]


@request.command(name="file")
def file_one(
    kind: Annotated[str, typer.Argument(help="restrict, object or other.")],
    who: Annotated[str, typer.Option(help="CHANNEL:ID, where the bot knows them.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Else today.")] = None,
) -> None:
    """Enters a request, and prints by when it is to be answered and done."""
    from bot.requests import file

    with _in_plain_words():
        print(file(Settings(), kind, who, on.date() if on else None, system_clock()))


@request.command(name="list")
def list_open() -> None:
    """Prints what is open, the next due first, erasures too."""
    from bot.requests import listed

    with _in_plain_words():
        print(listed(Settings(), system_clock()))


@request.command()
def done(
    number: Number, *, withdrawn: Annotated[bool, typer.Option(help="By who asked.")] = False
) -> None:
    """Closes a request."""
    from bot.requests import close

    with _in_plain_words():
        print(close(Settings(), number, system_clock(), withdrawn=withdrawn))


@request.command()
def extend(
    number: Number,
    days: Annotated[int, typer.Option(min=1, max=15)],
    letter: Annotated[str, typer.Option(help="Number of the letter that tells why.")],
) -> None:
    """Gives a request more time, once."""
    from bot.requests import extend as lengthen

    with _in_plain_words():
        print(lengthen(Settings(), number, days, letter, system_clock()))


@contextmanager
def _in_plain_words() -> Iterator[None]:
    from bot.forgetting import ForgetError
    from bot.requests import RequestError

    with in_plain_words(ForgetError, RequestError):
        yield
