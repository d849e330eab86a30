"""Acts on tablets: enrolling, moving, losing, setting up and hearing them; what the office writes and speaks."""

from feedback_service.kiosks.service.fleet import (
    JOBS,
    NOT_GOOD,
    Place,
    change,
    enrol,
    hear,
    issue_code,
    keep_setting,
    report_found,
    report_lost,
    revoke,
    tell_silent,
    token_hash,
)
from feedback_service.kiosks.service.prompts import Spoken, keep_prompt
from feedback_service.kiosks.service.roster import add_shift, keep_photo, remove_photo, remove_shift

__all__ = [
    "JOBS",
    "NOT_GOOD",
    "Place",
    "Spoken",
    "add_shift",
    "change",
    "enrol",
    "hear",
    "issue_code",
    "keep_photo",
    "keep_prompt",
    "keep_setting",
    "remove_photo",
    "remove_shift",
    "report_found",
    "report_lost",
    "revoke",
    "tell_silent",
    "token_hash",
]
