"""Answers to the questions of a questionnaire, from the daily tallies."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.questionnaires.models import QuestionnaireVersion
from feedback_service.questionnaires.queries import question_texts
from feedback_service.ratings.models import ChoiceTally

SUSPICIOUS = "suspicious"


@dataclass(frozen=True)
class Answered:
    """How often each value of each question was chosen, suspicious answers apart; the words of the newest version."""

    counts: Mapping[str, Mapping[str, int]]
    texts: Mapping[str, str]


def answered(
    session: Session, questionnaire: str, unit_ids: frozenset[int], days: Period, *, language: str
) -> Answered:
    """Return what was answered in a period by every published version of a questionnaire."""
    published = (QuestionnaireVersion.questionnaire_id == questionnaire, QuestionnaireVersion.status != "draft")
    found = session.execute(select(QuestionnaireVersion.id).where(*published).order_by(QuestionnaireVersion.id))
    versions = list(found.scalars())
    keys = (ChoiceTally.question, ChoiceTally.value)
    query = select(*keys, func.sum(ChoiceTally.count)).where(
        ChoiceTally.unit_id.in_(sorted(unit_ids)),
        ChoiceTally.day.between(days.first_on, days.last_on),
        ChoiceTally.version_id.in_(versions),
        ChoiceTally.tier != SUSPICIOUS,
    )
    counts: dict[str, dict[str, int]] = {}
    for question, value, count in session.execute(query.group_by(*keys)):
        counts.setdefault(question, {})[value] = int(count)
    return Answered(counts, _texts(session, versions[-1:], language) if counts else {})


def _texts(session: Session, newest: list[int], language: str) -> Mapping[str, str]:
    asked = [question for questions in question_texts(session, frozenset(newest)).values() for question in questions]
    return {question.id: question.text.get(language) or question.text["vi"] for question in asked}
