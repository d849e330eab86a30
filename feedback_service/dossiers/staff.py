"""Dossier figures at the desk: what each unit reported, with its on-time rate in both ways of shortening."""

from dataclasses import dataclass

from flask import Blueprint, Response

from feedback_service.dossiers.queries import Line, reports
from feedback_service.units.queries import names
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person

staff = Blueprint("dossiers_staff", __name__)


@dataclass(frozen=True)
class Page:
    """What the page shows: reports, and the names of their units as they were."""

    lines: tuple[Line, ...]
    units: dict[int, str]


@staff.get("/staff/dossiers")
def dossiers() -> Response:
    """Show every report within reach, the latest period first."""
    with platform().reading() as session:
        lines = reports(session, person().scope)
        page = Page(lines, names(session, {line.unit_id for line in lines}))
    return pages.show("dossiers/list.html", page)
