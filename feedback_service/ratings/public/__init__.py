"""The public routes of ratings: surveys on the web."""

from feedback_service.ratings.public import surveys
from feedback_service.ratings.public.blueprint import public

__all__ = ["public", "surveys"]
