"""The public routes of ratings: surveys on the web, and ballots for dossiers."""

from feedback_service.ratings.public import ballots, codes, surveys
from feedback_service.ratings.public.blueprint import public

__all__ = ["ballots", "codes", "public", "surveys"]
