"""Rules of dossiers: what a report says, whether it adds up, its rates, and how files of them are read. Pure."""

from feedback_service.dossiers.rules.figures import (
    LABELS,
    MOST,
    NUMBERS_OF_COLUMNS,
    SUMS,
    Check,
    Parts,
    Report,
    checks,
    faults_in,
    numbers,
    read_row,
)

__all__ = [
    "LABELS",
    "MOST",
    "NUMBERS_OF_COLUMNS",
    "SUMS",
    "Check",
    "Parts",
    "Report",
    "checks",
    "faults_in",
    "numbers",
    "read_row",
]
