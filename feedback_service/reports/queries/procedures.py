"""Procedures side by side, and those that can be chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.core.text import order_key
from feedback_service.procedures.queries import names
from feedback_service.ratings.models import ProcedureMonthTally, ProcedureTally
from feedback_service.reports.queries.slices import Slice, counts_of, sums, within
from feedback_service.reports.queries.tallies import Versions
from feedback_service.reports.rules.disclosure import guarded
from feedback_service.reports.rules.months import by_months
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, Standing, added

MOST_OFFERED = 500
Named = tuple[tuple[int, str], ...]
"""Id and name of procedures."""


@dataclass(frozen=True)
class OfProcedure:
    """The counts of one procedure, and those of them that bear a label."""

    counts: LevelCounts
    marked: LevelCounts


def by_procedure(session: Session, wanted: Slice, known: Versions, scale: Scale) -> dict[int, OfProcedure]:
    """Return counts by procedure, of ratings whose procedure is known; whole months are read as such."""
    ids = [version.version_id for version in known.values() if version.scale is scale]
    none = LevelCounts.none(scale)
    found: dict[int, OfProcedure] = {}
    for table, days in _parts(wanted):
        keys = (table.procedure_id, table.is_marked)
        query = select(*keys, *sums(table)).where(*within(table, wanted.during(days)), table.version_id.in_(ids))
        for row in session.execute(query.group_by(*keys).order_by(*keys)):
            before, counts = found.get(row[0], OfProcedure(none, none)), counts_of(row[2:], scale)
            found[row[0]] = OfProcedure(before.counts + counts, before.marked + (counts if row[1] else none))
    return found


def _parts(wanted: Slice) -> Iterator[tuple[type[ProcedureMonthTally] | type[ProcedureTally], Period]]:
    """Yield where the parts of a period are read; the tally of months knows no counters."""
    months, edges = (None, (wanted.period,)) if wanted.counter_id is not None else by_months(wanted.period)
    if months:
        yield ProcedureMonthTally, months
    for edge in edges:
        yield ProcedureTally, edge


def procedures_of(session: Session, wanted: Slice, known: Versions, total: LevelCounts) -> tuple[Standing, ...]:
    """Return the procedures that ratings tell of, most ratings first, and the rest of `total` with its name empty."""
    found = by_procedure(session, wanted, known, total.scale)
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
    found: set[int] = set()
    for table, days in _parts(Slice(unit_ids, period)):
        query = select(table.procedure_id).where(*within(table, Slice(unit_ids, days))).distinct()
        found |= set(session.execute(query.limit(MOST_OFFERED)).scalars())
    called = names(session, found)
    return tuple(sorted(called.items(), key=lambda one: (order_key(one[1]), one[0])))
