"""Commands for dossiers: import the figures of a file."""

import csv
import io
from datetime import date
from pathlib import Path

import click
from sqlalchemy.orm import Session

from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.text import composed
from feedback_service.db import Database
from feedback_service.dossiers.rules import Report, read_row
from feedback_service.dossiers.service import record
from feedback_service.settings import Settings
from feedback_service.units.queries import by_code

COLUMNS = "unit_code, first_on, last_on, received, on_time, source"


@click.group("dossier")
def dossier() -> None:
    """Dossiers: import."""


@dossier.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_figures(settings: Settings, file: Path) -> None:
    """Import figures from a CSV FILE, all of them or none.

    Columns: unit_code, first_on, last_on (YYYY-MM-DD), received, on_time, source; if known also field and the columns
    of form II.06a: received_online, received_in_person, carried_over, resolved, resolved_early, resolved_on_time,
    resolved_late, pending, pending_in_time, pending_late.
    """
    now = SystemClock().now()
    rows = _rows(file)
    with Database(settings.database_url).transaction() as session:
        places = [(_unit_id(session, code, number, report.period.last_on), report) for number, (code, report) in rows]
        changed = sum(record(session, unit_id, report, by="system", now=now) for unit_id, report in places)
    click.echo(f"{len(rows)} rows read, {changed} new or corrected.")


def _rows(file: Path) -> list[tuple[int, tuple[str, Report]]]:
    text = composed(file.read_bytes().decode("utf-8-sig", errors="replace"))
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=separator), start=2):
        try:
            rows.append((number, (row["unit_code"].strip(), read_row(row))))
        except (KeyError, ValueError, AttributeError) as error:
            raise Refused(
                "Row {row} cannot be read. Needed are: {columns}.",
                faults=(Fault(f"/{number}", str(error)),),
                row=number,
                columns=COLUMNS,
            ) from error
    return rows


def _unit_id(session: Session, code: str, number: int, on: date) -> int:
    unit = by_code(session, code, on=on)
    if unit is None:
        raise Refused("Row {row}: there is no unit with the code {code}.", row=number, code=code)
    return unit.id


COMMANDS: tuple[click.Command, ...] = (dossier,)
