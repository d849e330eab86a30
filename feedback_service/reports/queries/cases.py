"""Reports and proposals of citizens, counted for the indicators; praise and ideas are none (NĐ 20/2008)."""

from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period, local_day
from feedback_service.reports.rules.national import Reports
from feedback_service.suggestions.models import Suggestion

COUNTED = ("report", "proposal")
CLASSED = ("regulation", "conduct")
NOT_COUNTED = ("merged",)
DISSATISFIED_UP_TO = 2


def cases(session: Session, unit_ids: frozenset[int], period: Period, *, now: datetime) -> Reports:
    """Return what was received in a period; what is still open is judged by the end of it, or by now."""
    end = min(period.last_on, local_day(now))
    is_waiting = and_(Suggestion.is_open, Suggestion.answered_on.is_(None))
    is_late = or_(Suggestion.is_on_time.is_(False), and_(is_waiting, Suggestion.due_on < end))
    flags = (
        Suggestion.topic.in_(CLASSED),
        Suggestion.is_on_time.is_(True),
        and_(is_waiting, Suggestion.due_on >= end),
        or_(Suggestion.level <= DISSATISFIED_UP_TO, Suggestion.reopenings > 0, is_late),
    )
    sums = [func.coalesce(func.sum(case((flag, 1), else_=0)), 0) for flag in flags]
    query = select(func.count(), *sums).where(
        Suggestion.unit_id.in_(sorted(unit_ids)),
        Suggestion.kind.in_(COUNTED),
        Suggestion.state.not_in(NOT_COUNTED),
        Suggestion.received_at >= period.from_at,
        Suggestion.received_at < period.until_at,
    )
    return Reports(*(int(number) for number in session.execute(query).one()))
