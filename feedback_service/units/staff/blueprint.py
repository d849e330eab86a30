"""The blueprint that every staff route of units hangs on."""

from flask import Blueprint

from feedback_service.core.errors import Forbidden
from feedback_service.web.frame import person

staff = Blueprint("units_staff", __name__)
PAGE = "/staff/units"


def keep_to_everywhere() -> None:
    """Let only somebody pass whose reach is every unit: a change of the map concerns more than one of them."""
    if person().unit_id is not None:
        raise Forbidden("The map of units is changed by an administrator of all units.")
