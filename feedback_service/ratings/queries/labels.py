"""Reading labels of ratings: what is to be labelled, what is, and how often each label stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.period import Period
from feedback_service.ratings.models import Rating, RatingLabel
from feedback_service.ratings.rules import BY_RULES, Clock, Label, Press

LABELS = RowWitness("rating_label", RatingLabel)


@dataclass(frozen=True)
class Marked:
    """One rating of a tablet, its day and unit, and whether it is left out of the figures."""

    rating_id: str
    unit_id: int
    day: date
    is_left_out: bool


def left_out() -> ColumnElement[bool]:
    """Return the condition that a rating is left out of the figures: its tablet was lost when it was given."""
    is_lost = (RatingLabel.label == Label.LOST, RatingLabel.lifted_at.is_(None))
    return exists().where(RatingLabel.rating_id == Rating.id, *is_lost)


def marked() -> ColumnElement[bool]:
    """Return the condition that a rating bears a label of the rules."""
    holds = (RatingLabel.label.in_(BY_RULES), RatingLabel.lifted_at.is_(None))
    return exists().where(RatingLabel.rating_id == Rating.id, *holds)


def presses(session: Session, unit_ids: Iterable[int], *, since: date, until: date | None = None) -> tuple[Press, ...]:
    """Return the ratings of tablets of some units from a day on, until another or now, whose moment is believed."""
    columns = (Rating.id, Rating.kiosk_id, Rating.unit_id, Rating.answered_at, Rating.level)
    on_tablets = (Rating.kiosk_id.is_not(None), Rating.clock == Clock.RIGHT)
    query = select(*columns).where(Rating.unit_id.in_(list(unit_ids)), Rating.counted_on >= since, *on_tablets)
    if until is not None:
        query = query.where(Rating.counted_on <= until)
    return tuple(Press(*row) for row in session.execute(query.order_by(Rating.kiosk_id, Rating.id)))


def standing_labels(session: Session, unit_id: int, days: Period) -> frozenset[tuple[str, Label]]:
    """Return (rating, label) of every label of the rules that stands on a rating of a unit and some days."""
    query = (
        select(RatingLabel.rating_id, RatingLabel.label)
        .join(Rating, Rating.id == RatingLabel.rating_id)
        .where(
            Rating.unit_id == unit_id,
            Rating.counted_on.between(days.first_on, days.last_on),
            RatingLabel.label.in_(BY_RULES),
            RatingLabel.lifted_at.is_(None),
        )
    )
    return frozenset((row[0], Label(row[1])) for row in session.execute(query))


def arrived_since(session: Session, moment: datetime) -> date | None:
    """Return the earliest day of a rating that was stored since a moment, None when there is none."""
    query = select(func.min(Rating.counted_on)).where(Rating.stored_at >= moment, Rating.kiosk_id.is_not(None))
    return session.execute(query).scalar_one()


def given_on(session: Session, kiosk_id: int, *, since: datetime) -> tuple[Marked, ...]:
    """Return every rating that a tablet was given since a moment, by the clock that counts."""
    columns = (Rating.id, Rating.unit_id, Rating.counted_on, left_out())
    query = select(*columns).where(Rating.kiosk_id == kiosk_id, Rating.answered_at >= since).order_by(Rating.id)
    return tuple(Marked(*row) for row in session.execute(query))


def left_out_of(session: Session, kiosk_id: int) -> tuple[Marked, ...]:
    """Return every rating of a tablet that is left out of the figures."""
    columns = (Rating.id, Rating.unit_id, Rating.counted_on, left_out())
    query = select(*columns).where(Rating.kiosk_id == kiosk_id, left_out()).order_by(Rating.id)
    return tuple(Marked(*row) for row in session.execute(query))


def counts_of_labels(session: Session, kiosk_id: int) -> Mapping[str, int]:
    """Return how many ratings of a tablet bear each label."""
    query = (
        select(RatingLabel.label, func.count())
        .join(Rating, Rating.id == RatingLabel.rating_id)
        .where(Rating.kiosk_id == kiosk_id, RatingLabel.lifted_at.is_(None))
        .group_by(RatingLabel.label)
    )
    return {row[0]: row[1] for row in session.execute(query)}
