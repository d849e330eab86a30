"""Tables: bring them up to date, and compare what is counted with what is kept."""

import sys

import click

from feedback_service import upgrade
from feedback_service.db import Database
from feedback_service.operations.queries import damage, differences
from feedback_service.settings import Settings

MIGRATED = "Tables are up to date."
AGREED = "Every count agrees with its records."


@click.group("db")
def db() -> None:
    """Tables: upgrade, check."""


@db.command("upgrade")
@click.pass_obj
def db_upgrade(settings: Settings) -> None:
    """Bring the tables to the newest revision."""
    database = Database(settings.database_url)
    upgrade.upgrade(database)
    database.check()
    click.echo(MIGRATED)


@db.command("check")
@click.pass_obj
def db_check(settings: Settings) -> None:
    """Look for damage in the file, compare every kept count with a recount; exit 1 and name each finding."""
    database = Database(settings.database_url)
    with database.inspecting() as session:
        found = [*damage(session), *differences(session)]
    for sentence in found:
        click.echo(sentence, err=True)
    if found:
        sys.exit(1)
    click.echo(AGREED)
