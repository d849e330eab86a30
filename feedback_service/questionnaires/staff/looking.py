"""Looking at a version before anybody answers: as a tablet, as a page of the portal, beside another version."""

from dataclasses import dataclass

from flask import Response, request

from feedback_service.core.errors import NotFound
from feedback_service.questionnaires import queries
from feedback_service.questionnaires.rules import Question, asked_at_tablets, asked_of_citizens, questions_of
from feedback_service.questionnaires.rules.asking import Asked, Group, groups_of
from feedback_service.questionnaires.rules.wording import Wording
from feedback_service.questionnaires.staff.blueprint import PAGE, staff
from feedback_service.questionnaires.staff.drafts import known_wording
from feedback_service.web import pages
from feedback_service.web.context import platform


@dataclass(frozen=True)
class WebPreview:
    """A version as a page of the portal on which nothing can be sent."""

    source: Wording
    number: int
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class TabletPreview:
    """One screen of a version as a tablet shows it; `place` counts from 1."""

    source: Wording
    number: int
    place: int
    count: int
    asked: Asked


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>/preview")
def web_preview(questionnaire_id: str, number: int) -> Response:
    """Show a version as citizens see it on the portal."""
    with platform().reading() as session:
        source = known_wording(session, questionnaire_id, number)
    page = WebPreview(source, number, groups_of(questions_of(source.questions)))
    return pages.show("questionnaires/web_preview.html", page)


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>/preview/tablet")
def tablet_preview(questionnaire_id: str, number: int) -> Response:
    """Show one question of a version as a tablet shows it."""
    with platform().reading() as session:
        source = known_wording(session, questionnaire_id, number)
    written = questions_of(source.questions)
    questions = asked_at_tablets(written) or asked_of_citizens(written)
    if not questions:
        raise NotFound("This draft asks nothing yet.")
    place = min(max(request.args.get("question", 1, int), 1), len(questions))
    page = TabletPreview(source, number, place, len(questions), _asked(questions, place))
    return pages.show("questionnaires/tablet_preview.html", page)


@staff.get(f"{PAGE}/<questionnaire_id>/<int:number>/difference/<int:other>")
def difference(questionnaire_id: str, number: int, other: int) -> Response:
    """Show in words how a version differs from another."""
    with platform().reading() as session:
        page = queries.difference_page(session, questionnaire_id, number, other)
    if page is None:
        raise NotFound("There is no such version of a questionnaire.")
    return pages.show("questionnaires/difference.html", page)


def _asked(questions: tuple[Question, ...], place: int) -> Asked:
    question = questions[place - 1]
    known = {one.id: one for one in questions}
    return Asked(question, known.get(question.show_if.question) if question.show_if else None)
