"""What the desk shows of questionnaires: the list, one version, how two versions differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback_service.core.words import Sentence
from feedback_service.questionnaires.models import Questionnaire, QuestionnaireVersion
from feedback_service.questionnaires.queries.versions import LIST_LIMIT, Words
from feedback_service.questionnaires.rules import Kind, Option, Question, Source, Value, questions_of
from feedback_service.questionnaires.rules.differences import differences


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
    """A question as people read it; asked upon the answers `after` to `after_question`, number `after_place`."""

    id: str
    kind: Kind
    text: Words
    help: Words
    required: bool
    options: tuple[Option, ...]
    after_question: Words | None
    after_place: int
    after: tuple[Words, ...]
    group: Words
    source: Source


@dataclass(frozen=True)
class VersionPage:
    """One version, whole; `others` are the numbers of the others, the newest first."""

    listed: Listed
    legal_basis: str
    questions: tuple[ShownQuestion, ...]
    others: tuple[int, ...]


@dataclass(frozen=True)
class DifferencePage:
    """How one version differs from an earlier one, in words."""

    listed: Listed
    other: int
    differences: tuple[Sentence, ...]


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
    query = select(QuestionnaireVersion.number).where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
    numbers = session.execute(query.order_by(QuestionnaireVersion.number.desc()).limit(LIST_LIMIT)).scalars()
    return VersionPage(
        _as_listed(name, version),
        version.legal_basis,
        shown_questions(questions_of(version.questions)),
        tuple(other for other in numbers if other != number),
    )


def difference_page(session: Session, questionnaire_id: str, number: int, other: int) -> DifferencePage | None:
    """Return how version `number` differs from version `other`, None when one of them is not there."""
    wanted = _listed().where(Questionnaire.id == questionnaire_id, QuestionnaireVersion.number.in_({number, other}))
    found = {version.number: (name, version) for name, version in session.execute(wanted.limit(2))}
    if not {number, other} <= set(found):
        return None
    old, new = questions_of(found[other][1].questions), questions_of(found[number][1].questions)
    return DifferencePage(_as_listed(*found[number]), other, differences(old, new))


def shown_questions(questions: tuple[Question, ...]) -> tuple[ShownQuestion, ...]:
    """Return questions as people read them."""
    known = {question.id: (place, question) for place, question in enumerate(questions, start=1)}
    return tuple(_shown(question, known) for question in questions)


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


def _shown(question: Question, known: Mapping[str, tuple[int, Question]]) -> ShownQuestion:
    condition = question.show_if
    place, asked = known.get(condition.question, (0, None)) if condition else (0, None)
    return ShownQuestion(
        id=question.id,
        kind=question.kind,
        text=question.text,
        help=question.help,
        required=question.required,
        options=question.options,
        after_question=asked.text if asked else None,
        after_place=place,
        after=_after(asked, condition.values) if asked and condition else (),
        group=question.group,
        source=question.source,
    )


def _after(asked: Question, values: tuple[Value, ...]) -> tuple[Words, ...]:
    if asked.options:
        return tuple(option.text for option in asked.options if option.value in values)
    return tuple({"vi": str(value)} for value in values)
