"""Units side by side for form 03: what each was given in a quarter, and its ratings on three levels."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback_service.reports.queries import tallies
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.queries.scores import Score, scores_of
from feedback_service.reports.queries.slices import Slice
from feedback_service.reports.rules.disclosure import guarded
from feedback_service.reports.rules.periods import ReportPeriod
from feedback_service.reports.rules.satisfaction import Scale, Standing, added


@dataclass(frozen=True)
class ComparedLine:
    """One unit of form 03: what it was given, and its ratings on three levels, held back where they are too few."""

    unit: Place
    scores: Mapping[int, Score]
    ratings: Standing


def compared_form(session: Session, within: Places, unit_id: int, quarter: ReportPeriod) -> tuple[ComparedLine, ...]:
    """Return the unit and those just below it that were given scores in a quarter."""
    units = (within.by_id[unit_id], *within.children(unit_id))
    given = scores_of(session, [one.id for one in units], quarter)
    wanted = Slice(within.below(unit_id), quarter.days)
    found = tallies.by_place(session, wanted, tallies.versions(session), Scale.THREE)
    shown = [one for one in units if one.id in given]
    counts = [
        added(
            Scale.THREE,
            (number for (place, _counter), number in found.items() if place in _whose(within, one, unit_id)),
        )
        for one in shown
    ]
    lines = guarded([Standing(one.name, count) for one, count in zip(shown, counts, strict=True)])
    return tuple(ComparedLine(one, given[one.id], line) for one, line in zip(shown, lines, strict=True))


def _whose(within: Places, unit: Place, unit_id: int) -> frozenset[int]:
    """Return the units whose ratings stand in the line of one: those below it, but only its own for the one above."""
    return frozenset({unit_id}) if unit.id == unit_id else within.below(unit.id)
