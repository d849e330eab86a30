"""The staff routes of suggestions: the queue, one suggestion, its steps, what the office sets."""

from feedback_service.suggestions.staff import acts, bulk, case, queue, record, review, templates
from feedback_service.suggestions.staff.blueprint import staff

__all__ = ["acts", "bulk", "case", "queue", "record", "review", "staff", "templates"]
