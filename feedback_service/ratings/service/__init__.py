"""Acts on ratings: recording them, keeping what was refused, erasing what was written, tallying again."""

from feedback_service.ratings.service.erasing import erase_comment
from feedback_service.ratings.service.quarantine import Refusal, keep_refused
from feedback_service.ratings.service.receiving import Arrival, receive
from feedback_service.ratings.service.recording import record
from feedback_service.ratings.service.tallying import rebuild

__all__ = ["Arrival", "Refusal", "erase_comment", "keep_refused", "rebuild", "receive", "record"]
