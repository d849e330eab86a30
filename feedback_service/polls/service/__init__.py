"""Acts on polls: write one down, let it run, vote, look at what is in doubt, keep the tally."""

from feedback_service.polls.service import networks, suspicion
from feedback_service.polls.service.networks import Keyring
from feedback_service.polls.service.receiving import SHUT, Try, count_traffic, receive
from feedback_service.polls.service.suspicion import Verdict, examine, judge
from feedback_service.polls.service.voting import (
    PUBLIC,
    Ballot,
    Trace,
    cast,
    digest_of,
    rebuild_tally,
)
from feedback_service.polls.service.writing import adjust, allow, create, move, note_export, rewrite, shipped

JOBS = (*networks.JOBS, *suspicion.JOBS)
"""What the worker does every day."""

__all__ = [
    "JOBS",
    "PUBLIC",
    "SHUT",
    "Ballot",
    "Keyring",
    "Trace",
    "Try",
    "Verdict",
    "adjust",
    "allow",
    "cast",
    "count_traffic",
    "create",
    "digest_of",
    "examine",
    "judge",
    "move",
    "note_export",
    "rebuild_tally",
    "receive",
    "rewrite",
    "shipped",
]
