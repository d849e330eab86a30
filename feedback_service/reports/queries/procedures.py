"""Procedures side by side, and those that can be chosen."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.core.text import order_key
from feedback_service.procedures.queries import names
from feedback_service.ratings.models import ProcedureTally
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.tallies import Slice, Versions
from feedback_service.reports.rules.disclosure import guarded
from feedback_service.reports.rules.satisfaction import LevelCounts, Standing, added

MOST_OFFERED = 500
Named = tuple[tuple[int, str], ...]
"""Id and name of procedures."""


def procedures_of(session: Session, wanted: Slice, known: Versions, total: LevelCounts) -> tuple[Standing, ...]:
    """Return the procedures that ratings tell of, most ratings first, and the rest of `total` with its name empty."""
    found = tallies.by_procedure(session, wanted, known, total.scale)
    called = names(session, found) if found else {}
    lines = [
        Standing(called[one], of.counts, procedure_id=one, marked=of.marked)
        for one, of in found.items()
        if one in called
    ]
    lines.sort(key=lambda line: (-line.counts.total, order_key(line.name)))
    rest = total - added(total.scale, (line.counts for line in lines))
    return guarded([*lines, *([Standing("", rest)] if lines and rest.total else [])])


def rated_procedures(session: Session, unit_ids: frozenset[int], period: Period) -> Named:
    """Return the procedures that ratings of some units and days tell of, in the order of their names."""
    query = (
        select(ProcedureTally.procedure_id)
        .where(
            ProcedureTally.unit_id.in_(sorted(unit_ids)),
            ProcedureTally.day.between(period.first_on, period.last_on),
        )
        .distinct()
        .limit(MOST_OFFERED)
    )
    called = names(session, session.execute(query).scalars())
    return tuple(sorted(called.items(), key=lambda one: (order_key(one[1]), one[0])))
