"""JSON of ratings: what tablets send, and what the one-stop software asks for."""

from feedback_service.ratings.api.programs import programs
from feedback_service.ratings.api.tablets import api

__all__ = ["api", "programs"]
