"""Whether a person stands behind a form: fresh challenges, and what was answered to them."""

from feedback_service.challenges.guard.issuing import EXTENSION, PURPOSE, asked_work, fresh, kept, passed, pool, read
from feedback_service.challenges.guard.judging import attempt

__all__ = ["EXTENSION", "PURPOSE", "asked_work", "attempt", "fresh", "kept", "passed", "pool", "read"]
