"""Taking in a file of procedures: judged row by row, stored as a whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Refused
from feedback_service.core.plans import Outcome
from feedback_service.core.text import folded
from feedback_service.procedures.models import Procedure
from feedback_service.procedures.queries import PROCEDURES, every
from feedback_service.procedures.rules import Facts, Planned, Row, planned

NOTHING = "Some rows are to be mended; nothing was stored."


def look_at(session: Session, rows: Sequence[Row]) -> tuple[Planned, ...]:
    """Return what would become of every row; nothing is stored."""
    return planned(rows, every(session))


def store(session: Session, rows: Sequence[Row], *, by: str, now: datetime) -> tuple[Planned, ...]:
    """Store every row and return what became of it; raises Refused, with nothing stored, when one cannot stand."""
    plan = look_at(session, rows)
    if any(one.outcome is Outcome.REFUSED for one in plan):
        raise Refused(NOTHING)
    ids = {**_changed(session, plan), **_added(session, plan)}
    digests = PROCEDURES.digests(session, [str(kept) for kept in ids.values()])
    for one in plan:
        if kept := ids.get(one.row.number):
            act = Act(f"procedure.{one.outcome.value}", by, (PROCEDURES.kind, kept), digests[str(kept)])
            note(session, act, now=now)
    return plan


def _added(session: Session, plan: Iterable[Planned]) -> Mapping[int, int]:
    """Insert the new procedures in one statement, and return their ids by the number of their row."""
    new = {(one.row.facts.key, one.row.facts.valid_from): one for one in plan if one.row.facts and not one.known_id}
    if not new:
        return {}
    told = insert(Procedure).returning(Procedure.key, Procedure.valid_from, Procedure.id)
    stored = session.execute(told, [_columns(one.row.facts) for one in new.values() if one.row.facts])
    return {new[key, valid_from].row.number: kept for key, valid_from, kept in stored}


def _changed(session: Session, plan: Iterable[Planned]) -> Mapping[int, int]:
    """Write the changed procedures in one statement, and return their ids by the number of their row."""
    changed = [one for one in plan if one.outcome is Outcome.CHANGED]
    rows = [{"id": one.known_id, **_columns(one.row.facts)} for one in changed if one.row.facts]
    if rows:
        # what ends goes first: of each code one procedure at most holds without a last day, at every moment
        session.execute(update(Procedure), sorted(rows, key=lambda row: row["valid_to"] is None))
    return {one.row.number: one.known_id for one in changed if one.known_id is not None}


def _columns(facts: Facts) -> Mapping[str, object]:
    return {**vars(facts), "key": facts.key, "folded_name": folded(facts.name)}
