"""Acts of notices: queue one with the act that it tells of, take what is due, keep the outcome, keep targets."""

from feedback_service.notices.service.hours import keep_hours
from feedback_service.notices.service.jobs import JOBS, Job, job_key, run_once, sweep
from feedback_service.notices.service.outbox import (
    BATCH,
    Contact,
    Outcome,
    Reach,
    claim,
    conclude,
    queue,
    retry,
)
from feedback_service.notices.service.targets import (
    TargetFacts,
    add_target,
    change_target,
    renew_secret,
    switch_target,
)

__all__ = [
    "BATCH",
    "JOBS",
    "Contact",
    "Job",
    "Outcome",
    "Reach",
    "TargetFacts",
    "add_target",
    "change_target",
    "claim",
    "conclude",
    "job_key",
    "keep_hours",
    "queue",
    "renew_secret",
    "retry",
    "run_once",
    "sweep",
    "switch_target",
]
