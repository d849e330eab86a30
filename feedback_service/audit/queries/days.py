"""The days that were closed, and whether each of them still is what was published."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.audit.models import LedgerEntry
from feedback_service.audit.rules import LANES
from feedback_service.audit.rules.days import CLOSED, DAY, End, head_of_day, in_groups

PUBLISHED_DAYS = 62
BIGGEST = 1 << 63


@dataclass(frozen=True)
class ClosedDay:
    """A day of the office and the head that was published for it."""

    day: date
    head: str

    @property
    def spelled(self) -> str:
        """The head as it is printed."""
        return in_groups(self.head)


def closed_days(session: Session, *, limit: int = PUBLISHED_DAYS) -> tuple[ClosedDay, ...]:
    """Return the days that were closed, the last one first."""
    query = select(LedgerEntry.subject_id, LedgerEntry.facts).where(LedgerEntry.subject_kind == DAY)
    rows = session.execute(query.order_by(LedgerEntry.subject_id.desc()).limit(limit))
    return tuple(ClosedDay(date.fromisoformat(row[0]), str(json.loads(row[1])["head"])) for row in rows)


def reopened_days(session: Session) -> Iterator[tuple[int, int, str]]:
    """Yield lane, number and day of every entry that closed a day with a head that the chains do not give any more."""
    query = select(LedgerEntry.lane, LedgerEntry.sequence, LedgerEntry.subject_id, LedgerEntry.facts)
    for lane, sequence, day, facts in session.execute(query.where(LedgerEntry.act == CLOSED, LedgerEntry.lane == 0)):
        if not _still_holds(session, day, facts):
            yield lane, sequence, day


def _still_holds(session: Session, day: str, facts: str) -> bool:
    try:
        told = json.loads(facts)
        ends = [_end(session, int(lane), int(sequence)) for lane, sequence in told["ends"]]
        return bool(told["head"] == head_of_day(date.fromisoformat(day), ends))
    except (ValueError, KeyError, TypeError):
        return False


def _end(session: Session, lane: int, sequence: int) -> End:
    if lane not in LANES or not 0 < sequence < BIGGEST:
        raise ValueError("there is no such entry")
    query = select(LedgerEntry.hash).where(LedgerEntry.lane == lane, LedgerEntry.sequence == sequence)
    return lane, sequence, session.execute(query).scalar_one_or_none() or ""
