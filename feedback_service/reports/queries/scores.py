"""Scores of the nine indices as they were given."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.reports.models import IndexScore
from feedback_service.reports.rules.periods import Kind, ReportPeriod

SCORES = RowWitness("index_score", IndexScore)
WITNESSES = (SCORES,)


@dataclass(frozen=True)
class Score:
    """What was given on one index: by the unit itself, and by whoever appraised it, with the reason."""

    own: Decimal | None = None
    appraised: Decimal | None = None
    reason: str = ""


def scores(session: Session, unit_id: int, period: ReportPeriod) -> dict[int, Score]:
    """Return what was given on each of the nine indices in a quarter, by its number."""
    assert period.kind is Kind.QUARTER
    query = select(
        IndexScore.index_number, IndexScore.own_points, IndexScore.appraised_points, IndexScore.reason
    ).where(IndexScore.unit_id == unit_id, IndexScore.year == period.year, IndexScore.quarter == period.number)
    rows = session.execute(query.order_by(IndexScore.index_number))
    return {row[0]: Score(_points(row[1]), _points(row[2]), row[3]) for row in rows}


def _points(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)
