"""The staff routes of tablets: the board, enrolment, one tablet, what is set for a unit and a counter, prompts."""

from feedback_service.kiosks.staff import board, enrolment, photos, prompts, roster, setting, shift_files, tablet
from feedback_service.kiosks.staff.blueprint import ARRIVALS, staff

__all__ = ["ARRIVALS", "board", "enrolment", "photos", "prompts", "roster", "setting", "shift_files", "staff", "tablet"]
