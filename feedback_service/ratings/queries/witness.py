"""Witnesses of ratings: what each contains today, whether or not its comment has been erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, inspect, select, type_coerce
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness, StoredText
from feedback_service.audit.queries.witness import BOUND
from feedback_service.core.canonical import digest
from feedback_service.db import Base
from feedback_service.ratings.models import Rating, RatingComment, RatingQuarantine
from feedback_service.ratings.queries.labels import LABELS
from feedback_service.ratings.queries.papers import BATCHES
from feedback_service.ratings.queries.qr import CODES
from feedback_service.ratings.queries.surveys import SURVEYS
from feedback_service.ratings.rules import seal

Texts = Mapping[str, str]
"""The columns of a row as StoredText spells them; absent ones are left out."""


@dataclass(frozen=True)
class RatingWitness(RowWitness):
    """Witness of ratings with their comments; of an erased comment its seal stands for the text."""

    def digests(self, session: Session, subject_ids: list[str]) -> dict[str, str]:
        """Return the digest of each rating that exists among `subject_ids`."""
        found: dict[str, str] = {}
        for start in range(0, len(subject_ids), BOUND):
            ids = subject_ids[start : start + BOUND]
            written = session.execute(_COMMENTS.where(_comment_in(ids))).mappings()
            comments = {row["rating_id"]: _known(row) for row in written}
            for row in session.execute(_RATINGS.where(Rating.id.in_(ids))).mappings():
                found[row["id"]] = digest_of(_known(row), comments.get(row["id"]))
        return found


@dataclass(frozen=True)
class ErasureWitness(RowWitness):
    """Witness of comments that were erased: each must have its entry, so that none can vanish unnoticed."""

    def digests(self, session: Session, subject_ids: list[str]) -> dict[str, str]:
        """Return the digest of each comment among `subject_ids` that has been erased."""
        rows = session.execute(_COMMENTS.where(_comment_in(subject_ids), RatingComment.text.is_(None)))
        return {row["rating_id"]: digest(_known(row)) for row in rows.mappings()}

    def ids_after(self, session: Session, last_id: str | None, limit: int) -> list[str]:
        """Return up to `limit` ids of ratings whose comment has been erased, those after `last_id`."""
        query = select(RatingComment.rating_id).where(RatingComment.text.is_(None))
        if last_id is not None:
            query = query.where(RatingComment.rating_id > last_id)
        return list(session.execute(query.order_by(RatingComment.rating_id).limit(limit)).scalars())


def digest_of(rating: Texts, comment: Texts | None) -> str:
    """Return the digest that the ledger keeps of a rating; it is the same before and after its comment is erased."""
    if comment is None:
        return digest([rating])
    sealed = seal(comment.get("text", ""), comment["salt"]) if "salt" in comment else comment["seal"]
    kept = {name: text for name, text in comment.items() if name not in ("text", "salt")}
    return digest([rating, kept, sealed])


def _texts(model: type[Base]) -> Any:
    names = [attribute.key for attribute in inspect(model).column_attrs]
    return select(*(type_coerce(getattr(model, name), StoredText).label(name) for name in names))


def _known(row: RowMapping) -> Texts:
    return {name: text for name, text in row.items() if text is not None}


def _comment_in(ids: list[str]) -> Any:
    return RatingComment.rating_id.in_(ids)


_RATINGS = _texts(Rating)
_COMMENTS = _texts(RatingComment)
RATINGS = RatingWitness("rating", Rating, is_final=True, parts=(RatingComment.rating_id,))
ERASURES = ErasureWitness("rating_comment", RatingComment)
QUARANTINE = RowWitness("rating_quarantine", RatingQuarantine)
WITNESSES = (RATINGS, ERASURES, QUARANTINE, LABELS, SURVEYS, CODES, BATCHES)
