"""Forms of reports: what an officer says of the own figures, who really served, and an inspection."""

from feedback_service.reports.forms.inspections import InspectionForm
from feedback_service.reports.forms.officers import CorrectionForm, WordsForm, correction_form

__all__ = ["CorrectionForm", "InspectionForm", "WordsForm", "correction_form"]
