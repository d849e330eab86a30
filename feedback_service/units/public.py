"""What everybody may fetch of the office: its logo."""

from flask import Blueprint, Response

from feedback_service.core.errors import NotFound
from feedback_service.units import queries
from feedback_service.web.assets import YEAR
from feedback_service.web.context import platform
from feedback_service.web.pictures import SMALL

public = Blueprint("units_public", __name__)


@public.get(f"{queries.LOGO_ADDRESS}<logo_hash>")
def logo(logo_hash: str) -> Response:
    """Return the logo; its address names its content, so it may be kept for good."""
    with platform().reading() as session:
        found = queries.office_logo(session, logo_hash)
    if found is None:
        raise NotFound("There is nothing at this address. Please check it, or start from the home page.")
    response = Response(found, mimetype=SMALL)
    response.headers["Cache-Control"] = YEAR
    return response
