"""The staff routes of reports: the board, the indicators with their scores, the forms, the exports."""

from feedback_service.reports.staff import board, exports, indicators, papers, scores
from feedback_service.reports.staff.blueprint import staff

__all__ = ["board", "exports", "indicators", "papers", "scores", "staff"]
