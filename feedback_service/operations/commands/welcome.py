"""What the server says when it starts: its addresses, and in a demonstration how to sign in."""

from collections.abc import Iterator

from feedback_service.core.clock import SystemClock
from feedback_service.db import Database
from feedback_service.kiosks.guard import code_hash
from feedback_service.kiosks.rules import spelled_code
from feedback_service.operations.service import demo
from feedback_service.questionnaires import service as questionnaires
from feedback_service.settings import Settings
from feedback_service.units import service as units


def load_shipped(database: Database) -> None:
    """Bring in the units and questionnaires that ship with the service where there are none."""
    now = SystemClock().now()
    with database.transaction() as session:
        units.load_builtin(session, now=now)
        questionnaires.load_builtin(session, now)


def welcome(database: Database, settings: Settings, address: str) -> Iterator[str]:
    """Yield the lines: portal, kiosk, desk; a demonstration also tells its sign-ins and pairs a browser as a tablet."""
    with database.transaction() as session:
        figures = demo.tablet_code(
            session, hashed=lambda drawn: code_hash(settings.lasting_key, drawn), now=SystemClock().now()
        )
    yield f"Portal  {address}/"
    yield f"Kiosk   {address}/kiosk/" + (f"#{spelled_code(figures)}  (pairs within ten minutes)" if figures else "")
    yield f"Desk    {address}/staff/"
    if figures:
        yield from (f"        {name:<9} {password}   {role}" for name, password, role in demo.sign_ins())
