"""The staff routes of reports: board, indicators, scores, forms and papers, exports, schedules, officers."""

from feedback_service.reports.staff import (
    board,
    box_minutes,
    exports,
    indicators,
    inspections,
    officers,
    own,
    papers,
    prepared,
    schedules,
    scores,
)
from feedback_service.reports.staff.blueprint import staff

__all__ = [
    "board",
    "box_minutes",
    "exports",
    "indicators",
    "inspections",
    "officers",
    "own",
    "papers",
    "prepared",
    "schedules",
    "scores",
    "staff",
]
