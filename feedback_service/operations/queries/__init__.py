"""Looking at the state of the service itself."""

from feedback_service.operations.queries.examination import Finding, examination
from feedback_service.operations.queries.readiness import damage, differences, readiness

__all__ = ["Finding", "damage", "differences", "examination", "readiness"]
