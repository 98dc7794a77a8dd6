"""`python -m bot`: run the bot, look at the plan, invite people, try the reader.

The bot itself is imported only by `run`: aiogram costs seconds that the other commands need not
pay.
"""

import gc
import json
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated

import typer

from bot.calendaring import calendar
from bot.clock import system_clock
from bot.failing import fail, in_plain_words
from bot.reading import batch as judged_batch
from bot.reading import judged
from bot.requesting import request
from bot.settings import Settings
from plan.answers import Kind
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.loading import CatalogueError, load, problems

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
plan = typer.Typer(no_args_is_help=True, help="The plan as data.")
cli.add_typer(plan, name="plan")
audit = typer.Typer(no_args_is_help=True, help="Who changed what: the log and its chain.")
cli.add_typer(audit, name="audit")
cli.add_typer(calendar, name="calendar")
cli.add_typer(request, name="request")

ILL = 1
INVITE_BYTES = 16
"""128 bits: 22 characters of Telegram's 64 for a start parameter."""


@cli.command()
def run() -> None:
    """Runs the bot until SIGTERM or SIGINT."""
    settings = Settings()
    if not settings.bot_token.get_secret_value():
        fail("BOT_TOKEN is not set. Put it into .env (see .env.example), or try `make demo`.")
    # What is imported stays: looking through it again and again costs 0.4 s here, and time later.
    gc.disable()
    from bot.process import serve

    gc.freeze()
    gc.enable()
    serve(settings)


@cli.command()
def invite(
    agency: Annotated[str, typer.Option(help="Agency id, as `plan show` prints it.")],
    role: Annotated[str, typer.Option(help="focal, official or admin.")],
    days: Annotated[int, typer.Option(min=1, max=90, help="How long the link is valid.")] = 7,
) -> None:
    """Prints an invitation link: single use, for one agency and one role."""
    from bot.inviting import InviteError, create

    token = token_urlsafe(INVITE_BYTES)
    with in_plain_words(InviteError):
        print(create(Settings(), agency, role, token, days=days, now=system_clock()))


@cli.command()
def forget(
    who: Annotated[str, typer.Argument(help="CHANNEL:ID, such as telegram:123456789.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Without being asked again.")] = False,
) -> None:
    """Erases somebody who asked for it on paper, at once; what they reported stays."""
    from bot.forgetting import ForgetError, described, forget

    with in_plain_words(ForgetError):
        print(described(Settings(), who))
        if not yes:
            typer.confirm("Erase? This cannot be undone.", abort=True)
        print(forget(Settings(), who, system_clock()))


@cli.command()
def migrate(
    *, backup: Annotated[bool, typer.Option(help="Of what was there before.")] = True
) -> None:
    """Brings the database to the newest schema and adds the plan's agencies."""
    from bot.backups import migrated_alone
    from storage.database import Database
    from storage.seeding import take_over

    settings = Settings()
    with in_plain_words():
        database = Database(settings.database_url)
        try:
            now = system_clock()
            migrated_alone(settings, database, now, keep=backup)
            with database.transaction() as session:
                added = take_over(session, load(settings.plan_file), now)
        finally:
            database.dispose()
    print(f"The database is up to date; {added} agencies added.")


@cli.command(name="backup")
def back_up(
    to: Annotated[Path | None, typer.Option(help="A file instead of BACKUP_DIR.")] = None,
) -> None:
    """Copies the database, checked, while the bot runs; people's files go to BACKUP_DIR."""
    from bot.backups import back_up
    from storage.database import Database

    settings = Settings()
    with in_plain_words():
        url = Database(settings.database_url).url
        print(back_up(settings, url, system_clock(), to))


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="As `backup` has made it.")]) -> None:
    """Puts a backup in the database's place. What was said since is not said again."""
    from bot.restoring import restore

    with in_plain_words():
        print(restore(Settings(), file, system_clock()))


@cli.command()
def doctor(
    *, telegram: Annotated[bool, typer.Option(help="Asks Telegram too who the bot is.")] = False
) -> None:
    """Looks at everything the bot needs, one line each; exit code 1 where something is wrong."""
    from bot.doctor import examine

    healthy = True
    for finding in examine(system_clock(), telegram=telegram):
        print(finding)
        healthy = healthy and not finding.wrong
    raise typer.Exit(0 if healthy else ILL)


@cli.command()
def rehearse(
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"])],
    xlsx: Annotated[Path | None, typer.Option(help="A file instead of the screen.")] = None,
) -> None:
    """Every reminder of these days as things stand: who, when, why, in which words.

    Nothing is sent, and nothing is written into the database.
    """
    from bot.rehearsing import printed, workbook

    days = first.date(), last.date()
    with in_plain_words():
        if xlsx is None:
            for line in printed(Settings(), *days):
                print(line)
        else:
            print(f"{workbook(Settings(), *days, xlsx)} letters, in {xlsx}.")


@cli.command(context_settings={"ignore_unknown_options": True})
def read(
    text: Annotated[str, typer.Argument(help="What was typed.")] = "",
    *,
    kind: Annotated[Kind, typer.Option(help="What had been asked for.")] = Kind.SHARE,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    year: Annotated[int | None, typer.Option(min=2000, max=2099)] = None,
    batch: Annotated[Path | None, typer.Option(help="Lines of KIND<TAB>TEXT instead.")] = None,
) -> None:
    """Prints as JSON what a typed answer would be taken for. Nothing is stored."""
    on = today.date() if today else local_date(system_clock())
    if batch is None:
        print(judged(kind, text, today=on, year=year))
        return
    try:
        with batch.open(encoding="utf-8-sig") as lines:
            for line in judged_batch(lines, today=on, year=year):
                print(line)
    except (OSError, ValueError) as error:
        fail(str(error))


@plan.command()
def check(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Checks a plan file; exit code 2 and every defect found where it is not right."""
    chosen = file or Settings().plan_file
    found = problems(chosen)
    if found:
        fail("\n".join(str(problem) for problem in found))
    catalogue = _load(chosen)
    print(
        f"The plan is right: {len(catalogue.indicators)} indicators, {len(catalogue.tasks)} tasks, "
        f"{len(catalogue.assignments)} assignments, {len(catalogue.agencies)} agencies."
    )


@plan.command()
def show(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Prints the whole catalogue."""
    catalogue = _load(Settings().plan_file)
    if as_json:
        print(json.dumps(catalogue.as_json(), ensure_ascii=False, indent=2))
        return
    from bot.listing import listing

    print(listing(catalogue, local_date(system_clock()).year))


@audit.command()
def verify(
    expect: Annotated[str, typer.Option(help="The head's hash, as printed and noted before.")] = "",
) -> None:
    """Walks the chain; exit code 2, naming the first broken link, where it does not hold."""
    from bot.auditing import AuditError, verified

    try:
        print(verified(Settings(), expect))
    except AuditError as error:
        fail(str(error))


@audit.command(name="show")
def show_audit(
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    most: Annotated[int, typer.Option(min=1, help="The newest so many.")] = 200,
) -> None:
    """Prints entries of the log, the newest last, with times in UTC."""
    from bot.auditing import AuditError, entries

    try:
        print("\n".join(entries(Settings(), since, most)))
    except AuditError as error:
        fail(str(error))


def _load(file: Path | None) -> Catalogue:
    try:
        return load(file)
    except CatalogueError as error:
        fail(str(error))


if __name__ == "__main__":
    cli()
