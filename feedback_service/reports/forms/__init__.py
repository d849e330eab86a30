"""Forms of reports: what an officer says of the own figures, who really served, an inspection, a schedule."""

from feedback_service.reports.forms.inspections import InspectionForm
from feedback_service.reports.forms.officers import CorrectionForm, WordsForm, correction_form
from feedback_service.reports.forms.schedules import ScheduleForm

__all__ = ["CorrectionForm", "InspectionForm", "ScheduleForm", "WordsForm", "correction_form"]
