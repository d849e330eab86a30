"""Questionnaires at the desk: what is asked, in which version, on what legal basis."""

from flask import Blueprint, Response

from feedback_service.core.errors import NotFound
from feedback_service.questionnaires import queries
from feedback_service.web import pages
from feedback_service.web.context import platform

staff = Blueprint("questionnaires_staff", __name__)


@staff.get("/staff/questionnaires")
def questionnaires() -> Response:
    """Show every version of every questionnaire."""
    with platform().reading() as session:
        page = queries.list_page(session)
    return pages.show("questionnaires/list.html", page)


@staff.get("/staff/questionnaires/<questionnaire_id>/<int:number>")
def version(questionnaire_id: str, number: int) -> Response:
    """Show one version, question by question."""
    with platform().reading() as session:
        page = queries.version_page(session, questionnaire_id, number)
    if page is None:
        raise NotFound("There is no such version of a questionnaire.")
    return pages.show("questionnaires/version.html", page)
