"""The staff routes of polls: looking at them, writing them down, other portals, votes in doubt, exports."""

from feedback_service.polls.staff import desk, embedding, examining, exports, writing
from feedback_service.polls.staff.blueprint import staff

__all__ = ["desk", "embedding", "examining", "exports", "staff", "writing"]
