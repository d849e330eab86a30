"""Rules of questionnaires: what answers fit, what keeps a version from being published, how a draft is changed."""

from feedback_service.questionnaires.rules.flaws import Flaw, flaws
from feedback_service.questionnaires.rules.questions import (
    SCALE,
    Answer,
    Answers,
    Condition,
    Kind,
    Option,
    Question,
    Source,
    Value,
    asked_at_tablets,
    asked_of_citizens,
    face_of,
    faults_in,
    is_asked,
    questions_of,
    spelled,
)

__all__ = [
    "SCALE",
    "Answer",
    "Answers",
    "Condition",
    "Flaw",
    "Kind",
    "Option",
    "Question",
    "Source",
    "Value",
    "asked_at_tablets",
    "asked_of_citizens",
    "face_of",
    "faults_in",
    "flaws",
    "is_asked",
    "questions_of",
    "spelled",
]
