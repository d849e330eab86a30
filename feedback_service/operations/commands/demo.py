"""The demonstration: `demo` makes it, and the server says how to sign in to it."""

import sys

import click

from feedback_service.core.clock import SystemClock
from feedback_service.db import Database
from feedback_service.operations.commands.serve import bring_up_to_date
from feedback_service.operations.service import closing
from feedback_service.operations.service import demo as service
from feedback_service.settings import Settings
from feedback_service.suggestions.service import Keys, Vault


@click.command("demo")
@click.pass_obj
def demo(settings: Settings) -> None:
    """Load the demonstration: an office with months of made-up ratings. Doing so again adds the days since."""
    bring_up_to_date(settings)
    database = Database(settings.database_url)
    is_terminal = sys.stdout.isatty()
    now = SystemClock().now()
    made = service.fill(
        database,
        now=now,
        tell=lambda step: click.echo(f"\r\033[K{step}" if is_terminal else step, nl=not is_terminal),
    )
    service.fill_box(database, made, Keys(settings.lasting_key, Vault.at(settings.data_dir)), now=now)
    with database.transaction() as session:
        closing.close(session, settings, now)
    database.close()
    click.echo("\r\033[KDemonstration ready." if is_terminal else "Demonstration ready.")
