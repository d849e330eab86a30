"""Copies: make one, check one, put one back."""

from pathlib import Path

import click

from feedback_service.core.clock import SystemClock
from feedback_service.db import Database
from feedback_service.operations.rules import KEPT
from feedback_service.operations.service import backup as acts
from feedback_service.settings import Settings


@click.group("backup")
def backup() -> None:
    """Copies of everything that is kept: create, verify, restore."""


@backup.command("create")
@click.option("--keep", default=KEPT, show_default=True, type=click.IntRange(1, 10_000), help="how many copies stay")
@click.pass_obj
def create(settings: Settings, keep: int) -> None:
    """Make a copy while the service runs, and let the oldest go."""
    made = acts.create(
        Database(settings.database_url), settings.data_dir, settings.backups, now=SystemClock().now(), keep=keep
    )
    acts.verify(made)
    click.echo(f"Copy made and checked: {made}")


@backup.command("verify")
@click.argument("copy", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def verify(settings: Settings, copy: Path | None) -> None:
    """Check COPY, or the newest one, file by file."""
    chosen = copy or _newest(settings)
    manifest = acts.verify(chosen)
    click.echo(f"Whole: {chosen} (revision {manifest.revision}, {len(manifest.files)} files)")


@backup.command("restore")
@click.argument("copy", type=click.Path(path_type=Path))
@click.confirmation_option(prompt="This puts the copy in the place of the present records. Go on?")
@click.pass_obj
def restore(settings: Settings, copy: Path) -> None:
    """Put COPY in the place of what is there; the service must be stopped."""
    aside = acts.restore(settings.database_url, settings.data_dir, copy, now=SystemClock().now())
    click.echo(f"Restored from {copy}.")
    if aside:
        click.echo(f"What was there before is kept as {aside}.")


def _newest(settings: Settings) -> Path:
    copies = sorted(path for path in settings.backups.glob("????-??-??T*Z"))
    if not copies:
        raise click.UsageError("There is no copy yet. Make one with: feedback-service backup create")
    return copies[-1]
