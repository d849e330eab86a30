"""The staff routes of reports: the board, the indicators with their scores, forms, inspections, exports, officers."""

from feedback_service.reports.staff import (
    board,
    exports,
    indicators,
    inspections,
    officers,
    own,
    papers,
    prepared,
    scores,
)
from feedback_service.reports.staff.blueprint import staff

__all__ = ["board", "exports", "indicators", "inspections", "officers", "own", "papers", "prepared", "scores", "staff"]
