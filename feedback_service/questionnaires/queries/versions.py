"""Reading questionnaires: for tablets, for checking answers, for people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from feedback_service.audit.queries import RowWitness
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.questionnaires.rules import Question, asked_at_tablets, questions_of, spelled
from feedback_service.questionnaires.rules.wording import Wording

Words = Mapping[str, str]
"""One text by language."""
NAMES = RowWitness("questionnaire", Questionnaire)
VERSIONS = RowWitness("questionnaire_version", QuestionnaireVersion)
WITNESSES = (NAMES, VERSIONS)
LIST_LIMIT = 200
DRAFT, PUBLISHED = "draft", "published"
_ON_TABLETS = ("id", "kind", "text", "required", "show_if", "options", "help")


@dataclass(frozen=True)
class Version:
    """A version that has been published, ready to check answers with."""

    id: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Offer:
    """A questionnaire that can be asked; `is_for_tablets` says whether it was written for them."""

    id: str
    title: Words
    is_for_tablets: bool = False


@dataclass(frozen=True)
class Draft:
    """The draft of a questionnaire."""

    id: int
    number: int


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
    asked = asked_at_tablets(questions_of(found.questions))
    questions = [{name: told[name] for name in _ON_TABLETS if name in told} for told in json.loads(spelled(asked))]
    return {"id": questionnaire_id, "version": found.number, "questions": questions}


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
    """Return the questionnaires that a tablet can be given: those whose newest published version asks by faces."""
    other = aliased(QuestionnaireVersion)
    newest = (
        select(func.max(other.number))
        .where(other.questionnaire_id == Questionnaire.id, other.status == PUBLISHED)
        .scalar_subquery()
    )
    named = (Questionnaire.id, Questionnaire.title_vi, Questionnaire.title_en)
    wanted = (
        select(*named, Questionnaire.kind, QuestionnaireVersion.questions)
        .join(QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .where(QuestionnaireVersion.number == newest)
        .order_by(Questionnaire.kind, Questionnaire.id)
        .limit(LIST_LIMIT)
    )
    rows = [row for row in session.execute(wanted) if asked_at_tablets(questions_of(row.questions))]
    return tuple(Offer(row.id, {"vi": row.title_vi, "en": row.title_en}, row.kind == "kiosk") for row in rows)


def draft_of(session: Session, questionnaire_id: str) -> Draft | None:
    """Return the draft of a questionnaire, None when there is none."""
    found = session.execute(
        select(QuestionnaireVersion.id, QuestionnaireVersion.number).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.status == DRAFT
        )
    ).one_or_none()
    return Draft(found.id, found.number) if found else None


def wording(session: Session, questionnaire_id: str, number: int) -> Wording | None:
    """Return one version whole, as it was written."""
    query = (
        select(Questionnaire, QuestionnaireVersion)
        .join(QuestionnaireVersion, QuestionnaireVersion.questionnaire_id == Questionnaire.id)
        .where(Questionnaire.id == questionnaire_id, QuestionnaireVersion.number == number)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    name, version = found
    return Wording(
        id=name.id,
        kind=name.kind,
        title_vi=name.title_vi,
        title_en=name.title_en,
        legal_basis=version.legal_basis,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        is_unverified=version.is_unverified,
        questions=version.questions,
    )


def newest_published(session: Session, questionnaire_id: str) -> int | None:
    """Return the number of the newest published version, None when nothing is asked by this questionnaire."""
    return session.execute(
        select(func.max(QuestionnaireVersion.number)).where(
            QuestionnaireVersion.questionnaire_id == questionnaire_id, QuestionnaireVersion.status == PUBLISHED
        )
    ).scalar()


def asked_by(session: Session) -> tuple[Offer, ...]:
    """Return every questionnaire that has a published version, those of surveys first."""
    has_version = select(QuestionnaireVersion.id).where(
        QuestionnaireVersion.questionnaire_id == Questionnaire.id, QuestionnaireVersion.status == PUBLISHED
    )
    wanted = (
        select(Questionnaire.id, Questionnaire.title_vi, Questionnaire.title_en)
        .where(has_version.exists())
        .order_by(Questionnaire.kind.desc(), Questionnaire.id)
        .limit(LIST_LIMIT)
    )
    return tuple(Offer(row.id, {"vi": row.title_vi, "en": row.title_en}) for row in session.execute(wanted))


def question_texts(session: Session, version_ids: frozenset[int]) -> dict[int, tuple[Question, ...]]:
    """Return the questions of each version, for reports that name them."""
    wanted = select(QuestionnaireVersion.id, QuestionnaireVersion.questions).where(
        QuestionnaireVersion.id.in_(version_ids)
    )
    return {row.id: questions_of(row.questions) for row in session.execute(wanted)}


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
