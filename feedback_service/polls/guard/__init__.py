"""Whose vote counts how, and who sees the counts: by a signed cookie and the name of the network on this day."""

from feedback_service.polls.guard.memory import (
    has_voted,
    kept_receipt,
    receipt_of,
    remember_vote,
    sees_results,
    voted_token,
)
from feedback_service.polls.guard.traces import (
    EXTENSION,
    Traffic,
    came_before,
    counts_refusals,
    keyring,
    trace_of,
    traffic,
)

__all__ = [
    "EXTENSION",
    "Traffic",
    "came_before",
    "counts_refusals",
    "has_voted",
    "kept_receipt",
    "keyring",
    "receipt_of",
    "remember_vote",
    "sees_results",
    "trace_of",
    "traffic",
    "voted_token",
]
