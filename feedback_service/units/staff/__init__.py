"""The staff routes of units: units with their counters and hours, and the logo of the office."""

from feedback_service.units.staff import logo, units
from feedback_service.units.staff.blueprint import staff

__all__ = ["logo", "staff", "units"]
