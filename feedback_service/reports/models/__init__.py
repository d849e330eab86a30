"""Tables of reports."""

from feedback_service.reports.models.entered import IndexScore, Inspection, OfficerReview, ShiftCorrection
from feedback_service.reports.models.made import PreparedExport, PublicationEdition, ReportRun, ReportSchedule

__all__ = [
    "IndexScore",
    "Inspection",
    "OfficerReview",
    "PreparedExport",
    "PublicationEdition",
    "ReportRun",
    "ReportSchedule",
    "ShiftCorrection",
]
