"""The staff routes of reports: board, indicators, scores, forms, inspections, exports, schedules, officers."""

from feedback_service.reports.staff import (
    board,
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
