"""The staff routes of reports: the board, the indicators with their scores, the forms, the exports."""

from feedback_service.reports.staff import board, exports, forms, indicators, scores
from feedback_service.reports.staff.blueprint import staff

__all__ = ["board", "exports", "forms", "indicators", "scores", "staff"]
