"""Reading questionnaires: for tablets, for checking answers, for people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.questionnaires.rules import Kind, Option, Question, questions_of

Words = Mapping[str, str]
"""One text by language."""
NAMES = RowWitness("questionnaire", Questionnaire)
VERSIONS = RowWitness("questionnaire_version", QuestionnaireVersion)
WITNESSES = (NAMES, VERSIONS)
LIST_LIMIT = 200
DRAFT, PUBLISHED = "draft", "published"


@dataclass(frozen=True)
class Version:
    """A version that has been published, ready to check answers with."""

    id: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Offer:
    """A questionnaire that a tablet can be given."""

    id: str
    title: Words


@dataclass(frozen=True)
class Listed:
    """One version in the list of the desk."""

    id: str
    title: Words
    kind: str
    number: int
    status: str
    valid_from: date
    valid_to: date | None
    is_unverified: bool
    question_count: int


@dataclass(frozen=True)
class ListPage:
    """Every version of every questionnaire."""

    versions: tuple[Listed, ...]


@dataclass(frozen=True)
class ShownQuestion:
    """A question as people read it; `after` holds the answers to `after_question` upon which it is asked."""

    id: str
    kind: Kind
    text: Words
    help: Words
    required: bool
    options: tuple[Option, ...]
    after_question: Words | None
    after: tuple[Words, ...]


@dataclass(frozen=True)
class VersionPage:
    """One version, whole."""

    listed: Listed
    legal_basis: str
    questions: tuple[ShownQuestion, ...]


def bundle(session: Session, questionnaire_id: str) -> dict[str, object] | None:
    """Return what a tablet asks by: {"id", "version", "questions"} of the newest published version, None if none is."""
    newest = (
        select(QuestionnaireVersion.number, QuestionnaireVersion.questions)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.status == PUBLISHED)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )
    found = session.execute(newest).one_or_none()
    if found is None:
        return None
    return {"id": questionnaire_id, "version": found.number, "questions": json.loads(found.questions)}


def published(session: Session, questionnaire_id: str, number: int) -> Version | None:
    """Return a version that is or was published; tablets that were long away still answer by a retired one."""
    found = session.execute(
        select(QuestionnaireVersion.id, QuestionnaireVersion.questions).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id,
            QuestionnaireVersion.number == number,
            QuestionnaireVersion.status != DRAFT,
        )
    ).one_or_none()
    return _version(*found) if found else None


def offers(session: Session) -> tuple[Offer, ...]:
    """Return the questionnaires that a tablet can be given, those with a published version."""
    has_version = select(QuestionnaireVersion.id).where(
        QuestionnaireVersion.questionnaire_id == Questionnaire.id, QuestionnaireVersion.status == PUBLISHED
    )
    wanted = (
        select(Questionnaire.id, Questionnaire.title_vi, Questionnaire.title_en)
        .where(Questionnaire.kind == "kiosk", has_version.exists())
        .order_by(Questionnaire.id)
        .limit(LIST_LIMIT)
    )
    return tuple(Offer(row.id, {"vi": row.title_vi, "en": row.title_en}) for row in session.execute(wanted))


def question_texts(session: Session, version_ids: frozenset[int]) -> dict[int, tuple[Question, ...]]:
    """Return the questions of each version, for reports that name them."""
    wanted = select(QuestionnaireVersion.id, QuestionnaireVersion.questions).where(
        QuestionnaireVersion.id.in_(version_ids)
    )
    return {row.id: questions_of(row.questions) for row in session.execute(wanted)}


def list_page(session: Session) -> ListPage:
    """Return the list of versions, the newest of each questionnaire first."""
    wanted = _listed().order_by(Questionnaire.id, QuestionnaireVersion.number.desc()).limit(LIST_LIMIT)
    return ListPage(tuple(_as_listed(name, version) for name, version in session.execute(wanted)))


def version_page(session: Session, questionnaire_id: str, number: int) -> VersionPage | None:
    """Return one version with its questions in words."""
    wanted = _listed().where(Questionnaire.id == questionnaire_id, QuestionnaireVersion.number == number)
    found = session.execute(wanted).one_or_none()
    if found is None:
        return None
    name, version = found
    questions = questions_of(version.questions)
    known = {question.id: question for question in questions}
    return VersionPage(
        _as_listed(name, version), version.legal_basis, tuple(_shown(question, known) for question in questions)
    )


def newest_number(session: Session, questionnaire_id: str) -> int:
    """Return the number of the newest version, 0 when there is none."""
    return session.execute(
        select(func.coalesce(func.max(QuestionnaireVersion.number), 0)).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id
        )
    ).scalar_one()


@lru_cache(maxsize=256)
def _version(version_id: int, questions: str) -> Version:
    return Version(version_id, questions_of(questions))


def _listed() -> Select[Questionnaire, QuestionnaireVersion]:
    return select(Questionnaire, QuestionnaireVersion).join(
        QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Questionnaire.id
    )


def _as_listed(name: Questionnaire, version: QuestionnaireVersion) -> Listed:
    return Listed(
        id=name.id,
        title={"vi": name.title_vi, "en": name.title_en},
        kind=name.kind,
        number=version.number,
        status=version.status,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        is_unverified=version.is_unverified,
        question_count=len(questions_of(version.questions)),
    )


def _shown(question: Question, known: Mapping[str, Question]) -> ShownQuestion:
    condition = question.show_if
    asked = known[condition.question] if condition else None
    return ShownQuestion(
        id=question.id,
        kind=question.kind,
        text=question.text,
        help=question.help,
        required=question.required,
        options=question.options,
        after_question=asked.text if asked else None,
        after=tuple(o.text for o in asked.options if o.value in condition.values) if asked and condition else (),
    )
