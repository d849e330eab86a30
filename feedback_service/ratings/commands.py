"""Commands of ratings: make the tallies again, run the rules of labels again, issue ballots."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import click
from sqlalchemy.orm import Session

from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import Refused
from feedback_service.core.period import Period, local_day
from feedback_service.db import Database
from feedback_service.ratings import queries, service
from feedback_service.ratings.export.ballots import ballots_csv
from feedback_service.ratings.rules.ballots import DAYS, dossiers_in
from feedback_service.ratings.service.balloting import Terms
from feedback_service.ratings.service.inviting import issue_and_invite
from feedback_service.settings import Settings
from feedback_service.units.queries import by_code, office

BY = "system"
DAY = click.DateTime(["%Y-%m-%d"])
LOOKED_BACK = timedelta(days=89)


@click.group("tally")
def tally() -> None:
    """Daily counts of ratings: rebuild."""


@tally.command("rebuild")
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Count every rating again, one unit and day after the other, while the service goes on."""
    database = Database(settings.database_url)
    with database.reading() as session:
        places = queries.days(session)
    with click.progressbar(places, label="Days", file=sys.stderr, hidden=not sys.stderr.isatty()) as shown:
        for unit_id, day in shown:
            with database.transaction() as session:
                service.rebuild(session, unit_id, day)
    database.close()
    click.echo(f"Counted again: {len(places)} days of units.")


@click.group("label")
def label() -> None:
    """Labels of ratings: rerun."""


@label.command("rerun")
@click.option("--unit", metavar="CODE", help="only this unit")
@click.option("--from", "first", type=DAY, help="the first day; the last ninety days when it is not told")
@click.option("--to", "last", type=DAY, help="the last day; today when it is not told")
@click.pass_obj
def rerun(settings: Settings, unit: str | None, first: datetime | None, last: datetime | None) -> None:
    """Run the rules again, unit by unit, while the service goes on; what a person lifted stays lifted."""
    now = SystemClock().now()
    until = last.date() if last else local_day(now)
    since = first.date() if first else until - LOOKED_BACK
    if until < since:
        raise click.UsageError("--to must not lie before --from.")
    database, days = Database(settings.database_url), Period(since, until)
    with database.reading() as session:
        unit_ids = queries.units_rated(session, _only(session, unit, days), days)
    added = lifted = 0
    with click.progressbar(unit_ids, label="Units", file=sys.stderr, hidden=not sys.stderr.isatty()) as shown:
        for unit_id in shown:
            with database.transaction() as session:
                found = service.rerun(session, unit_id, days, by=BY, now=now)
            added, lifted = added + found.added, lifted + found.lifted
    database.close()
    click.echo(f"{len(unit_ids)} units, {since} to {until}: {added} labels set, {lifted} lifted.")


def _only(session: Session, code: str | None, days: Period) -> frozenset[int] | None:
    if code is None:
        return None
    found = by_code(session, code, on=days.last_on)
    if found is None:
        raise Refused("There is no unit with the code {code}.", code=code)
    return frozenset({found.id})


@click.group("ballot")
def ballot() -> None:
    """Ballots for dossiers: issue."""


@ballot.command("issue")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--unit", "code", metavar="CODE", help="the unit that handled the dossiers; that of the office, if not told"
)
@click.option("--questionnaire", default="phieu-9-chi-so", show_default=True)
@click.option("--days", default=DAYS, show_default=True, type=click.IntRange(1, 999))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="where the list with links is written, CSV; printed, if not told",
)
@click.pass_obj
def issue(settings: Settings, file: Path, code: str | None, questionnaire: str, *, days: int, out: Path | None) -> None:
    """Issue a ballot for each dossier of FILE (CSV) that has none, and write the links; unusual codes are named."""
    try:
        dossiers = dossiers_in(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("This file is not UTF-8. Save it as “CSV UTF-8” and try once more.") from error
    database, now = Database(settings.database_url), SystemClock().now()
    with database.transaction() as session:
        terms = Terms(_handling(session, code, now), questionnaire, days)
        told = issue_and_invite(session, dossiers, terms, secret=settings.lasting_key, by="system", now=now)
    database.close()
    issued = told.issued
    links = ballots_csv(issued, base_url=settings.base_url)
    if out:
        out.write_bytes(links)
    else:
        click.echo(links, nl=False)
    for one in issued:
        if not one.dossier.is_usual:
            click.echo(f"Unusual code, taken all the same: {one.dossier.code}", err=True)
    new = sum(one.is_new for one in issued)
    click.echo(f"{new} new ballots of {len(issued)}, {len(told.invited)} invitations: {out or 'above'}", err=not out)


def _handling(session: Session, code: str | None, now: datetime) -> int:
    if code is None:
        known = office(session)
        if known is None or known.unit_id is None:
            raise Refused("The office has no unit yet. Please name one by --unit.")
        return known.unit_id
    unit = by_code(session, code, on=local_day(now))
    if unit is None:
        raise Refused("There is no unit with the code {code}.", code=code)
    return unit.id


COMMANDS: tuple[click.Command, ...] = (tally, label, ballot)
"""What the console entry takes from here."""
