"""The heads of the ledger and its entries as people read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from feedback_service.audit.models import LedgerEntry, LedgerLane
from feedback_service.audit.rules import STAFF_LANE

CHUNK = 1000


@dataclass(frozen=True)
class Head:
    """The last entry of a lane: printing it makes everything before it provable."""

    lane: int
    sequence: int
    hash: str


@dataclass(frozen=True)
class EntryRow:
    """One line of the audit page; `at` is UTC as it was hashed."""

    lane: int
    sequence: int
    at: str
    act: str
    actor: str
    subject_kind: str
    subject_id: str
    facts: str
    hash: str

    @property
    def moment(self) -> datetime | None:
        """When it was noted; None where the entry is damaged."""
        try:
            return datetime.fromisoformat(self.at)
        except ValueError:
            return None

    @property
    def place(self) -> str:
        """Where the next page goes on."""
        return f"{self.at}/{self.lane}/{self.sequence}"


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted: acts of staff, or else records counted; within moments, of a kind, by some actors."""

    is_counting: bool = False
    from_at: datetime | None = None
    until_at: datetime | None = None
    kind: str | None = None
    actors: frozenset[str] | None = None


def heads(session: Session) -> tuple[Head, ...]:
    """Return the head of every lane that has entries."""
    rows = session.execute(select(LedgerLane).where(LedgerLane.sequence > 0).order_by(LedgerLane.lane)).scalars()
    return tuple(Head(row.lane, row.sequence, row.hash) for row in rows)


def count(session: Session) -> int:
    """Return how many entries stand in the ledger."""
    return session.execute(select(func.coalesce(func.sum(LedgerLane.sequence), 0))).scalar_one()


def entries(session: Session, wanted: Filter, *, after: str = "", limit: int = 100) -> tuple[EntryRow, ...]:
    """Return entries, the newest first, from the one behind the place `after`; raises ValueError for no place."""
    columns = [getattr(LedgerEntry, name) for name in EntryRow.__dataclass_fields__]
    query = select(*columns).where(*_conditions(wanted)).limit(limit)
    at, lane, sequence = after.split("/") if after else ("", "0", "0")
    if wanted.is_counting:
        query = query.where(LedgerEntry.lane > STAFF_LANE).order_by(*(column.desc() for column in _PLACE))
        query = query.where(tuple_(*_PLACE) < (at, int(lane), int(sequence))) if after else query
    else:
        query = query.where(LedgerEntry.lane == STAFF_LANE).order_by(LedgerEntry.sequence.desc())
        query = query.where(LedgerEntry.sequence < int(sequence)) if after else query
    return tuple(EntryRow(*row) for row in session.execute(query))


def every(session: Session, wanted: Filter) -> Iterator[EntryRow]:
    """Yield all wanted entries, the newest first, a chunk at a time."""
    after = ""
    while chunk := entries(session, wanted, after=after, limit=CHUNK):
        yield from chunk
        after = chunk[-1].place


def _conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.from_at is not None:
        yield LedgerEntry.at >= _stored(wanted.from_at)
    if wanted.until_at is not None:
        yield LedgerEntry.at < _stored(wanted.until_at)
    if wanted.kind:
        yield LedgerEntry.subject_kind == wanted.kind
    if wanted.actors is not None:
        yield LedgerEntry.actor.in_(sorted(wanted.actors))


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_PLACE = (LedgerEntry.at, LedgerEntry.lane, LedgerEntry.sequence)
