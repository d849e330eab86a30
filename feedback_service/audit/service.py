"""Noting acts in the ledger, in the transaction that does them."""

from datetime import UTC, date, datetime
from threading import get_ident

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.models import LedgerEntry, LedgerLane
from feedback_service.audit.queries import heads
from feedback_service.audit.rules import COUNTING_LANES, STAFF_LANE, Act, Entry, hash_of
from feedback_service.audit.rules.days import CLOSED, DAY, head_of_day
from feedback_service.core.canonical import canonical
from feedback_service.db import Base, before_commit
from feedback_service.statements import Statement

Unplaced = tuple[str, str, str, str, str, str | None, str]
"""An entry before it has its lane and its number."""


def note(session: Session, act: Act, *, now: datetime) -> None:
    """Add an entry for `act` at the end of this transaction."""
    at = now.astimezone(UTC).isoformat(timespec="microseconds")
    kind, subject_id = act.subject
    entry = (at, act.name, act.actor, kind, str(subject_id), act.digest, canonical(dict(act.facts)))
    pending: dict[int, list[Unplaced]] = session.info.setdefault("ledger", {})
    pending.setdefault(_lane(session, act), []).append(entry)
    before_commit(session, "ledger", _seal)


def close_day(session: Session, day: date, *, now: datetime) -> bool:
    """Note the head of a day that is over; return False, and note nothing, when it was closed before."""
    closed = select(LedgerEntry.sequence).where(LedgerEntry.subject_kind == DAY, LedgerEntry.subject_id == str(day))
    if session.execute(closed.limit(1)).first():
        return False
    ends = [(head.lane, head.sequence, head.hash) for head in heads(session)]
    places = [[lane, sequence] for lane, sequence, _ in ends]
    facts = {"head": head_of_day(day, ends), "ends": places}
    note(session, Act(CLOSED, actor="system", subject=(DAY, str(day)), facts=facts), now=now)
    return True


def _lane(session: Session, act: Act) -> int:
    if not act.is_counting:
        return STAFF_LANE
    is_single_writer = session.get_bind().dialect.name == "sqlite"
    return COUNTING_LANES[0 if is_single_writer else get_ident() // 64 % len(COUNTING_LANES)]


def _seal(session: Session) -> None:
    pending: dict[int, list[Unplaced]] = session.info.pop("ledger")
    for lane in sorted(pending):
        _append(session, lane, pending[lane])


def _append(session: Session, lane: int, entries: list[Unplaced]) -> None:
    connection = session.connection()
    sequence, previous = HEAD.one(connection, {"of_lane": lane})
    rows = []
    for entry in entries:
        sequence += 1
        placed = Entry(lane, sequence, *entry)
        sealed = hash_of(placed, previous)
        rows.append({**vars(placed), "previous_hash": previous, "hash": sealed})
        previous = sealed
    ADDED.each(connection, rows)
    MOVED.each(connection, [{"of_lane": lane, "sequence": sequence, "hash": previous}])


_lanes = Base.metadata.tables[LedgerLane.__tablename__]
_head = select(_lanes.c.sequence, _lanes.c.hash).where(_lanes.c.lane == bindparam("of_lane"))
HEAD = Statement(_head.with_for_update())
"""Writers of one lane wait for each other here; the row of every lane is made by its migration."""
ADDED = Statement(insert(Base.metadata.tables[LedgerEntry.__tablename__]))
MOVED = Statement(update(_lanes).where(_lanes.c.lane == bindparam("of_lane")))
