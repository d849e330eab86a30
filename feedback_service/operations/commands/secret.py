"""The secret of the office, and another one in its place."""

import os

import click

from feedback_service.core.clock import SystemClock
from feedback_service.db import Database
from feedback_service.operations.service import secrets as acts
from feedback_service.settings import Settings

LOST = (
    "Everybody's open page and the links of ballots, QR codes, slips, tokens of programs and secrets of webhooks that"
    " were given out will be void. Codes that follow a suggestion go on. Do it when somebody else may know the secret."
    " Go on?"
)


@click.group("secret")
def secret() -> None:
    """The secret that signs: rotate."""


@secret.command("rotate")
@click.option("--everything", is_flag=True, help="somebody else may know it: make void what was given out")
@click.option("--yes", is_flag=True, help="do not ask")
@click.pass_obj
def rotate(settings: Settings, *, everything: bool, yes: bool) -> None:
    """Sign with a new secret from the next start on; what was signed before is believed as long as it is good."""
    if any(os.environ.get(name) for name in ("FEEDBACK_SECRET_KEY", "FEEDBACK_SECRET_KEY_FILE")):
        message = "The secret stands in FEEDBACK_SECRET_KEY: write a new line of 64 random characters above it there."
        raise click.UsageError(message)
    if everything and not yes:
        click.confirm(LOST, abort=True)
    database = Database(settings.database_url)
    acts.rotate(database, settings, everything=everything, now=SystemClock().now())
    database.close()
    click.echo("A new secret is kept. Restart the service, and copy secret.key to where its copy is kept.")
