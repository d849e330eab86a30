"""The staff routes of suggestions: the queue, one suggestion, its steps, what the office sets."""

from feedback_service.suggestions.staff import acts, box, bulk, case, clock, queue, record, review, slips, templates
from feedback_service.suggestions.staff.blueprint import staff

__all__ = ["acts", "box", "bulk", "case", "clock", "queue", "record", "review", "slips", "staff", "templates"]
