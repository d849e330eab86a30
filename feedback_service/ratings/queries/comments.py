"""What citizens wrote beside their ratings, as the desk reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from feedback_service.questionnaires.queries import question_texts
from feedback_service.questionnaires.rules import Kind, Option, Question
from feedback_service.ratings.models import Rating, RatingComment


@dataclass(frozen=True)
class Comment:
    """One comment: where and when it was written, and beside which answer to the faces (None beside none)."""

    rating_id: str
    unit_id: int
    counter_id: int | None
    written_at: datetime
    text: str
    chosen: Option | None

    @property
    def place(self) -> str:
        """Where the next page goes on."""
        return f"{self.written_at.isoformat()}/{self.rating_id}"


def comments(session: Session, unit_ids: Iterable[int], *, after: str = "", limit: int) -> tuple[Comment, ...]:
    """Return comments that are not erased, the newest first, from behind the place `after`; ValueError for no place."""
    query = (
        select(
            *(RatingComment.rating_id, RatingComment.unit_id, Rating.counter_id, RatingComment.written_at),
            *(RatingComment.text, Rating.version_id, Rating.level),
        )
        .join(Rating, Rating.id == RatingComment.rating_id)
        .where(RatingComment.unit_id.in_(sorted(unit_ids)), RatingComment.text.is_not(None))
        .order_by(RatingComment.written_at.desc(), RatingComment.rating_id.desc())
        .limit(limit)
    )
    if after:
        moment, _, rating_id = after.partition("/")
        behind = (datetime.fromisoformat(moment).astimezone(UTC), rating_id)
        query = query.where(tuple_(RatingComment.written_at, RatingComment.rating_id) < behind)
    rows = session.execute(query).all()
    questions = question_texts(session, frozenset(row.version_id for row in rows))
    return tuple(
        Comment(*row[:4], text=row.text or "", chosen=_chosen(questions[row.version_id], row.level)) for row in rows
    )


def _chosen(questions: tuple[Question, ...], level: int | None) -> Option | None:
    faces = next((question for question in questions if question.kind is Kind.FACES), None)
    return next((option for option in faces.options if option.value == level), None) if faces else None
