"""The staff routes of units: the tree over time, files, what becomes of a unit, and the logo of the office."""

from feedback_service.units.staff import changes, files, logo, units
from feedback_service.units.staff.blueprint import staff

__all__ = ["changes", "files", "logo", "staff", "units"]
