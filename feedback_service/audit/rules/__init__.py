"""Rules of the ledger: how entries hang together, and how they are told."""

from feedback_service.audit.rules.chain import (
    COUNTING_LANES,
    FIRST_HASH,
    LANES,
    STAFF_LANE,
    Act,
    Entry,
    SealedEntry,
    broken_link,
    hash_of,
)

__all__ = [
    "COUNTING_LANES",
    "FIRST_HASH",
    "LANES",
    "STAFF_LANE",
    "Act",
    "Entry",
    "SealedEntry",
    "broken_link",
    "hash_of",
]
