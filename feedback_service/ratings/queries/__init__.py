"""Reading ratings: witnesses for the ledger, tallies, and what people read at the desk."""

from feedback_service.ratings.queries.comments import Comment, comments
from feedback_service.ratings.queries.refusals import Refused, refusals
from feedback_service.ratings.queries.tallies import days, kept_tally, recount, tally_differences
from feedback_service.ratings.queries.witness import ERASURES, QUARANTINE, RATINGS, WITNESSES, digest_of

__all__ = [
    "ERASURES",
    "QUARANTINE",
    "RATINGS",
    "WITNESSES",
    "Comment",
    "Refused",
    "comments",
    "days",
    "digest_of",
    "kept_tally",
    "recount",
    "refusals",
    "tally_differences",
]
