"""The staff routes of dossiers: reading figures, typing one report in, taking in a file."""

from feedback_service.dossiers.staff import desk, sheets, typing
from feedback_service.dossiers.staff.blueprint import staff

__all__ = ["desk", "sheets", "staff", "typing"]
