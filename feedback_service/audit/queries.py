"""Reading the ledger: its heads, its entries, and whether every record still is what was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.audit.models import LedgerEntry, LedgerLane
from feedback_service.audit.rules import FIRST_HASH, Entry, SealedEntry, broken_link

CHUNK = 1000


class Witness(Protocol):
    """Tells what the records of one kind contain today."""

    kind: str
    is_final: bool
    """Whether a record of this kind is stored once and never changed."""

    def digests(self, session: Session, subject_ids: list[str]) -> dict[str, str]:
        """Return the digest of each record that exists among `subject_ids`."""

    def ids_after(self, session: Session, last_id: str | None, limit: int) -> list[str]:
        """Return up to `limit` ids in a fixed order, those after `last_id`."""


@dataclass(frozen=True)
class Finding:
    """Something that does not agree: the entry or the record, and what is wrong with it."""

    lane: int | None
    sequence: int | None
    subject_kind: str
    subject_id: str
    problem: str


@dataclass(frozen=True)
class Head:
    """The last entry of a lane: printing it makes everything before it provable."""

    lane: int
    sequence: int
    hash: str


def heads(session: Session) -> tuple[Head, ...]:
    """Return the head of every lane that has entries."""
    rows = session.execute(select(LedgerLane).where(LedgerLane.sequence > 0).order_by(LedgerLane.lane)).scalars()
    return tuple(Head(row.lane, row.sequence, row.hash) for row in rows)


@dataclass(frozen=True)
class EntryRow:
    """One line of the audit page."""

    lane: int
    sequence: int
    at: datetime
    act: str
    actor: str
    subject_kind: str
    subject_id: str
    facts: str
    hash: str


def entries(
    session: Session, *, before: datetime | None = None, kind: str | None = None, limit: int = 100
) -> tuple[EntryRow, ...]:
    """Return the newest entries first, of one kind of record when `kind` is given."""
    columns = [getattr(LedgerEntry, name) for name in EntryRow.__dataclass_fields__]
    query = select(*columns).order_by(LedgerEntry.at.desc(), LedgerEntry.lane, LedgerEntry.sequence.desc()).limit(limit)
    if before is not None:
        query = query.where(LedgerEntry.at < before.astimezone(UTC).isoformat(timespec="microseconds"))
    if kind:
        query = query.where(LedgerEntry.subject_kind == kind)
    return tuple(EntryRow(row[0], row[1], datetime.fromisoformat(row[2]), *row[3:]) for row in session.execute(query))


def count(session: Session) -> int:
    """Return how many entries stand in the ledger."""
    return session.execute(select(func.coalesce(func.sum(LedgerLane.sequence), 0))).scalar_one()


def findings(session: Session, witnesses: tuple[Witness, ...]) -> Iterator[Finding]:
    """Yield all that does not agree, streaming: chains first, then records beside their entries."""
    by_kind = {witness.kind: witness for witness in witnesses}
    latest: dict[tuple[str, str], SealedEntry] = {}
    for head in session.execute(select(LedgerLane.lane, LedgerLane.sequence, LedgerLane.hash)).all():
        yield from _lane_findings(session, Head(*head), by_kind, latest)
    yield from _stray_entries(session)
    yield from _latest_findings(session, by_kind, latest)
    for witness in witnesses:
        yield from _unwitnessed(session, witness)


def _lane_findings(
    session: Session, head: Head, by_kind: dict[str, Witness], latest: dict[tuple[str, str], SealedEntry]
) -> Iterator[Finding]:
    sequence, previous = 0, FIRST_HASH
    for chunk in _chunks(session, head.lane):
        for sealed in chunk:
            problem = broken_link(sealed, sequence=sequence + 1, previous_hash=previous)
            if problem:
                yield _finding(sealed.entry, problem)
            sequence, previous = sealed.entry.sequence, sealed.hash
            witness = by_kind.get(sealed.entry.subject_kind)
            if witness and not witness.is_final:
                latest[sealed.entry.subject_kind, sealed.entry.subject_id] = sealed
        yield from _changed_records(session, chunk, by_kind)
    if (sequence, previous) != (head.sequence, head.hash):
        yield Finding(head.lane, head.sequence, "ledger", str(head.lane), "the last entries are missing")


def _changed_records(session: Session, chunk: list[SealedEntry], by_kind: dict[str, Witness]) -> Iterator[Finding]:
    for kind, witness in by_kind.items():
        if not witness.is_final:
            continue
        mine = [sealed.entry for sealed in chunk if sealed.entry.subject_kind == kind]
        found = witness.digests(session, [entry.subject_id for entry in mine]) if mine else {}
        for entry in mine:
            yield from _compared(entry, found.get(entry.subject_id))


def _latest_findings(
    session: Session, by_kind: dict[str, Witness], latest: dict[tuple[str, str], SealedEntry]
) -> Iterator[Finding]:
    for kind, witness in by_kind.items():
        mine = [sealed.entry for (own, _), sealed in latest.items() if own == kind]
        for start in range(0, len(mine), CHUNK):
            part = mine[start : start + CHUNK]
            found = witness.digests(session, [entry.subject_id for entry in part])
            for entry in part:
                yield from _compared(entry, found.get(entry.subject_id))


def _compared(entry: Entry, found: str | None) -> Iterator[Finding]:
    if found == entry.digest:
        return
    if found is None:
        yield _finding(entry, "its record is missing")
    else:
        yield _finding(entry, "its record was changed")


def _unwitnessed(session: Session, witness: Witness) -> Iterator[Finding]:
    last: str | None = None
    while ids := witness.ids_after(session, last, CHUNK):
        noted = set(
            session.execute(
                select(LedgerEntry.subject_id).where(
                    LedgerEntry.subject_kind == witness.kind, LedgerEntry.subject_id.in_(ids)
                )
            ).scalars()
        )
        for subject_id in ids:
            if subject_id not in noted:
                yield Finding(None, None, witness.kind, subject_id, "the record has no entry")
        last = ids[-1]


def _stray_entries(session: Session) -> Iterator[Finding]:
    lanes = select(LedgerLane.lane)
    strays = select(LedgerEntry).where(LedgerEntry.lane.not_in(lanes)).limit(CHUNK)
    for row in session.execute(strays).scalars():
        yield Finding(row.lane, row.sequence, row.subject_kind, row.subject_id, "its lane has no head")


def _chunks(session: Session, lane: int) -> Iterator[list[SealedEntry]]:
    last = -(2**62)
    names = tuple(Entry.__dataclass_fields__)
    columns = [getattr(LedgerEntry, name) for name in (*names, "previous_hash", "hash")]
    while True:
        query = select(*columns).where(LedgerEntry.lane == lane, LedgerEntry.sequence > last)
        rows = session.execute(query.order_by(LedgerEntry.sequence).limit(CHUNK)).all()
        if not rows:
            return
        chunk = [SealedEntry(Entry(*row[: len(names)]), row[-2], row[-1]) for row in rows]
        last = chunk[-1].entry.sequence
        yield chunk


def _finding(entry: Entry, problem: str) -> Finding:
    return Finding(entry.lane, entry.sequence, entry.subject_kind, entry.subject_id, problem)
