"""Reading the ledger: its heads and entries, and whether every record still is what was written."""

from feedback_service.audit.queries.days import ClosedDay, closed_days
from feedback_service.audit.queries.entries import EntryRow, Filter, Head, count, entries, every, heads
from feedback_service.audit.queries.verification import Finding, findings
from feedback_service.audit.queries.witness import RowWitness, StoredText, Witness, stored_text

__all__ = [
    "ClosedDay",
    "EntryRow",
    "Filter",
    "Finding",
    "Head",
    "RowWitness",
    "StoredText",
    "Witness",
    "closed_days",
    "count",
    "entries",
    "every",
    "findings",
    "heads",
    "stored_text",
]
