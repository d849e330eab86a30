"""Ballots on the nine indices, one by one, for form 01."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.questionnaires.models import QuestionnaireVersion
from feedback_service.ratings.models import Rating, RatingLabel
from feedback_service.reports.queries.answers import SUSPICIOUS
from feedback_service.reports.rules.nine import ASKED, BEST

QUESTIONNAIRE = "phieu-9-chi-so"
LEVELS = 3


@dataclass(frozen=True)
class Ballot:
    """What one citizen answered: points by the number of the index, and the level of satisfaction, 1 to 3, if told."""

    points: Mapping[int, int]
    level: int | None


def ballots(session: Session, unit_ids: frozenset[int], days: Period, *, limit: int) -> tuple[Ballot, ...]:
    """Return up to `limit` ballots that are not suspicious, in an order that tells nothing of when they were given."""
    is_lost = select(RatingLabel.id).where(
        RatingLabel.rating_id == Rating.id, RatingLabel.label == "lost", RatingLabel.lifted_at.is_(None)
    )
    query = (
        select(Rating.answers, Rating.level, Rating.levels)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Rating.version_id)
        .where(
            QuestionnaireVersion.questionnaire_id == QUESTIONNAIRE,
            Rating.unit_id.in_(sorted(unit_ids)),
            Rating.counted_on.between(days.first_on, days.last_on),
            ~is_lost.exists(),
            Rating.tier != SUSPICIOUS,
        )
        .order_by(Rating.id)
        .limit(limit)
    )
    return tuple(
        Ballot(_points(json.loads(row.answers)), row.level if row.levels == LEVELS else None)
        for row in session.execute(query)
    )


def _points(answers: Mapping[str, object]) -> dict[int, int]:
    told = {number: answers.get(f"cs{number}") for number in ASKED}
    return {number: value for number, value in told.items() if isinstance(value, int) and 0 <= value <= BEST}
