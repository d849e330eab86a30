"""Whether the ledger and every record that it speaks of still are what was written."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TypeCoerce, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from feedback_service.audit.models import LedgerEntry, LedgerLane
from feedback_service.audit.queries.days import reopened_days
from feedback_service.audit.queries.entries import CHUNK, Head
from feedback_service.audit.queries.witness import StoredText, Witness
from feedback_service.audit.rules import FIRST_HASH, LANES, Entry, SealedEntry, broken_link
from feedback_service.audit.rules.days import DAY


@dataclass(frozen=True)
class Finding:
    """Something that does not agree: the entry or the record, and what is wrong with it."""

    lane: int | None
    sequence: int | None
    subject_kind: str
    subject_id: str
    problem: str


def findings(
    session: Session, witnesses: tuple[Witness, ...], *, passed: Callable[[int], object] = lambda _count: None
) -> Iterator[Finding]:
    """Yield all that does not agree, streaming: chains first, then records beside their entries.

    `passed` hears how many entries have been read since it was last told.
    """
    by_kind = {witness.kind: witness for witness in witnesses}
    latest: dict[tuple[str, str], Entry] = {}
    for head in _read_heads(session):
        if head.lane not in LANES:
            yield Finding(None, None, "ledger", str(head.lane), "there is no such lane")
        yield from _lane_findings(session, head, by_kind, latest, passed)
    yield from _stray_entries(session)
    for lane, sequence, day in reopened_days(session):
        yield Finding(lane, sequence, DAY, day, "the chains give another head for that day")
    yield from _latest_findings(session, by_kind, latest)
    for witness in witnesses:
        yield from _unwitnessed(session, witness)
        for subject_id in witness.strays(session):
            yield Finding(None, None, witness.kind, subject_id, "a part of it is there, and it is not")


def _read_heads(session: Session) -> Iterator[Head]:
    columns = (LedgerLane.lane, LedgerLane.sequence, LedgerLane.hash)
    found: dict[str, Sequence[str]] = {row[0]: row for row in session.execute(select(*_texts(columns))).all()}
    for known in LANES:
        found.setdefault(str(known), (str(known), "0", "there is no head"))
    for lane, sequence, head_hash in found.values():
        yield Head(_number(lane), _number(sequence), head_hash)


def _lane_findings(
    session: Session,
    head: Head,
    by_kind: dict[str, Witness],
    latest: dict[tuple[str, str], Entry],
    passed: Callable[[int], object],
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
                latest[sealed.entry.subject_kind, sealed.entry.subject_id] = sealed.entry
        yield from _changed_records(session, chunk, by_kind)
        passed(len(chunk))
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
    session: Session, by_kind: dict[str, Witness], latest: dict[tuple[str, str], Entry]
) -> Iterator[Finding]:
    for kind, witness in by_kind.items():
        mine = [entry for (own, _), entry in latest.items() if own == kind]
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
    ids: list[str] = []
    while last is None or len(ids) == CHUNK:
        ids = witness.ids_after(session, last, CHUNK)
        if not ids:
            return
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
    columns = (LedgerEntry.lane, LedgerEntry.sequence, LedgerEntry.subject_kind, LedgerEntry.subject_id)
    strays = select(*_texts(columns)).where(LedgerEntry.lane.not_in(LANES)).limit(CHUNK)
    found: Iterable[Sequence[str]] = session.execute(strays).all()
    for lane, sequence, kind, subject_id in found:
        yield Finding(_number(lane), _number(sequence), kind, subject_id, "there is no such lane")


def _chunks(session: Session, lane: int) -> Iterator[list[SealedEntry]]:
    names = tuple(Entry.__dataclass_fields__)
    columns = _texts([getattr(LedgerEntry, name) for name in (*names, "previous_hash", "hash")])
    query = select(*columns).where(LedgerEntry.lane == lane).order_by(LedgerEntry.sequence).limit(CHUNK)
    last: int | None = None
    rows: Sequence[Any] = ()
    while last is None or len(rows) == CHUNK:
        rows = session.execute(query if last is None else query.where(LedgerEntry.sequence > last)).all()
        if not rows:
            return
        chunk = [SealedEntry(Entry(_number(row[0]), _number(row[1]), *row[2:-2]), row[-2], row[-1]) for row in rows]
        last = chunk[-1].entry.sequence
        yield chunk


def _texts(columns: Iterable[InstrumentedAttribute[Any]]) -> list[TypeCoerce[str]]:
    return [type_coerce(column, StoredText) for column in columns]


def _number(text: Any) -> Any:
    """Return a whole number as such and a damaged one as the text that it has become."""
    return int(text) if re.fullmatch(r"-?[0-9]+", text) else text


def _finding(entry: Entry, problem: str) -> Finding:
    return Finding(entry.lane, entry.sequence, entry.subject_kind, entry.subject_id, problem)
