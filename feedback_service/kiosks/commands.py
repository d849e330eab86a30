"""Commands for tablets: enrol, revoke, list their files."""

import click

from feedback_service.bundled import folder, own
from feedback_service.core.clock import SystemClock
from feedback_service.core.errors import NotFound
from feedback_service.core.period import local_day
from feedback_service.db import Database
from feedback_service.kiosks import service
from feedback_service.kiosks.export import write_precache
from feedback_service.kiosks.guard import code_hash
from feedback_service.kiosks.rules import DEFAULT_QUESTIONNAIRE, spelled_code
from feedback_service.questionnaires.queries import offers
from feedback_service.settings import Settings
from feedback_service.units import queries as units

BY = "system"


@click.group("kiosk")
def kiosk() -> None:
    """Tablets: enrol, revoke, precache."""


@kiosk.command("enrol")
@click.option("--unit", "code", required=True, help="code of the unit")
@click.option("--counter", required=True, help="name of the counter")
@click.option("--name", default="", help="name of the tablet; without it that of the counter")
@click.option("--questionnaire", default=DEFAULT_QUESTIONNAIRE, show_default=True)
@click.pass_obj
def enrol(settings: Settings, code: str, counter: str, name: str, questionnaire: str) -> None:
    """Print a code with which one tablet enrols at a counter within ten minutes."""
    now = SystemClock().now()
    with Database(settings.database_url).transaction() as session:
        unit = units.by_code(session, code, on=local_day(now))
        if unit is None:
            raise NotFound("There is no unit with the code {code} today.", code=code)
        at = units.counter_named(session, unit.id, counter)
        if at is None:
            raise NotFound("{unit} has no open counter {counter}.", unit=unit.name, counter=counter)
        known = {offer.id for offer in offers(session)}
        if known and questionnaire not in known:
            raise NotFound("There is no questionnaire {name} for tablets.", name=questionnaire)
        place = service.Place(unit.id, at.id, name or at.name, questionnaire)
        figures = service.issue_code(
            session, place, hashed=lambda drawn: code_hash(settings.lasting_key, drawn), by=BY, now=now
        )
    click.echo(spelled_code(figures))


@kiosk.command("revoke")
@click.argument("kiosk_id", metavar="ID", type=int)
@click.pass_obj
def revoke(settings: Settings, kiosk_id: int) -> None:
    """Take the token of tablet ID away for good."""
    with Database(settings.database_url).transaction() as session:
        service.revoke(session, kiosk_id, by=BY, now=SystemClock().now())
    click.echo(f"Tablet {kiosk_id} is revoked; it can send nothing after a few seconds.")


@kiosk.command("precache")
def precache() -> None:
    """Write the list of files that a tablet keeps; it is part of the sources."""
    changed = write_precache(folder("kiosk_static"), own("static"))
    click.echo("precache.js was brought up to date." if changed else "precache.js is up to date.")


COMMANDS: tuple[click.Command, ...] = (kiosk,)
