"""Scoring the nine indices, with an entry for each score that changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.reports.models import IndexScore
from feedback_service.reports.queries.scores import SCORES, Score, scores
from feedback_service.reports.rules.periods import ReportPeriod


@dataclass(frozen=True)
class Given:
    """What is given on one index: points of the unit itself and of the appraisal, from 0 to 2, and the reason."""

    own: Decimal | None
    appraised: Decimal | None
    reason: str


def keep_scores(
    session: Session, unit_id: int, quarter: ReportPeriod, given: Mapping[int, Given], *, by: str, now: datetime
) -> int:
    """Keep what is given on the nine indices in a quarter; return how many of them changed."""
    known = scores(session, unit_id, quarter)
    changed = 0
    for number, one in sorted(given.items()):
        stands = known.get(number, Score())
        if (stands.own, stands.appraised, stands.reason) != (one.own, one.appraised, one.reason):
            _keep(session, (unit_id, quarter, number), one, by=by, now=now)
            changed += 1
    return changed


def _keep(session: Session, place: tuple[int, ReportPeriod, int], one: Given, *, by: str, now: datetime) -> None:
    unit_id, quarter, number = place
    key = {"unit_id": unit_id, "year": quarter.year, "quarter": quarter.number, "index_number": number}
    told = {
        "own_points": _hundredths(one.own),
        "appraised_points": _hundredths(one.appraised),
        "reason": one.reason,
        "changed_at": now,
        "changed_by": by,
    }
    where = [getattr(IndexScore, name) == value for name, value in key.items()]
    score_id = session.execute(select(IndexScore.id).where(*where)).scalar_one_or_none()
    if score_id is None:
        score_id = session.execute(insert(IndexScore).values({**key, **told}).returning(IndexScore.id)).scalar_one()
    else:
        session.execute(update(IndexScore).where(IndexScore.id == score_id).values(told))
    digest = SCORES.digest(session, score_id)
    note(session, Act("index_score.saved", by, (SCORES.kind, score_id), digest, facts={"unit": unit_id}), now=now)


def _hundredths(points: Decimal | None) -> int | None:
    return None if points is None else int(points * 100)
