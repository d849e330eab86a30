"""Taking records out, and filling forms, on the command line."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from feedback_service.bundled import own
from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.ids import new_id
from feedback_service.core.period import Period
from feedback_service.db import Database
from feedback_service.reports.export.files import Labels, file_pieces
from feedback_service.reports.export.laying import lay
from feedback_service.reports.export.papers import Heading, filled, form_bytes
from feedback_service.reports.queries import rows
from feedback_service.reports.queries.places import places
from feedback_service.reports.rules.boundaries import Boundaries
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.forms import OF_SINGLES, FormKind, Written
from feedback_service.reports.rules.narrowing import CHANNELS, TIERS, narrowed
from feedback_service.reports.rules.periods import named
from feedback_service.reports.service import Order, Taken, take_form
from feedback_service.reports.service import export as note_export
from feedback_service.settings import Settings
from feedback_service.units.queries import office
from feedback_service.web.i18n import Translations

BY = "system"
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
"""What an open end of the days means."""
DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command("export")
@click.argument("records", type=click.Choice([one.value for one in Records]))
@click.option("--format", "written_as", type=click.Choice([one.value for one in Format]), default="csv")
@click.option("--unit", "code", default="", help="code of a unit; it comes with everything below it")
@click.option("--from", "first", type=DAY, help="first day, such as 2026-10-01")
@click.option("--to", "last", type=DAY, help="last day")
@click.option("--channel", type=click.Choice(sorted({one for few in CHANNELS.values() for one in few})))
@click.option("--tier", type=click.Choice(sorted({one for few in TIERS.values() for one in few})))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.pass_obj
def export(settings: Settings, /, records: str, out: Path, **asked: Any) -> None:
    """Write ratings, votes or suggestions to a file, which appears under its name only when it is whole."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        unit_id, unit_ids = _unit(session, asked["code"])
        days = _days(asked["first"], asked["last"])
        narrowing = narrowed(Records(records), asked["channel"] or "", asked["tier"] or "")
        order = Order(Records(records), Format(asked["written_as"]), unit_id, days, narrowing)
        count = note_export(session, new_id(), order, unit_ids, by=BY, now=SystemClock().now())
    with database.reading() as session:
        found = _watched(rows.chunks(session, order.wanted(unit_ids)), count)
        words = Translations.read(own("translations"))
        labels = Labels(rows.versions(session), lambda one: words.word(one, "vi"), SystemClock().now())
        scratch = out.absolute().parent
        _write(out, file_pieces(order.records, order.written_as, found, scratch=scratch, labels=labels))
    database.close()
    click.echo(f"{count} rows in {out}")


@click.command("report")
@click.argument("form", type=click.Choice([one.value for one in FormKind]))
@click.option("--unit", "code", required=True, help="code of the unit that files it")
@click.option("--from", "first", type=DAY, required=True, help="first day, such as 2026-07-01")
@click.option("--to", "last", type=DAY, required=True, help="last day")
@click.option("--format", "written_as", type=click.Choice([one.value for one in Written]), default="xlsx")
@click.option("--boundaries", type=click.Choice([one.value for one in Boundaries]), default=Boundaries.THEN.value)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.pass_obj
def report(settings: Settings, /, form: str, out: Path, **asked: Any) -> None:
    """Fill FORM and write it to a file: ii06a, mau01-mau03, pakn, kiemtra (inspections), baocao, tonghop."""
    now, words = SystemClock().now(), Translations.read(own("translations"))
    days = _days(asked["first"], asked["last"])
    assert days
    database = Database(settings.database_url)
    with database.transaction() if FormKind(form) in OF_SINGLES else database.reading() as session:
        within = places(session, boundaries=Boundaries(asked["boundaries"]))
        unit = within.by_code(asked["code"])
        if unit is None:
            raise NotFound("There is no unit with the code {code} today.", code=asked["code"])
        known = office(session)
        heading = Heading(unit.name, known.office_name if known else "", days, now, lambda one: words.word(one, "vi"))
        document = filled(session, within, (unit.id, named(days)), FormKind(form), heading)
        if FormKind(form) in OF_SINGLES:
            taken = Taken(FormKind(form), asked["written_as"], unit.id, days)
            take_form(session, new_id(), taken, len(document.grid.rows), by=BY, now=now)
    database.close()
    _write(out, iter([form_bytes(document, Written(asked["written_as"]), made_at=now)]))
    click.echo(f"{out}")


def _days(first: datetime | None, last: datetime | None) -> Period | None:
    if first is None and last is None:
        return None
    ends = (first.date() if first else FIRST, last.date() if last else LAST)
    if ends[1] < ends[0]:
        raise click.UsageError("The last day comes before the first day.")
    return Period(*ends)


def _unit(session: Session, code: str) -> tuple[int | None, frozenset[int] | None]:
    if not code:
        return None, None
    within = places(session)
    unit = within.by_code(code)
    if unit is None:
        raise NotFound("There is no unit with the code {code} today.", code=code)
    return unit.id, within.below(unit.id)


def _watched(found: Iterator[Sequence[rows.Row]], count: int) -> Iterator[Sequence[rows.Row]]:
    """Say on a terminal how far it is."""
    done = 0
    for chunk in found:
        yield chunk
        done += len(chunk)
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {count} rows", nl=done >= count, err=True)


def _write(out: Path, pieces: Iterator[bytes]) -> None:
    try:
        lay(out.absolute(), pieces, mode=0o666)
    except OSError as error:
        raise Refused("The file cannot be written there. Check the folder, its rights and its free space.") from error


COMMANDS: tuple[click.Command, ...] = (export, report)
