"""The staff routes of tablets: the board, enrolment, one tablet, what holds for a unit and for a counter."""

from feedback_service.kiosks.staff import board, enrolment, roster, setting, tablet
from feedback_service.kiosks.staff.blueprint import ARRIVALS, staff

__all__ = ["ARRIVALS", "board", "enrolment", "roster", "setting", "staff", "tablet"]
