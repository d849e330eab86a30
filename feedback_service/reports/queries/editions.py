"""Editions: the counts of a quarter as they are published, closed once a week has passed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.canonical import canonical
from feedback_service.reports.models import PublicationEdition
from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.slices import Slice
from feedback_service.reports.queries.tallies import Versions
from feedback_service.reports.rules.periods import Kind, ReportPeriod, last_complete
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, added

EDITIONS = RowWitness("publication_edition", PublicationEdition, is_final=True)
WITNESSES = (EDITIONS,)
QUARTERS = 4
"""How many past quarters can be opened."""
WAIT = timedelta(days=7)
"""How long tablets that were offline may still send what belongs to a quarter before it is published."""


@dataclass(frozen=True)
class Cell:
    """The ratings of one counter on one scale, and those of them that are marked."""

    counts: LevelCounts
    marked: LevelCounts


@dataclass(frozen=True)
class Edition:
    """Counts by unit, counter and scale; `closed_at` is absent where nobody has closed them yet."""

    cells: Mapping[tuple[int, int, Scale], Cell]
    closed_at: datetime | None = None

    def by_scale(self, unit_ids: frozenset[int]) -> dict[Scale, LevelCounts]:
        """Return the counts of each scale in which there is a rating."""
        sums = {scale: added(scale, self.by_place(unit_ids, scale).values()) for scale in Scale}
        return {scale: counts for scale, counts in sums.items() if counts.total}

    def by_place(self, unit_ids: frozenset[int], scale: Scale) -> dict[tuple[int, int], LevelCounts]:
        """Return counts by unit and counter; counter 0 means that none is known."""
        return {key[:2]: cell.counts for key, cell in self._of(unit_ids, scale).items()}

    def marked(self, unit_ids: frozenset[int], scale: Scale) -> LevelCounts:
        """Return the counts of marked ratings."""
        return added(scale, (cell.marked for cell in self._of(unit_ids, scale).values()))

    def _of(self, unit_ids: frozenset[int], scale: Scale) -> dict[tuple[int, int, Scale], Cell]:
        return {key: cell for key, cell in self.cells.items() if key[0] in unit_ids and key[2] is scale}


def open_quarters(today: date) -> tuple[ReportPeriod, ...]:
    """Return the quarters that may be published, the newest first: each a week after its end."""
    found = [last_complete(today - WAIT, Kind.QUARTER)]
    while len(found) < QUARTERS:
        found.append(found[-1].before())
    return tuple(found)


def edition(session: Session, unit_ids: frozenset[int], period: ReportPeriod, known: Versions) -> Edition:
    """Return the counts of a quarter as they were closed, or as they stand while nobody has closed them."""
    return closed(session, period) or current(session, unit_ids, period, known)


def closed(session: Session, period: ReportPeriod) -> Edition | None:
    """Return the counts of a quarter as they were closed, None before that."""
    row = session.get(PublicationEdition, period.key, populate_existing=True)
    return Edition(_cells(row.cells), row.closed_at) if row else None


def current(session: Session, unit_ids: frozenset[int], period: ReportPeriod, known: Versions) -> Edition:
    """Return the counts of a quarter as they stand now."""
    wanted = Slice(unit_ids, period.days)
    cells: dict[tuple[int, int, Scale], Cell] = {}
    for scale in Scale:
        marks = tallies.marked(session, wanted, known, scale)
        for place, counts in tallies.by_place(session, wanted, known, scale).items():
            cells[*place, scale] = Cell(counts, marks.get(place, LevelCounts.none(scale)))
    return Edition(cells)


def written(found: Edition) -> str:
    """Return the cells of an edition as they are kept."""
    rows = ([*key[:2], int(key[2]), cell.counts.counts, cell.marked.counts] for key, cell in found.cells.items())
    return canonical(sorted([list(map(_listed, row)) for row in rows]))


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _cells(text: str) -> dict[tuple[int, int, Scale], Cell]:
    found = {}
    for unit_id, counter_id, levels, counts, marked in json.loads(text):
        scale = Scale(levels)
        cell = Cell(LevelCounts(scale, tuple(counts)), LevelCounts(scale, tuple(marked)))
        found[unit_id, counter_id, scale] = cell
    return found
