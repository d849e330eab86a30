"""How entries of the ledger hang together: pure, so that anybody can check it with these few lines."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback_service.core.canonical import canonical

FIRST_HASH = "0" * 64
"""What the first entry of a lane names as its previous hash."""
STAFF_LANE = 0
"""Acts on records that can change again stand in one lane, so that the last one is known."""
COUNTING_LANES = tuple(range(1, 9))
"""Records that are stored once may stand in any of these: writers of PostgreSQL then seldom wait for each other."""
LANES = (STAFF_LANE, *COUNTING_LANES)


@dataclass(frozen=True)
class Act:
    """What is to be noted. No name, text or address of a person may stand in it.

    `name` is "noun.verb", `actor` is "staff:ID", "kiosk:ID", "public" or "system", `subject` is the kind and the id of
    the record, `digest` stands for its content afterwards (None: gone, or without content). Records that are stored
    once and never changed are `is_counting`: their entries may stand in any lane but the first.
    """

    name: str
    actor: str
    subject: tuple[str, object]
    digest: str | None = None
    is_counting: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """Who did what to which record at which moment (UTC, ISO 8601), and the digest of the record afterwards."""

    lane: int
    sequence: int
    at: str
    act: str
    actor: str
    subject_kind: str
    subject_id: str
    digest: str | None
    facts: str


@dataclass(frozen=True)
class SealedEntry:
    """An entry with its place in the chain."""

    entry: Entry
    previous_hash: str
    hash: str


def hash_of(entry: Entry, previous_hash: str) -> str:
    """Return SHA-256 over the previous hash and the canonical JSON of the entry, 64 hex digits."""
    content = canonical(
        [
            entry.lane,
            entry.sequence,
            entry.at,
            entry.act,
            entry.actor,
            entry.subject_kind,
            entry.subject_id,
            entry.digest,
            entry.facts,
        ]
    )
    return hashlib.sha256(f"{previous_hash}{content}".encode()).hexdigest()


def broken_link(sealed: SealedEntry, *, sequence: int, previous_hash: str) -> str | None:
    """Return what is wrong with an entry that should follow `previous_hash` as number `sequence`, or None."""
    if sealed.entry.sequence != sequence:
        return "an entry before it is missing or out of order"
    if sealed.previous_hash != previous_hash:
        return "it does not name the entry before it"
    if sealed.hash != hash_of(sealed.entry, previous_hash):
        return "its content was changed"
    return None
