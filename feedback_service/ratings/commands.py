"""Commands of ratings: make the tallies again."""

import sys

import click

from feedback_service.db import Database
from feedback_service.ratings import queries, service
from feedback_service.settings import Settings


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


COMMANDS: tuple[click.Command, ...] = (tally,)
"""What the console entry takes from here."""
