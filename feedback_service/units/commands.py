"""Commands for units: load the built-in ones or a file."""

import sys
from collections import Counter as Tally
from pathlib import Path

import click

from feedback_service.core.cells import Table, table_of
from feedback_service.core.clock import SystemClock
from feedback_service.core.plans import Outcome
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.units.service import BUILTIN, load_builtin
from feedback_service.units.service.files import Line, look_at, store

BY = "system"


@click.group("unit")
def unit() -> None:
    """Units: import."""


@unit.command("import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="say what would become of every row, and store nothing")
@click.pass_obj
def import_units(settings: Settings, file: str, dry_run: bool) -> None:
    """Import units from a CSV or XLSX FILE with the columns code, name, kind, identifier, parent_code, valid_from,
    valid_to; or what became of some, with the columns change (merge, split, rename, move), on, from_code, to_code,
    to_name, to_kind, to_identifier, to_parent_code, weight. Codes are those of the Statistics Office or identifiers.

    The word "builtin" stands for the shipped units of Quang Tri, loaded where there is no unit yet.
    """
    now = SystemClock().now()
    database = Database(settings.database_url)
    if file == BUILTIN:
        with database.transaction() as session:
            count = load_builtin(session, now=now)
        click.echo(f"{count} units were added." if count else "There are units already; nothing was changed.")
        return
    table = _table(file)
    with database.transaction() as session:
        lines = look_at(session, table, now=now)
        if not dry_run and not any(line.outcome is Outcome.REFUSED for line in lines):
            store(session, table, by=BY, now=now)
    _tell(lines, dry_run=dry_run)


def _table(file: str) -> Table:
    path = Path(file)
    if not path.is_file():
        raise click.UsageError(f"There is no file {file}.")
    return table_of(path.read_bytes())


def _tell(lines: tuple[Line, ...], *, dry_run: bool) -> None:
    for line in lines:
        if line.outcome is not Outcome.UNCHANGED:
            told = [line.told, *line.faults] if line.told else line.faults
            reasons = f": {' '.join(one.message.format_map(one.facts) for one in told)}" if told else ""
            click.echo(f"row {line.number}  {line.outcome}  {line.name}{reasons}")
    counts = Tally(line.outcome for line in lines)
    click.echo(", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome))
    if counts[Outcome.REFUSED]:
        click.echo("Nothing was stored. Mend the refused rows and import the file again.", err=True)
        sys.exit(1)
    if dry_run:
        click.echo("This was a dry run: nothing was stored.")


COMMANDS: tuple[click.Command, ...] = (unit,)
