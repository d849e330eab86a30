"""The blueprint that every staff route of dossiers hangs on, and the units that figures can be of."""

from datetime import date

from flask import Blueprint
from sqlalchemy.orm import Session

from feedback_service.units import queries as units
from feedback_service.web.frame import person

staff = Blueprint("dossiers_staff", __name__)
PAGE = "/staff/dossiers"


def unit_choices(session: Session) -> list[tuple[str, str]]:
    """Return the units within reach, those of the past with the day on which they ended."""
    found = units.units(session, on=None, scope=person().scope)
    return [(str(unit.id), _named(unit.name, unit.valid_to)) for unit in found]


def _named(name: str, valid_to: date | None) -> str:
    return f"{name} (– {valid_to:%d/%m/%Y})" if valid_to else name
