"""Units or counters side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback_service.reports.queries.places import Desk, Place, Places, desks
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, Standing, added

NO_COUNTER = 0
ByPlace = Mapping[tuple[int, int], LevelCounts]
"""Counts by unit and counter."""


@dataclass(frozen=True)
class Comparison:
    """Units or counters side by side; `silent_units` are standing units without a rating, left out."""

    lines: tuple[Standing, ...]
    are_units: bool
    silent_units: int


@dataclass(frozen=True)
class Naming:
    """The scale of all lines, what the line without a known counter is called, and the counts of marked ratings."""

    scale: Scale
    nameless: str
    marked: ByPlace | None = None


def comparison(session: Session, within: Places, unit_id: int, found: ByPlace, naming: Naming) -> Comparison:
    """Return the counters of a unit, and the units just below it that were rated."""
    none, marks = LevelCounts.none(naming.scale), naming.marked or {}
    own = (*desks(session, [unit_id]), Desk(NO_COUNTER, unit_id, naming.nameless, is_open=False))
    at_desks = (
        Standing(
            desk.name,
            found.get((unit_id, desk.id), none),
            counter_id=desk.id or None,
            marked=marks.get((unit_id, desk.id), none),
        )
        for desk in own
        if _is_shown(desk, found)
    )
    children = within.children(unit_id)
    below = [
        Standing(
            child.name,
            _below(within, child, found, naming.scale),
            child.id,
            marked=_below(within, child, marks, naming.scale),
        )
        for child in children
    ]
    rated = [line for line in below if line.counts.total]
    standing = {child.id for child in children if not child.is_past}
    silent = sum(line.unit_id in standing for line in below if not line.counts.total)
    return Comparison((*at_desks, *rated), bool(rated), silent)


def _is_shown(desk: Desk, found: ByPlace) -> bool:
    return desk.is_open or (desk.unit_id, desk.id) in found


def _below(within: Places, unit: Place, found: ByPlace, scale: Scale) -> LevelCounts:
    ids = within.below(unit.id)
    return added(scale, (counts for (unit_id, _counter), counts in found.items() if unit_id in ids))
