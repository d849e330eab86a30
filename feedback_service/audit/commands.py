"""Commands for the ledger: verify."""

import sys
from collections.abc import Callable

import click

from feedback_service.audit.queries import Finding, Witness, closed_days, count, findings, heads
from feedback_service.db import Database
from feedback_service.settings import Settings


def ledger_command(witnesses: Callable[[], tuple[Witness, ...]]) -> click.Command:
    """Return the command group of the ledger; `witnesses` is asked for only when it is needed."""

    @click.group("ledger")
    def ledger() -> None:
        """The ledger: verify."""

    @ledger.command("verify")
    @click.option("--heads", "also_days", is_flag=True, help="print the head of every day, as it was published")
    @click.pass_obj
    def verify(settings: Settings, *, also_days: bool) -> None:
        """Compare every entry with the chain, and every record with its entry; exit 1 and name each finding."""
        database = Database(settings.database_url)
        with database.inspecting() as session:
            total = count(session)
            ends = heads(session)
            days = closed_days(session, limit=total) if also_days else ()
            with click.progressbar(length=total, label="Entries", file=sys.stderr, hidden=_is_quiet()) as bar:
                found = 0
                for finding in findings(session, witnesses(), passed=bar.update):
                    found += 1
                    click.echo(_told(finding))
        for head in ends:
            click.echo(f"lane {head.lane}: {head.sequence} entries, head {head.hash}")
        for closed in days:
            click.echo(f"{closed.day}: {closed.spelled}")
        if found:
            click.echo(f"{found} findings in {total} entries.", err=True)
            sys.exit(1)
        click.echo(f"{total} entries: the chain is whole and every record is what was written.")

    return ledger


def _told(finding: Finding) -> str:
    place = f"entry {finding.lane}-{finding.sequence}" if finding.lane is not None else "no entry"
    return f"{place}, {finding.subject_kind} {finding.subject_id}: {finding.problem}"


def _is_quiet() -> bool:
    return not sys.stderr.isatty()
