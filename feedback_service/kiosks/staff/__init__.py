"""The staff routes of tablets: the board, enrolment, one tablet."""

from feedback_service.kiosks.staff import board, enrolment, tablet
from feedback_service.kiosks.staff.blueprint import staff

__all__ = ["board", "enrolment", "staff", "tablet"]
