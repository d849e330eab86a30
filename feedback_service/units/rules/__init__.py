"""Rules of units: kinds and validity, opening hours, rows of an import."""

from feedback_service.units.rules.hours import (
    OFFICE_HOURS,
    OpeningHours,
    hours_from,
    hours_text,
    is_open,
    is_open_at,
)
from feedback_service.units.rules.kinds import (
    CODE,
    HISTORICAL_KINDS,
    IDENTIFIER,
    KIND_NAMES,
    LAST_DAY_OF_DISTRICTS,
    Kind,
    Succession,
    holds,
)

__all__ = [
    "CODE",
    "HISTORICAL_KINDS",
    "IDENTIFIER",
    "KIND_NAMES",
    "LAST_DAY_OF_DISTRICTS",
    "OFFICE_HOURS",
    "Kind",
    "OpeningHours",
    "Succession",
    "holds",
    "hours_from",
    "hours_text",
    "is_open",
    "is_open_at",
]
