"""Questionnaires at the desk: what is asked, in which version, on what legal basis, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Response, current_app
from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.questionnaires import queries
from feedback_service.questionnaires.queries import Listed, ShownQuestion
from feedback_service.questionnaires.staff.blueprint import PAGE, staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person

USES = "questionnaires.uses"
"""Under this name the application gives what asks by a questionnaire: tablets and surveys are features above."""


@dataclass(frozen=True)
class Use:
    """One place where a questionnaire is asked: `label` is a message id, `endpoint` the route behind the address."""

    label: str
    name: str
    address: str
    endpoint: str


Uses = Callable[[Session, str, frozenset[int]], tuple[Use, ...]]


@dataclass(frozen=True)
class VersionView:
    """One version, where it is asked within reach, and whether a next one is being written."""

    listed: Listed
    legal_basis: str
    questions: tuple[ShownQuestion, ...]
    others: tuple[int, ...]
    uses: tuple[Use, ...]
    has_draft: bool


@staff.get(PAGE)
def questionnaires() -> Response:
    """Show every version of every questionnaire."""
    with platform().reading() as session:
        page = queries.list_page(session)
    return pages.show("questionnaires/list.html", page)


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>")
def version(questionnaire_id: str, number: int) -> Response:
    """Show one version, question by question."""
    uses = cast("Uses", current_app.extensions[USES])
    with platform().reading() as session:
        known = queries.version_page(session, questionnaire_id, number)
        if known is None:
            raise NotFound("There is no such version of a questionnaire.")
        asked_at = uses(session, questionnaire_id, person().scope)
        has_draft = queries.draft_of(session, questionnaire_id) is not None
    page = VersionView(known.listed, known.legal_basis, known.questions, known.others, asked_at, has_draft)
    return pages.show("questionnaires/version.html", page)
