"""The head of a day: one hash over all chains, short enough to print, to mail and to hang on a wall."""

from collections.abc import Iterable
from datetime import date

from feedback_service.core.canonical import digest

DAY = "day"
CLOSED = "day.closed"
End = tuple[int, int, str]
"""Where a chain stood: its lane, the number of its last entry, the hash of that entry."""


def head_of_day(day: date, ends: Iterable[End]) -> str:
    """Return the SHA-256 over the ends of all chains, in the order of their lanes, 64 hex digits."""
    return digest([day.isoformat(), sorted(ends)])


def in_groups(head: str) -> str:
    """Return a head as people read it aloud: groups of eight."""
    return " ".join(head[start : start + 8] for start in range(0, len(head), 8))
