"""Commands for accounts: the first administrator, and whoever has forgotten a password."""

import click

from feedback_service.accounts import queries
from feedback_service.accounts.rules.roles import Role
from feedback_service.accounts.service import accounts as service
from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import NotFound
from feedback_service.core.period import local_day
from feedback_service.db import Database
from feedback_service.settings import Settings
from feedback_service.units.queries import by_code

BY = "system"


@click.group("user")
def user() -> None:
    """Accounts of the staff: add, reset."""


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


COMMANDS: tuple[click.Command, ...] = (user,)
