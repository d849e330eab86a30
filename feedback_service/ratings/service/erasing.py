"""Erasing what was written beside a rating; the rating itself stays counted."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import NotFound
from feedback_service.ratings.models import RatingComment
from feedback_service.ratings.queries import ERASURES


def erase_comment(session: Session, rating_id: str, *, actor: str, now: datetime) -> None:
    """Erase the comment of a rating for good; erasing it again changes nothing. Raises NotFound without a comment."""
    erasure = (
        update(RatingComment)
        .where(RatingComment.rating_id == rating_id, RatingComment.text.is_not(None))
        .values(text=None, salt=None)
        .returning(RatingComment.rating_id)
    )
    is_erased_now = session.execute(erasure).one_or_none() is not None
    kept = ERASURES.digests(session, [rating_id])
    if not kept:
        raise NotFound("There is no comment beside this rating.")
    if is_erased_now:
        act = Act("comment.erased", actor=actor, subject=(ERASURES.kind, rating_id), digest=kept[rating_id])
        note(session, act, now=now)
