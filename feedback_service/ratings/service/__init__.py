"""Acts on ratings: recording, keeping what was refused, erasing what was written, tallying again, labelling."""

from feedback_service.ratings.service import inviting, labelling
from feedback_service.ratings.service.erasing import erase_comment
from feedback_service.ratings.service.judging import Rerun, lift, rerun, restore
from feedback_service.ratings.service.labelling import find, lose
from feedback_service.ratings.service.quarantine import Refusal, keep_refused
from feedback_service.ratings.service.receiving import RECEIVER, Arrival, receive
from feedback_service.ratings.service.recording import record
from feedback_service.ratings.service.tallying import rebuild

JOBS = (*labelling.JOBS, *inviting.JOBS)
__all__ = [
    "JOBS",
    "RECEIVER",
    "Arrival",
    "Refusal",
    "Rerun",
    "erase_comment",
    "find",
    "keep_refused",
    "lift",
    "lose",
    "rebuild",
    "receive",
    "record",
    "rerun",
    "restore",
]
