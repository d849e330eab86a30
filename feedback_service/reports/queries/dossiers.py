"""Dossier figures for reports."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.dossiers.models import PARTS, DossierFigure
from feedback_service.reports.rules.dossiers import Dossiers, Figure, Told, columns, dossiers

ALL_FIELDS = ""


def columns_of(
    session: Session, unit_ids: frozenset[int], period: Period, *, unit_id: int
) -> Mapping[str, int | None] | None:
    """Return every column of form II.06a that a unit, or else the others of `unit_ids`, reported for a whole period."""
    names = ("received", "on_time", *PARTS)
    query = select(
        *(DossierFigure.unit_id, DossierFigure.first_on, DossierFigure.last_on),
        *(getattr(DossierFigure, name) for name in names),
    ).where(*_within(unit_ids, period))
    rows = session.execute(query.order_by(DossierFigure.unit_id, DossierFigure.first_on))
    told = (Told(row[0], row[1], row[2], dict(zip(names, row[3:], strict=True))) for row in rows)
    return columns(told, period, unit_id=unit_id)


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
    ).where(*_within(unit_ids, period))
    rows = session.execute(query.order_by(DossierFigure.unit_id, DossierFigure.first_on))
    return dossiers((Figure(*row) for row in rows), period, unit_id=unit_id)


def _within(unit_ids: frozenset[int], period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        DossierFigure.unit_id.in_(sorted(unit_ids)),
        DossierFigure.field == ALL_FIELDS,
        DossierFigure.first_on >= period.first_on,
        DossierFigure.last_on <= period.last_on,
    )
