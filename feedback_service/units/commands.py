"""Commands for units: load the built-in ones or a file."""

import sys
from collections import Counter as Tally
from pathlib import Path

import click

from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import Refused
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.units.rules.imports import Row, Unreadable, rows_of
from feedback_service.units.service import BUILTIN, load_builtin
from feedback_service.units.service.imports import Outcome, RowReport, take_in

BY = "system"


@click.group("unit")
def unit() -> None:
    """Units: import."""


@unit.command("import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="say what would become of every row, and store nothing")
@click.pass_obj
def import_units(settings: Settings, file: str, dry_run: bool) -> None:
    """Import units from a CSV FILE with the columns code, name, kind, identifier, parent_code, valid_from, valid_to.

    The word "builtin" stands for the shipped units of Quang Tri, loaded where there is no unit yet.
    """
    now = SystemClock().now()
    database = Database(settings.database_url)
    if file == BUILTIN:
        with database.transaction() as session:
            count = load_builtin(session, now=now)
        click.echo(f"{count} units were added." if count else "There are units already; nothing was changed.")
        return
    rows = _rows(file)
    with database.transaction() as session:
        reports = take_in(session, rows, dry_run=dry_run, by=BY, now=now)
    _tell(reports, dry_run=dry_run)


def _rows(file: str) -> tuple[Row, ...]:
    path = Path(file)
    if not path.is_file():
        raise click.UsageError(f"There is no file {file}.")
    try:
        return rows_of(path.read_bytes())
    except Unreadable as error:
        raise Refused("The file cannot be read: {reason}", reason=str(error)) from error


def _tell(reports: tuple[RowReport, ...], *, dry_run: bool) -> None:
    for report in reports:
        if report.outcome is not Outcome.UNCHANGED:
            reasons = f": {'; '.join(report.faults)}" if report.faults else ""
            click.echo(f"row {report.number}  {report.outcome}  {report.name}{reasons}")
    counts = Tally(report.outcome for report in reports)
    click.echo(", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome))
    if counts[Outcome.REFUSED]:
        click.echo("Nothing was stored. Mend the refused rows and import the file again.", err=True)
        sys.exit(1)
    if dry_run:
        click.echo("This was a dry run: nothing was stored.")


COMMANDS: tuple[click.Command, ...] = (unit,)
