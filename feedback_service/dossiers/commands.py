"""Commands for dossiers: import the figures of a file."""

import sys
from datetime import datetime
from pathlib import Path

import click

from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import Refused
from feedback_service.core.period import Period, local_day
from feedback_service.db import Database
from feedback_service.dossiers.queries import plan_of
from feedback_service.dossiers.rules.plans import Outcome, Plan, Planned
from feedback_service.dossiers.rules.sheets import Given, rows_of
from feedback_service.dossiers.service import take_in
from feedback_service.settings import Settings
from feedback_service.units.queries import by_code

BY = "system"
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("dossier")
def dossier() -> None:
    """Dossiers: import."""


@dossier.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", metavar="CODE", help="the unit of a file that does not name it, such as form II.06a")
@click.option("--from", "first", type=DAY, help="the first day, where the file does not name it")
@click.option("--to", "last", type=DAY, help="the last day, where the file does not name it")
@click.option("--source", default="", help="where the figures are from, where the file does not say it")
@click.option("--dry-run", is_flag=True, help="say what would become of every row, and store nothing")
@click.option("--replace", "is_replacing", is_flag=True, help="let rows take the place of other figures")
@click.pass_obj
def import_figures(settings: Settings, /, file: Path, **told: object) -> None:
    """Import figures from a CSV or XLSX FILE, all of them or none.

    Either form II.06a with its column numbers 1 to 13, or a list with a head. Its columns: unit_code, first_on,
    last_on, received, on_time, source; if known also field, received_online, received_in_person, carried_over,
    resolved, resolved_early, resolved_on_time, resolved_late, pending, pending_in_time, pending_late.
    """
    now = SystemClock().now()
    database = Database(settings.database_url)
    rows = rows_of(file.read_bytes(), _given(database, told))
    with database.reading() as session:
        plan = plan_of(session, rows, scope=None)
    _tell(plan)
    if plan.is_refused:
        click.echo("Nothing was stored. Mend the refused rows and import the file again.", err=True)
        sys.exit(1)
    if told["dry_run"]:
        click.echo("This was a dry run: nothing was stored.")
        return
    if plan.count(Outcome.REPLACED) and not told["is_replacing"]:
        click.echo("Nothing was stored. Other figures stand there: look at them, then add --replace.", err=True)
        sys.exit(1)
    with database.transaction() as session:
        take_in(session, rows, scope=None, confirmed=plan.seal, by=BY, now=now)


def _given(database: Database, told: dict[str, object]) -> Given:
    first, last, code = told["first"], told["last"], told["unit"]
    period = None
    if isinstance(first, datetime) and isinstance(last, datetime):
        if last < first:
            raise click.UsageError("--to must not lie before --from.")
        period = Period(first.date(), last.date())
    if not code:
        return Given(None, period, str(told["source"]))
    with database.reading() as session:
        unit = by_code(session, str(code), on=(period.last_on if period else local_day(SystemClock().now())))
    if unit is None:
        raise Refused("There is no unit with the code {code}.", code=code)
    return Given(unit.id, period, str(told["source"]))


def _tell(plan: Plan) -> None:
    for row in plan.rows:
        if row.outcome is not Outcome.UNCHANGED:
            click.echo(f"row {row.number or 'sum'}  {row.outcome}  {row.unit_name}{_reasons(row)}")
    click.echo(", ".join(f"{plan.count(outcome)} {outcome}" for outcome in Outcome))


def _reasons(row: Planned) -> str:
    told = [f"{fault.pointer}: {fault.message}" for fault in row.faults]
    told += [f"shares days with {other.first_on} to {other.last_on}" for other in row.overlaps]
    if row.kept and row.report:
        old, new = row.kept.report, row.report
        told.append(f"{old.on_time}/{old.received} becomes {new.on_time}/{new.received}")
    return f"  {'; '.join(told)}" if told else ""


COMMANDS: tuple[click.Command, ...] = (dossier,)
