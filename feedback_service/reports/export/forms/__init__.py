"""Prescribed forms as bytes: filled in words, then written as a workbook, a text document or a page."""

from feedback_service.reports.export.forms.filling import Heading, filled
from feedback_service.reports.export.forms.writing import form_bytes

__all__ = ["Heading", "filled", "form_bytes"]
