"""Surveys: their addresses, and when one takes answers."""

from datetime import datetime
from enum import StrEnum

SLUG = r"[a-z0-9][a-z0-9-]{0,59}"


class Phase(StrEnum):
    """Where a survey stands."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"


def phase(*, now: datetime, closes_at: datetime | None, closed_at: datetime | None, is_full: bool) -> Phase:
    """Return where a survey stands."""
    if closed_at is not None or (closes_at is not None and closes_at <= now):
        return Phase.CLOSED
    return Phase.FULL if is_full else Phase.OPEN
