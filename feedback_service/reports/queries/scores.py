"""Scores of the nine indices as they were given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
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
    """What was given on one index: by the unit itself, and by whoever appraised it, with the reason, and when last."""

    own: Decimal | None = None
    appraised: Decimal | None = None
    reason: str = ""
    changed_at: datetime | None = None


def scores(session: Session, unit_id: int, period: ReportPeriod) -> dict[int, Score]:
    """Return what was given on each of the nine indices in a quarter, by its number."""
    assert period.kind is Kind.QUARTER
    points = (IndexScore.own_points, IndexScore.appraised_points)
    query = select(IndexScore.index_number, *points, IndexScore.reason, IndexScore.changed_at).where(
        IndexScore.unit_id == unit_id, IndexScore.year == period.year, IndexScore.quarter == period.number
    )
    rows = session.execute(query.order_by(IndexScore.index_number))
    return {row[0]: Score(_points(row[1]), _points(row[2]), row[3], row[4]) for row in rows}


def scores_of(session: Session, unit_ids: Iterable[int], period: ReportPeriod) -> dict[int, dict[int, Score]]:
    """Return what was given in a quarter to each of some units that was given anything, by its id."""
    columns = (IndexScore.unit_id, IndexScore.index_number, IndexScore.own_points, IndexScore.appraised_points)
    of_quarter = (IndexScore.year == period.year, IndexScore.quarter == period.number)
    query = select(*columns, IndexScore.reason).where(IndexScore.unit_id.in_(sorted(unit_ids)), *of_quarter)
    found: dict[int, dict[int, Score]] = {}
    for row in session.execute(query.order_by(IndexScore.unit_id, IndexScore.index_number)):
        found.setdefault(row[0], {})[row[1]] = Score(_points(row[2]), _points(row[3]), row[4])
    return found


def _points(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths).scaleb(-2)
