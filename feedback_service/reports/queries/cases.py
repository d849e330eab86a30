"""Reports and proposals of citizens, counted for the indicators; praise and ideas are none (NĐ 20/2008)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
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
    query = select(func.count(), *sums).where(*_received_in(unit_ids, period))
    return Reports(*(int(number) for number in session.execute(query).one()))


@dataclass(frozen=True)
class Received:
    """Reports and proposals of one unit and class; all but the last two numbers add up to `received`.

    `otherwise` were closed without an answer; `hidden` are kept from publication, `unhappy` were dissatisfied.
    """

    unit_id: int
    topic: str
    received: int = 0
    on_time: int = 0
    late: int = 0
    in_time: int = 0
    overdue: int = 0
    refused: int = 0
    otherwise: int = 0
    hidden: int = 0
    unhappy: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every number in the order of the form."""
        told = (self.received, self.on_time, self.late, self.in_time, self.overdue, self.refused)
        return (*told, self.otherwise, self.hidden, self.unhappy)


def received(session: Session, unit_ids: frozenset[int], period: Period, *, now: datetime) -> tuple[Received, ...]:
    """Return what was received in a period, by unit and class; what is open is judged by the end of it, or by now."""
    end = min(period.last_on, local_day(now))
    is_refused = Suggestion.state == "refused"
    is_answered = and_(Suggestion.answered_on.is_not(None), ~is_refused)
    is_waiting = and_(Suggestion.is_open, Suggestion.answered_on.is_(None), ~is_refused)
    flags = (
        and_(is_answered, Suggestion.is_on_time.is_(True)),
        and_(is_answered, Suggestion.is_on_time.is_not(True)),
        and_(is_waiting, Suggestion.due_on >= end),
        and_(is_waiting, Suggestion.due_on < end),
        is_refused,
        and_(~is_refused, ~Suggestion.is_open, Suggestion.answered_on.is_(None)),
        Suggestion.is_hidden,
        Suggestion.level <= DISSATISFIED_UP_TO,
    )
    sums = [func.sum(case((flag, 1), else_=0)) for flag in flags]
    keys = (Suggestion.unit_id, Suggestion.topic)
    query = select(*keys, func.count(), *sums).where(*_received_in(unit_ids, period)).group_by(*keys)
    return tuple(Received(row[0], row[1], *(int(number) for number in row[2:])) for row in session.execute(query))


def _received_in(unit_ids: frozenset[int], period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        Suggestion.unit_id.in_(sorted(unit_ids)),
        Suggestion.kind.in_(COUNTED),
        Suggestion.state.not_in(NOT_COUNTED),
        Suggestion.received_at >= period.from_at,
        Suggestion.received_at < period.until_at,
    )
