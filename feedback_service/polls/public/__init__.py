"""The public routes of polls: voting on the site and in frames, results, receipts."""

from feedback_service.polls.public import embed, receipts, results, voting
from feedback_service.polls.public.blueprint import public

__all__ = ["embed", "public", "receipts", "results", "voting"]
