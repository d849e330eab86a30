"""Prescribed forms as bytes: filled in words, then written as a workbook, a text document or a page."""

from feedback_service.reports.export.papers.box_minutes import filled_minutes
from feedback_service.reports.export.papers.filling import filled
from feedback_service.reports.export.papers.heading import Heading
from feedback_service.reports.export.papers.writing import form_bytes

__all__ = ["Heading", "filled", "filled_minutes", "form_bytes"]
