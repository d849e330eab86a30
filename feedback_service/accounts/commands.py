"""Commands for accounts: the first administrator, a file of them, and whoever has forgotten a password."""

import sys
from pathlib import Path

import click

from feedback_service.accounts import queries
from feedback_service.accounts.rules.files import Planned, Reach
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service import accounts as service
from feedback_service.accounts.service import files
from feedback_service.core.cells import table_of
from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import NotFound
from feedback_service.core.period import local_day
from feedback_service.core.plans import Outcome
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.units.queries import by_code

BY = "system"
EVERYWHERE = Reach(account_id=0, unit_id=None, scope=frozenset())
"""Whoever works at the machine itself gives any right."""


@click.group("user")
def user() -> None:
    """Accounts of the staff: add, import, reset."""


@user.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--unit", "code", help="code of the unit that is reached with all below it; without it every unit")
@click.option("--full-name", default="", help="as it is shown; without it the sign-in name")
@click.option("--ask", is_flag=True, help="ask for the password instead of making a one-time one")
@click.pass_obj
def add(settings: Settings, name: str, role: str, code: str | None, full_name: str, ask: bool) -> None:
    """Add an account NAME and print its one-time password."""
    now = SystemClock().now()
    password = _asked() if ask else None
    with Database(settings.database_url).transaction() as session:
        unit = by_code(session, code, on=local_day(now)) if code else None
        if code and unit is None:
            raise NotFound("There is no unit with the code {code} today.", code=code)
        facts = service.AccountFacts(full_name, Role(role), unit.id if unit else None)
        added = service.add(session, name, facts, password=password, by=BY, now=now)
    _say(name, added.password)


@user.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="say what would become of every row, and store nothing")
@click.pass_obj
def import_accounts(settings: Settings, file: Path, dry_run: bool) -> None:
    """Import accounts from a CSV or XLSX FILE with the columns name, full_name, role and unit (a code; empty for every
    unit); print a one-time password for each new one.
    """
    now, table = SystemClock().now(), table_of(file.read_bytes())
    database = Database(settings.database_url)
    with database.reading() as session:
        plan = files.look_at(session, table, EVERYWHERE, now=now)
    _tell(plan)
    if dry_run:
        click.echo("This was a dry run: nothing was stored.")
        return
    secrets = [service.draw() for one in plan if one.outcome is Outcome.ADDED]
    with database.transaction() as session:
        slips = files.store(session, table, EVERYWHERE, secrets, by=BY, now=now)
    for slip in slips:
        click.echo(f"{slip.name}: {slip.password}")
    if slips:
        click.echo("The passwords are shown only now and have to be changed at the first sign-in.")


@user.command("reset")
@click.argument("name")
@click.option("--ask", is_flag=True, help="ask for the password instead of making a one-time one")
@click.pass_obj
def reset(settings: Settings, name: str, ask: bool) -> None:
    """Give the account NAME a new password, print it, and end its sessions."""
    now = SystemClock().now()
    password = _asked() if ask else None
    with Database(settings.database_url).transaction() as session:
        known = queries.credentials(session, service.login_name(name))
        if known is None:
            raise NotFound("There is no such account.")
        made = service.reset_password(session, known.account_id, chosen=password, by=BY, now=now)
    _say(name, made)


def _asked() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _say(name: str, password: str | None) -> None:
    click.echo(f"{name}: the password is set.")
    if password:
        click.echo(f"One-time password: {password}")
        click.echo("It is shown only now and has to be changed at the first sign-in.")


def _tell(plan: tuple[Planned, ...]) -> None:
    for one in plan:
        reasons = " ".join(fault.message.format_map(fault.facts) for fault in one.row.faults)
        click.echo(f"row {one.row.number}  {one.outcome}  {one.row.name}{': ' if reasons else ''}{reasons}")
    if any(one.outcome is Outcome.REFUSED for one in plan):
        click.echo("Nothing was stored. Mend the refused rows and import the file again.", err=True)
        sys.exit(1)


COMMANDS: tuple[click.Command, ...] = (user,)
