"""What else the desk reads: drafts, answer templates, saved views, what is due, what is to be reviewed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, func, literal_column, or_, select, union
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.canonical import canonical
from feedback_service.core.period import Period, month_of
from feedback_service.core.text import order_key
from feedback_service.suggestions.models import (
    AnswerTemplate,
    SavedView,
    Suggestion,
    SuggestionDraft,
    SuggestionReview,
    SuggestionStep,
)
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.queries.rows import Row, rows_of, within
from feedback_service.suggestions.rules.clock import SOON_DAYS
from feedback_service.suggestions.rules.steps import Act
from feedback_service.units import queries as units

TEMPLATES = RowWitness("answer_template", AnswerTemplate)
LIST_LIMIT = 500
ONE_STAR = canonical({"level": 1})


@dataclass(frozen=True)
class Draft:
    """What an officer has begun to write."""

    text: str
    saved_at: datetime


@dataclass(frozen=True)
class Template:
    """Words that answers often begin with; without a unit they are for every unit."""

    id: int
    unit_id: int | None
    title: str
    text: str
    is_active: bool


@dataclass(frozen=True)
class OwnView:
    """A choice of filters that an officer keeps."""

    id: int
    name: str
    filters: str
    position: int


@dataclass(frozen=True)
class Due:
    """A suggestion whose day is near or past."""

    id: int
    unit_id: int
    handler_id: int | None
    kind: str
    due_on: date
    escalation: int


@dataclass(frozen=True)
class Reviewed:
    """An item of the monthly review and what was decided; `verdict` is None while nobody has."""

    row: Row
    verdict: str | None
    note: str
    account_id: int | None
    reviewed_at: datetime | None


def draft(session: Session, suggestion_id: int, account_id: int) -> Draft | None:
    """Return what an officer has begun to write about a suggestion."""
    query = select(SuggestionDraft.text, SuggestionDraft.saved_at).where(
        SuggestionDraft.suggestion_id == suggestion_id, SuggestionDraft.account_id == account_id
    )
    row = session.execute(query).one_or_none()
    return Draft(*row) if row else None


def templates(session: Session, unit_id: int | None, *, also_idle: bool = False) -> tuple[Template, ...]:
    """Return the answer templates for a unit, those of the units above it and of everybody; all of them without one."""
    query = select(*(getattr(AnswerTemplate, name) for name in Template.__dataclass_fields__))
    if unit_id is not None:
        over = AnswerTemplate.unit_id.in_(units.above(session, unit_id))
        query = query.where(or_(AnswerTemplate.unit_id.is_(None), over))
    if not also_idle:
        query = query.where(AnswerTemplate.is_active.is_(True))
    rows = [Template(*row) for row in session.execute(query.order_by(AnswerTemplate.id).limit(LIST_LIMIT))]
    return tuple(sorted(rows, key=lambda template: (order_key(template.title), template.id)))


def views(session: Session, account_id: int) -> tuple[OwnView, ...]:
    """Return the views that an officer has saved, in their order."""
    query = select(*(getattr(SavedView, name) for name in OwnView.__dataclass_fields__))
    query = query.where(SavedView.account_id == account_id).order_by(SavedView.position, SavedView.id)
    return tuple(OwnView(*row) for row in session.execute(query.limit(LIST_LIMIT)))


def due_soon(session: Session, today: date) -> tuple[Due, ...]:
    """Return what is due today or within the next two working days."""
    until = calendar(session).after(today, SOON_DAYS)
    return _due(session, Suggestion.due_on >= today, Suggestion.due_on <= until)


def overdue(session: Session, today: date) -> tuple[Due, ...]:
    """Return what is overdue, the longest first."""
    return _due(session, Suggestion.due_on < today)


def to_review(session: Session, month: date, *, scope: frozenset[int] | None, today: date) -> tuple[Reviewed, ...]:
    """Return what the review of a month looks at: everything hidden, and what was rated with one star in it (M6).

    A star that came with a wish to look again counts too; one that the sender has since replaced does not.
    """
    period = month_of(month)
    query = _among(scope, period, *_reviewable(period), _looked_at(period))
    found = list(session.execute(query.order_by(Suggestion.due_on, Suggestion.id).limit(LIST_LIMIT)).scalars())
    verdicts = {
        review.suggestion_id: review
        for review in session.execute(
            select(SuggestionReview).where(
                SuggestionReview.month == period.first_on, SuggestionReview.suggestion_id.in_(found)
            )
        ).scalars()
    }
    return tuple(_reviewed(row, verdicts.get(row.id)) for row in rows_of(session, found, scope=scope, today=today))


def review_left(session: Session, month: date, *, scope: frozenset[int] | None) -> int:
    """Return how many items of a month's review nobody has looked at yet, at most LIST_LIMIT."""
    period = month_of(month)
    query = _among(scope, period, *_reviewable(period)).where(Suggestion.id.not_in(_looked_at(period)))
    return session.execute(select(func.count()).select_from(query.limit(LIST_LIMIT).subquery())).scalar_one()


def _among(scope: frozenset[int] | None, period: Period, *ids: Select[int]) -> Select[int]:
    found = union(*ids).subquery()
    is_there = Suggestion.received_at < period.until_at
    return select(Suggestion.id).where(Suggestion.id.in_(select(found.c.id)), is_there, *within(scope, by_unit=False))


def _reviewable(period: Period) -> tuple[Select[int], Select[int]]:
    """Return the ids of what was given one star and of what is hidden; each is led by its own index."""
    is_starred = func.coalesce(Suggestion.level, 1) == 1  # the day of the rating leads, not the level
    starred = select(Suggestion.id).where(Suggestion.id.in_(_given_one_star(period)), is_starred)
    return starred, select(Suggestion.id).where(Suggestion.is_hidden.is_(True))


def _looked_at(period: Period) -> Select[int]:
    return select(SuggestionReview.suggestion_id.label("id")).where(SuggestionReview.month == period.first_on)


def _given_one_star(period: Period) -> Select[int]:
    is_rating = SuggestionStep.act == literal_column(f"'{Act.RATE}'")  # a bound value would not find the partial index
    in_time = and_(SuggestionStep.at >= period.from_at, SuggestionStep.at < period.until_at)
    return select(SuggestionStep.suggestion_id).where(is_rating, in_time, SuggestionStep.facts == ONE_STAR)


def _reviewed(row: Row, review: SuggestionReview | None) -> Reviewed:
    if review is None:
        return Reviewed(row, None, "", None, None)
    return Reviewed(row, review.verdict, review.note, review.account_id, review.reviewed_at)


def _due(session: Session, *conditions: object) -> tuple[Due, ...]:
    query = select(*(getattr(Suggestion, name) for name in Due.__dataclass_fields__))
    query = query.where(Suggestion.is_open.is_(True), *conditions)  # type: ignore[arg-type]  # comparisons of columns
    rows = session.execute(query.order_by(Suggestion.due_on, Suggestion.id).limit(100 * LIST_LIMIT))
    return tuple(Due(*row) for row in rows)
