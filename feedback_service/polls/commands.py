"""Commands of polls: count the votes again, look for votes in doubt."""

import click

from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import NotFound
from feedback_service.db import Database
from feedback_service.polls import queries
from feedback_service.polls.service import Keyring, examine, rebuild_tally
from feedback_service.settings import Settings


@click.group("poll")
def poll() -> None:
    """Polls: recount, examine."""


@poll.command("recount")
@click.pass_obj
def recount(settings: Settings) -> None:
    """Count every vote of every poll again; votes that arrive meanwhile wait for it."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        rebuild_tally(session)
    database.close()
    click.echo("Every vote was counted again.")


@poll.command("examine")
@click.argument("slug")
@click.pass_obj
def examine_poll(settings: Settings, slug: str) -> None:
    """Run the rules of suspicion over every vote of a poll again; what a person undid stays undone."""
    now = SystemClock().now()
    Keyring.of(settings).forget(now=now)
    database = Database(settings.database_url)
    with database.transaction() as session:
        known = queries.by_slug(session, slug, now=now)
        if known is None:
            raise NotFound("There is no such poll.")
        held = examine(session, known.id, by="system", now=now)
        results = queries.results(session, known)
    database.close()
    click.echo(f"{results.votes} votes, {held} of them in doubt.")


COMMANDS: tuple[click.Command, ...] = (poll,)
"""What the console entry takes from here."""
