"""Reading ratings: witnesses for the ledger, tallies, and what people read at the desk."""

from feedback_service.ratings.queries.comments import Comment, comments
from feedback_service.ratings.queries.labels import (
    LABELS,
    arrived_since,
    counts_of_labels,
    given_on,
    left_out_of,
    presses,
)
from feedback_service.ratings.queries.marks import Mark, counts_of_marks, mark, marks, units_rated
from feedback_service.ratings.queries.numbers import arrived_numbers
from feedback_service.ratings.queries.refusals import Refused, refusals
from feedback_service.ratings.queries.tallies import days, kept_tally, recount, tally_differences
from feedback_service.ratings.queries.witness import ERASURES, QUARANTINE, RATINGS, WITNESSES, digest_of

__all__ = [
    "ERASURES",
    "LABELS",
    "QUARANTINE",
    "RATINGS",
    "WITNESSES",
    "Comment",
    "Mark",
    "Refused",
    "arrived_numbers",
    "arrived_since",
    "comments",
    "counts_of_labels",
    "counts_of_marks",
    "days",
    "digest_of",
    "given_on",
    "kept_tally",
    "left_out_of",
    "mark",
    "marks",
    "presses",
    "recount",
    "refusals",
    "tally_differences",
    "units_rated",
]
