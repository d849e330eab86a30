"""Which numbers of each tablet have arrived; what lies between them is missing, or still on the tablet."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from feedback_service.kiosks.rules import LOOKED_BACK, Gap, Numbers
from feedback_service.ratings.models import Rating

GAPS_LIMIT = 5_000


def arrived_numbers(session: Session, last_given: Mapping[int, int]) -> dict[int, Numbers]:
    """Return what arrived of the latest numbers of each tablet; `last_given` is the last number that each reported.

    A tablet that has sent nothing is left out: its numbers begin with the first that arrives.
    """
    if not last_given:
        return {}
    within = [and_(Rating.kiosk_id == key, Rating.sequence > last - LOOKED_BACK) for key, last in last_given.items()]
    place, number = Rating.kiosk_id, Rating.sequence
    before = func.lag(number).over(partition_by=place, order_by=number).label("before")
    after = func.lead(number).over(partition_by=place, order_by=number).label("after")
    known = select(place, number, before, after).where(or_(*within)).subquery().c
    edges = (
        select(known.kiosk_id, known.sequence, known.before, known.after)
        .where(or_(known.before.is_(None), known.after.is_(None), known.after > known.sequence + 1))
        .order_by(known.kiosk_id, known.sequence)
        .limit(GAPS_LIMIT)
    )
    found: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for row in session.execute(edges):
        found[row.kiosk_id].append((row.sequence, row.after))
    return {key: _numbers(rows, last_given[key]) for key, rows in found.items()}


def _numbers(edges: list[tuple[int, int | None]], last_given: int) -> Numbers:
    """Return the gaps behind each of `edges`: a number that arrived, and the next that did, None behind the last."""
    last = max(last_given, edges[-1][0])
    spans = ((number + 1, (after or last + 1) - 1) for number, after in edges)
    return Numbers(edges[0][0], last, tuple(Gap(first, end) for first, end in spans if first <= end))
