"""What people write beside a rating, or in answer to it, goes into the one queue of suggestions, with the rating."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.ratings import service as ratings
from feedback_service.ratings.models import Rating
from feedback_service.ratings.models import RatingComment as Kept
from feedback_service.ratings.rules import Given, Outcome, Verdict
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
        if sent.given and verdict.outcome is Outcome.STORED and _may_hold_words(sent.given)
    }
    if not written:
        return
    query = select(Rating.id, Rating.level, Rating.levels, Kept.text).join(Kept, Kept.rating_id == Rating.id)
    kept = {row.id: (row.text, row.level, row.levels) for row in session.execute(query.where(Rating.id.in_(written)))}
    for given in written.values():
        place, (text, level, most) = arrival.place, kept.get(given.id, ("", None, None))
        if is_blank(text):
            continue
        yield RatingComment(
            rating_id=given.id,
            text=text,
            unit_id=place.unit_id,
            counter_id=place.counter_id,
            channel=place.channel.value,
            language=given.language,
            level=level,
            levels=most,
        )


def _may_hold_words(given: Given) -> bool:
    """Say whether something may have been written: beside the faces, or in answer to a question for text."""
    return not is_blank(given.comment) or any(isinstance(answer, str) for answer in given.answers.values())
