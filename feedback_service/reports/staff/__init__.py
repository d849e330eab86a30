"""The staff routes of reports: the board and the exports."""

from feedback_service.reports.staff import board, exports
from feedback_service.reports.staff.blueprint import staff

__all__ = ["board", "exports", "staff"]
