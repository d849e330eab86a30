"""Comments to ratings go into the one queue of suggestions, in the transaction that records the rating."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.ratings import service as ratings
from feedback_service.ratings.models import Rating
from feedback_service.ratings.rules import Outcome, Verdict
from feedback_service.ratings.service import Arrival
from feedback_service.suggestions.rules.words import is_blank
from feedback_service.suggestions.service import RatingComment, from_rating


def receive(session: Session, arrivals: Sequence[Arrival]) -> list[tuple[Verdict, ...]]:
    """Record ratings as they came and make a suggestion of each comment that is new."""
    verdicts = ratings.receive(session, arrivals)
    for arrival, told in zip(arrivals, verdicts, strict=True):
        for comment in _comments(session, arrival, told):
            from_rating(session, comment, now=arrival.now)
    return verdicts


def _comments(session: Session, arrival: Arrival, told: tuple[Verdict, ...]) -> Iterator[RatingComment]:
    written = {
        sent.given.id: sent.given
        for sent, verdict in zip(arrival.sent, told, strict=True)
        if sent.given and verdict.outcome is Outcome.STORED and not is_blank(sent.given.comment)
    }
    if not written:
        return
    query = select(Rating.id, Rating.level, Rating.levels).where(Rating.id.in_(written))
    levels = {row.id: (row.level, row.levels) for row in session.execute(query)}
    for given in written.values():
        place, (level, most) = arrival.place, levels[given.id]
        yield RatingComment(
            rating_id=given.id,
            text=given.comment,
            unit_id=place.unit_id,
            counter_id=place.counter_id,
            channel=place.channel.value,
            language=given.language,
            level=level,
            levels=most,
        )
