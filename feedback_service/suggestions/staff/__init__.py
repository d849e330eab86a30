"""The staff routes of suggestions: the queue, one suggestion, what the office sets."""

from feedback_service.suggestions.staff.blueprint import staff

__all__ = ["staff"]
