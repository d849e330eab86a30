"""Entering inspections: each change leaves an entry; a mistaken one is withdrawn, never deleted."""

from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.period import local_day
from feedback_service.reports.models import Inspection
from feedback_service.reports.queries.inspections import INSPECTIONS, inspection
from feedback_service.reports.rules.inspections import Inspected, faults_of

GONE = "There is no such inspection within your reach."
MEND = "Please check what is marked."


def keep_inspection(
    session: Session, inspection_id: int | None, told: Inspected, scope: frozenset[int], *, by: str, now: datetime
) -> int:
    """Keep an inspection, a new one where it has no id; raises Refused for what does not fit, NotFound."""
    if told.unit_id not in scope:
        raise NotFound(GONE)
    faults = faults_of(told, today=local_day(now))
    if faults:
        raise Refused(MEND, faults=faults)
    row = {**vars(told), "subjects": ",".join(told.subjects), "changed_at": now, "changed_by": by}
    if inspection_id is None:
        inspection_id = session.execute(insert(Inspection).values(row).returning(Inspection.id)).scalar_one()
    else:
        _known(session, inspection_id, scope)
        session.execute(update(Inspection).where(Inspection.id == inspection_id).values(row))
    _note(session, "inspection.saved", inspection_id, told.unit_id, by=by, now=now)
    return inspection_id


def withdraw_inspection(session: Session, inspection_id: int, scope: frozenset[int], *, by: str, now: datetime) -> None:
    """Take an inspection that was entered by mistake out of every table; raises NotFound."""
    unit_id = _known(session, inspection_id, scope)
    gone = update(Inspection).where(Inspection.id == inspection_id)
    session.execute(gone.values(withdrawn_at=now, changed_at=now, changed_by=by))
    _note(session, "inspection.withdraw", inspection_id, unit_id, by=by, now=now)


def _known(session: Session, inspection_id: int, scope: frozenset[int]) -> int:
    known = inspection(session, inspection_id, scope)
    if known is None:
        raise NotFound(GONE)
    return known.told.unit_id


def _note(session: Session, act: str, inspection_id: int, unit_id: int, *, by: str, now: datetime) -> None:
    digest = INSPECTIONS.digest(session, inspection_id)
    note(session, Act(act, by, (INSPECTIONS.kind, inspection_id), digest, facts={"unit": unit_id}), now=now)
