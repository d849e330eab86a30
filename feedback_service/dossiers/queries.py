"""Reading dossier figures."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.period import Period
from feedback_service.dossiers.models import DossierFigure
from feedback_service.dossiers.rules import Parts, Report

FIGURES = RowWitness("dossier_figure", DossierFigure)
WITNESSES = (FIGURES,)
MOST_ROWS = 500


@dataclass(frozen=True)
class Line:
    """One report and the unit that made it."""

    unit_id: int
    report: Report


def reports(session: Session, unit_ids: Iterable[int], *, limit: int = MOST_ROWS) -> tuple[Line, ...]:
    """Return what these units reported, the latest period first."""
    query = (
        select(DossierFigure)
        .where(DossierFigure.unit_id.in_(sorted(unit_ids)))
        .order_by(DossierFigure.last_on.desc(), DossierFigure.first_on, DossierFigure.unit_id, DossierFigure.field)
        .limit(limit)
    )
    return tuple(Line(row.unit_id, _report(row)) for row in session.execute(query).scalars())


def _report(row: DossierFigure) -> Report:
    parts = Parts(**{part.name: getattr(row, part.name) for part in fields(Parts)})
    return Report(Period(row.first_on, row.last_on), row.received, row.on_time, row.source, row.field, parts)
