"""The staff routes of reports: the board, the indicators with their scores, the forms, the exports."""

from feedback_service.reports.staff import board, exports, indicators, papers, prepared, scores
from feedback_service.reports.staff.blueprint import staff

__all__ = ["board", "exports", "indicators", "papers", "prepared", "scores", "staff"]
