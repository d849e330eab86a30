"""Taking in a file of accounts: judged row by row, stored as a whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.accounts import queries
from feedback_service.accounts.rules.files import Planned, Reach, planned, rows_of
from feedback_service.accounts.service.accounts import AccountFacts, Secret, change, enter
from feedback_service.core.cells import Table
from feedback_service.core.errors import Conflict, Refused
from feedback_service.core.period import local_day
from feedback_service.core.plans import Outcome
from feedback_service.units.queries import by_code

NOTHING = "Some rows are to be mended; nothing was stored."
MEANWHILE = "Somebody changed accounts meanwhile. Please look at the file again."


@dataclass(frozen=True)
class Slip:
    """What somebody is handed: the name to sign in with, and the one-time password."""

    full_name: str
    name: str
    password: str


def look_at(session: Session, table: Table, reach: Reach, *, now: datetime) -> tuple[Planned, ...]:
    """Return what would become of every row; nothing is stored. Raises Refused for a table without a known head."""
    rows = rows_of(table)
    known = queries.named(session, [row.name for row in rows])
    return planned(rows, known, _units(session, {row.facts.unit_code for row in rows if row.facts}, now), reach)


def store(
    session: Session, table: Table, reach: Reach, secrets: Iterable[Secret], *, by: str, now: datetime
) -> tuple[Slip, ...]:
    """Store every row and return the slips of the new accounts; each takes one of the secrets.

    Raises Refused, with nothing stored, when a row cannot stand, and Conflict when there are too few secrets.
    """
    plan = look_at(session, table, reach, now=now)
    if any(one.outcome is Outcome.REFUSED for one in plan):
        raise Refused(NOTHING)
    left, slips = iter(secrets), []
    for one in plan:
        facts = _facts(one)
        if one.outcome is Outcome.ADDED:
            secret = next(left, None)
            if secret is None:
                raise Conflict(MEANWHILE)
            enter(session, one.row.name, facts, secret, by=by, now=now)
            slips.append(Slip(facts.full_name, one.row.name, secret.password))
        elif one.outcome is Outcome.CHANGED and one.known_id is not None:
            change(session, one.known_id, facts, by=by, now=now)
    return tuple(slips)


def _units(session: Session, codes: Iterable[str], now: datetime) -> Mapping[str, int]:
    found = {code: by_code(session, code, on=local_day(now)) for code in codes if code}
    return {code: unit.id for code, unit in found.items() if unit}


def _facts(one: Planned) -> AccountFacts:
    assert one.row.facts
    return AccountFacts(one.row.facts.full_name, one.row.facts.role, one.unit_id)
