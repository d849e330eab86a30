"""The heads of the ledger for everybody: whoever keeps one can later prove that nothing before it was changed."""

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify

from feedback_service.audit.queries import ClosedDay, closed_days
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.lasting import lasting

public = Blueprint("audit_public", __name__)


@dataclass(frozen=True)
class DaysPage:
    """The days that were closed, the last one first."""

    days: tuple[ClosedDay, ...]


@public.get("/ledger")
@lasting
def days() -> Response:
    """Show the head of every closed day, and how to check it."""
    with platform().reading() as session:
        page = DaysPage(closed_days(session))
    return pages.show("audit/days.html", page)


@public.get("/ledger.json")
def days_for_programs() -> Response:
    """Tell the same to programs."""
    with platform().reading() as session:
        known = closed_days(session)
    return jsonify(days=[{"day": closed.day.isoformat(), "head": closed.head} for closed in known])
