"""Whether a person stands behind a form: fresh challenges, and what was answered to them."""

from feedback_service.challenges.guard.issuing import EXTENSION, PURPOSE, fresh, kept, passed, pool, read
from feedback_service.challenges.guard.judging import attempt

__all__ = ["EXTENSION", "PURPOSE", "attempt", "fresh", "kept", "passed", "pool", "read"]
