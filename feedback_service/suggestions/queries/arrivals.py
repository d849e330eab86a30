"""How many suggestions have come in since a day."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.core.period import starts_at
from feedback_service.suggestions.models import Suggestion
from feedback_service.suggestions.queries.rows import within


def received_since(session: Session, day: date, *, scope: frozenset[int] | None) -> int:
    """Return how many suggestions within reach came on a day or later."""
    query = select(func.count()).where(Suggestion.received_at >= starts_at(day), *within(scope))
    return session.execute(query).scalar_one()
