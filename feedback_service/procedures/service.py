"""Taking in a file of procedures: judged row by row, stored as a whole or not at all."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.cells import Table
from feedback_service.core.errors import Refused
from feedback_service.core.text import folded
from feedback_service.procedures.models import Procedure
from feedback_service.procedures.queries import PROCEDURES, every
from feedback_service.procedures.rules import Facts, Outcome, Planned, planned, rows_of

NOTHING = "Some rows are to be mended; nothing was stored."


def look_at(session: Session, table: Table) -> tuple[Planned, ...]:
    """Return what would become of every row; nothing is stored. Raises Refused for a table without a known head."""
    return planned(rows_of(table), every(session))


def store(session: Session, table: Table, *, by: str, now: datetime) -> tuple[Planned, ...]:
    """Store every row and return what became of it; raises Refused, with nothing stored, when one cannot stand."""
    plan = look_at(session, table)
    if any(one.outcome is Outcome.REFUSED for one in plan):
        raise Refused(NOTHING)
    for one in plan:
        if one.row.facts and one.outcome in (Outcome.ADDED, Outcome.CHANGED):
            _store(session, one, one.row.facts, by=by, now=now)
    return plan


def _store(session: Session, one: Planned, facts: Facts, *, by: str, now: datetime) -> None:
    values = _columns(facts)
    if one.known_id is None:
        kept = session.execute(insert(Procedure).values(values).returning(Procedure.id)).scalar_one()
    else:
        kept = one.known_id
        session.execute(update(Procedure).where(Procedure.id == kept).values(values))
    act = Act(f"procedure.{one.outcome.value}", by, (PROCEDURES.kind, kept), PROCEDURES.digest(session, kept))
    note(session, act, now=now)


def _columns(facts: Facts) -> Mapping[str, object]:
    return {**vars(facts), "key": facts.key, "folded_name": folded(facts.name)}
