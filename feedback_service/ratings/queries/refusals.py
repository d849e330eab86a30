"""Ratings that were refused, as the desk reads them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from feedback_service.core.errors import Fault
from feedback_service.ratings.models import RatingQuarantine


@dataclass(frozen=True)
class Refused:
    """One rating as a tablet sent it, and everything that was wrong with it."""

    id: str
    kiosk_id: int
    unit_id: int
    refused_at: datetime
    raw: str
    faults: tuple[Fault, ...]

    @property
    def place(self) -> str:
        """Where the next page goes on."""
        return f"{self.refused_at.isoformat()}/{self.id}"


def refusals(session: Session, unit_ids: Iterable[int], *, after: str = "", limit: int) -> tuple[Refused, ...]:
    """Return refused ratings, the newest first, from behind the place `after`; raises ValueError for no place."""
    columns = [getattr(RatingQuarantine, name) for name in Refused.__dataclass_fields__]
    query = (
        select(*columns)
        .where(RatingQuarantine.unit_id.in_(sorted(unit_ids)))
        .order_by(RatingQuarantine.refused_at.desc(), RatingQuarantine.id.desc())
        .limit(limit)
    )
    if after:
        moment, _, key = after.partition("/")
        behind = (datetime.fromisoformat(moment).astimezone(UTC), key)
        query = query.where(tuple_(RatingQuarantine.refused_at, RatingQuarantine.id) < behind)
    return tuple(
        Refused(*row[:-1], tuple(Fault(*told) for told in json.loads(row[-1])))  # type: ignore[call-arg]  # rows have no types
        for row in session.execute(query)
    )
