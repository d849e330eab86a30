"""Reading notices: who is told, what is on its way, what was sent and what failed, when telephones are left alone."""

from feedback_service.notices.queries.hours import HOURS, hours
from feedback_service.notices.queries.messages import (
    PAGE_ROWS,
    DeliveryRow,
    Outgoing,
    counts,
    failed_ids,
    has_due,
    is_done,
    log,
    outgoing,
    unfinished,
)
from feedback_service.notices.queries.targets import (
    TARGETS,
    Target,
    gateway,
    own_target,
    reached,
    subscribers,
    target,
    targets,
)

WITNESSES = (TARGETS, HOURS)
__all__ = [
    "HOURS",
    "PAGE_ROWS",
    "TARGETS",
    "WITNESSES",
    "DeliveryRow",
    "Outgoing",
    "Target",
    "counts",
    "failed_ids",
    "gateway",
    "has_due",
    "hours",
    "is_done",
    "log",
    "outgoing",
    "own_target",
    "reached",
    "subscribers",
    "target",
    "targets",
    "unfinished",
]
