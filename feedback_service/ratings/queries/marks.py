"""Labelled ratings as the desk reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.ratings.models import Rating, RatingLabel, RatingTally
from feedback_service.ratings.rules import BY_RULES, LABEL_NAMES, Label


@dataclass(frozen=True)
class Mark:
    """One label on one rating, and who lifted it and why; `level` of `levels` is what was chosen."""

    rating_id: str
    label: Label
    unit_id: int
    counter_id: int | None
    kiosk_id: int | None
    answered_at: datetime
    level: int | None
    levels: int | None
    rules_version: int
    lifted_at: datetime | None
    lifted_by: str | None
    reason: str | None

    @property
    def name(self) -> str:
        """The message id of its label."""
        return LABEL_NAMES[self.label]

    @property
    def place(self) -> str:
        """Where the next page goes on."""
        return f"{self.answered_at.isoformat()}/{self.rating_id}/{self.label.value}"


def marks(
    session: Session, unit_ids: Iterable[int], days: Period, *, label: Label | None, after: str = "", limit: int
) -> tuple[Mark, ...]:
    """Return the labels of the rules on ratings of some days, the newest rating first; ValueError for no place."""
    query = _marks().where(Rating.unit_id.in_(sorted(unit_ids)), *_of(days))
    query = query.order_by(Rating.answered_at.desc(), Rating.id.desc(), RatingLabel.label.desc()).limit(limit)
    if label is not None:
        query = query.where(RatingLabel.label == label)
    if after:
        moment, _, rest = after.partition("/")
        rating_id, _, name = rest.partition("/")
        behind = (datetime.fromisoformat(moment).astimezone(UTC), rating_id, name)
        query = query.where(tuple_(Rating.answered_at, Rating.id, RatingLabel.label) < behind)
    return tuple(_mark(row) for row in session.execute(query))


def mark(session: Session, rating_id: str, label: Label, unit_ids: Iterable[int]) -> Mark | None:
    """Return one label on a rating of these units, None when there is none."""
    query = _marks().where(
        RatingLabel.rating_id == rating_id, RatingLabel.label == label, Rating.unit_id.in_(sorted(unit_ids))
    )
    row = session.execute(query).one_or_none()
    return _mark(row) if row else None


def counts_of_marks(session: Session, unit_ids: Iterable[int], days: Period) -> dict[Label, tuple[int, int]]:
    """Return how many labels of each kind stand, and how many were lifted."""
    columns = (RatingLabel.label, RatingLabel.lifted_at.is_(None), func.count())
    query = select(*columns).join(Rating, Rating.id == RatingLabel.rating_id)
    query = query.where(Rating.unit_id.in_(sorted(unit_ids)), *_of(days)).group_by(columns[0], columns[1])
    found = {(Label(row[0]), bool(row[1])): row[2] for row in session.execute(query)}
    return {label: (found.get((label, True), 0), found.get((label, False), 0)) for label in BY_RULES}


def units_rated(session: Session, unit_ids: Iterable[int] | None, days: Period) -> tuple[int, ...]:
    """Return which of some units, or of all, have ratings on these days."""
    query = select(RatingTally.unit_id).where(RatingTally.day.between(days.first_on, days.last_on)).distinct()
    if unit_ids is not None:
        query = query.where(RatingTally.unit_id.in_(sorted(unit_ids)))
    return tuple(session.execute(query.order_by(RatingTally.unit_id)).scalars())


def _marks() -> Select[*tuple[Any, ...]]:
    return select(
        *(Rating.id, RatingLabel.label, Rating.unit_id, Rating.counter_id, Rating.kiosk_id, Rating.answered_at),
        *(Rating.level, Rating.levels, RatingLabel.rules_version),
        *(RatingLabel.lifted_at, RatingLabel.lifted_by, RatingLabel.reason),
    ).join(Rating, Rating.id == RatingLabel.rating_id)


def _of(days: Period) -> tuple[Any, ...]:
    return (Rating.counted_on.between(days.first_on, days.last_on), RatingLabel.label.in_(BY_RULES))


def _mark(row: Any) -> Mark:
    return Mark(row[0], Label(row[1]), *row[2:])
