"""Commands of polls: count the votes again."""

import click

from feedback_service.db import Database
from feedback_service.polls.service import rebuild_tally
from feedback_service.settings import Settings


@click.group("poll")
def poll() -> None:
    """Polls: recount."""


@poll.command("recount")
@click.pass_obj
def recount(settings: Settings) -> None:
    """Count every vote of every poll again; votes that arrive meanwhile wait for it."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        rebuild_tally(session)
    database.close()
    click.echo("Every vote was counted again.")


COMMANDS: tuple[click.Command, ...] = (poll,)
"""What the console entry takes from here."""
