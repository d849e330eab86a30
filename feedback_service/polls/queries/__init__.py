"""Reading polls: for citizens, for the desk, and for proving that nothing was changed."""

from feedback_service.polls.queries.counts import (
    VOTES,
    VOTES_THEMSELVES,
    Count,
    PollPage,
    Results,
    ResultsPage,
    differences,
    recount,
    results,
    vote_counts,
)
from feedback_service.polls.queries.polls import (
    POLLS,
    ListPage,
    OptionRow,
    PollRow,
    by_id,
    by_slug,
    has_slug,
    list_page,
    of_units,
    unit_names,
)

WITNESSES = (POLLS, VOTES)

__all__ = [
    "POLLS",
    "VOTES",
    "VOTES_THEMSELVES",
    "WITNESSES",
    "Count",
    "ListPage",
    "OptionRow",
    "PollPage",
    "PollRow",
    "Results",
    "ResultsPage",
    "by_id",
    "by_slug",
    "differences",
    "has_slug",
    "list_page",
    "of_units",
    "recount",
    "results",
    "unit_names",
    "vote_counts",
]
