"""Inspections of units as they were entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.period import Period
from feedback_service.reports.models import Inspection
from feedback_service.reports.rules.inspections import Inspected
from feedback_service.units.models import Unit
from feedback_service.units.rules.kinds import KIND_NAMES, Kind

INSPECTIONS = RowWitness("inspection", Inspection)
WITNESSES = (INSPECTIONS,)
MOST = 1000


@dataclass(frozen=True)
class InspectionRow:
    """One inspection with the name and the kind of its unit."""

    id: int
    unit_name: str
    kind: Kind
    told: Inspected

    @property
    def kind_name(self) -> str:
        """The message id of the kind of unit."""
        return KIND_NAMES[self.kind]


def inspections(session: Session, unit_ids: Iterable[int], days: Period) -> tuple[InspectionRow, ...]:
    """Return the inspections of some units in some days, the oldest first; at most 1,000."""
    query = _query().where(
        Inspection.unit_id.in_(sorted(unit_ids)), Inspection.inspected_on.between(days.first_on, days.last_on)
    )
    rows = session.execute(query.order_by(Inspection.inspected_on, Inspection.id).limit(MOST))
    return tuple(_told(row) for row in rows)


def inspection(session: Session, inspection_id: int, scope: Iterable[int]) -> InspectionRow | None:
    """Return one inspection, None where there is none within reach."""
    query = _query().where(Inspection.id == inspection_id, Inspection.unit_id.in_(sorted(scope)))
    row = session.execute(query).one_or_none()
    return _told(row) if row else None


def _query() -> Select[*tuple[Any, ...]]:
    columns = (Inspection.unit_id, Inspection.inspected_on, Inspection.decision, Inspection.subjects)
    numbers = (Inspection.problems, Inspection.found, Inspection.mended, Inspection.due_on, Inspection.note)
    query = select(Inspection.id, Unit.name, Unit.kind, *columns, *numbers).join(Unit, Unit.id == Inspection.unit_id)
    return query.where(Inspection.withdrawn_at.is_(None))


def _told(row: Row[Any]) -> InspectionRow:
    subjects = tuple(row.subjects.split(",")) if row.subjects else ()
    told = Inspected(
        unit_id=row.unit_id,
        inspected_on=row.inspected_on,
        decision=row.decision,
        subjects=subjects,
        problems=row.problems,
        found=row.found,
        mended=row.mended,
        due_on=row.due_on,
        note=row.note,
    )
    return InspectionRow(row.id, row.name, Kind(row.kind), told)
