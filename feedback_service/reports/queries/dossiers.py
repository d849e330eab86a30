"""Dossier figures for reports."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.dossiers.models import DossierFigure
from feedback_service.reports.rules.dossiers import Dossiers, Figure, dossiers

ALL_FIELDS = ""


def dossiers_of(session: Session, unit_ids: frozenset[int], period: Period, *, unit_id: int) -> Dossiers | None:
    """Return the dossiers of all fields that a unit, or else the others of `unit_ids`, reported for a whole period."""
    query = select(
        DossierFigure.unit_id,
        DossierFigure.first_on,
        DossierFigure.last_on,
        DossierFigure.received,
        DossierFigure.on_time,
        DossierFigure.resolved,
        DossierFigure.carried_over,
    ).where(
        DossierFigure.unit_id.in_(sorted(unit_ids)),
        DossierFigure.field == ALL_FIELDS,
        DossierFigure.first_on >= period.first_on,
        DossierFigure.last_on <= period.last_on,
    )
    rows = session.execute(query.order_by(DossierFigure.unit_id, DossierFigure.first_on))
    return dossiers((Figure(*row) for row in rows), period, unit_id=unit_id)
