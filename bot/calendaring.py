"""`python -m bot calendar`: the operator's table of days off."""

from pathlib import Path
from typing import Annotated

import typer

from bot.clock import system_clock
from bot.failing import fail
from bot.settings import Settings

calendar = typer.Typer(no_args_is_help=True, help="Days off and days worked instead.")


@calendar.command(name="import")
def import_days(
    file: Annotated[Path, typer.Argument(help="CSV: day,kind,name; kind is off or work.")],
    *,
    yes: Annotated[bool, typer.Option(help="Does it, instead of only showing it.")] = False,
) -> None:
    """Shows what the file changes in the years it speaks of, and does it where told to."""
    from bot.daysoff import DaysOffError, take

    try:
        print(take(Settings(), file, system_clock(), apply=yes))
    except DaysOffError as error:
        fail(str(error))


@calendar.command()
def show(year: Annotated[int, typer.Argument(min=2023, max=2040)]) -> None:
    """Prints every day that is not what its weekday says."""
    from bot.daysoff import shown

    print(shown(Settings(), year))
