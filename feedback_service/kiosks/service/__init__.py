"""Acts on tablets: enrolling, moving, losing, setting up and hearing them; what the office writes and speaks."""

from feedback_service.kiosks.service.fleet import (
    JOBS,
    NOT_GOOD,
    Place,
    add_shift,
    change,
    enrol,
    hear,
    issue_code,
    keep_setting,
    remove_shift,
    report_found,
    report_lost,
    revoke,
    tell_silent,
    token_hash,
)
from feedback_service.kiosks.service.prompts import Spoken, keep_prompt

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
    "keep_prompt",
    "keep_setting",
    "remove_shift",
    "report_found",
    "report_lost",
    "revoke",
    "tell_silent",
    "token_hash",
]
