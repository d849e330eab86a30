"""The staff routes of polls: looking at them and moving them on, writing them down."""

from feedback_service.polls.staff import desk, writing
from feedback_service.polls.staff.blueprint import staff

__all__ = ["desk", "staff", "writing"]
