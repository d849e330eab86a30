"""Titles of questionnaires that ask for faces."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion


def titles(session: Session, language: str) -> tuple[tuple[str, str], ...]:
    """Return id and title of every questionnaire that has been published and asks for faces."""
    query = (
        select(Questionnaire.id, Questionnaire.title_vi, Questionnaire.title_en)
        .where(
            QuestionnaireVersion.questionnaire_id == Questionnaire.id,
            QuestionnaireVersion.status != "draft",
            QuestionnaireVersion.questions.contains('"faces"'),
        )
        .distinct()
        .order_by(Questionnaire.id)
    )
    return tuple((row[0], row[1] if language == "vi" else row[2] or row[1]) for row in session.execute(query))
