"""Looking at the state of the service itself."""

from feedback_service.operations.queries.examination import Finding, examination
from feedback_service.operations.queries.readiness import differences, readiness

__all__ = ["Finding", "differences", "examination", "readiness"]
