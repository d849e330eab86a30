"""The doctor: what is wrong, and how to mend it."""

import sys

import click

from feedback_service.core.clock import SystemClock
from feedback_service.operations.queries import examination
from feedback_service.settings import DOCUMENTED, Settings


@click.command("doctor")
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Say what is wrong and how to mend it; exit 1 when something keeps the service from its promise."""
    findings = list(examination(settings, now=SystemClock().now()))
    for finding in findings:
        click.echo(f"{'!' if finding.is_grave else '-'} {finding.problem}\n  {finding.remedy}")
    if not findings:
        click.echo("Everything is as it should be.")
    click.echo("\nSettings (each may also stand in a file named by NAME_FILE):")
    for setting in DOCUMENTED:
        click.echo(f"  {setting.name}: {setting.purpose}; when absent: {setting.default}")
    if any(finding.is_grave for finding in findings):
        sys.exit(1)
