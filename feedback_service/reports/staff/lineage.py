"""What a report says about the units before: whose figures are in it, whose stand apart, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback_service.core.period import Period
from feedback_service.core.words import Sentence
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.rules.boundaries import Boundaries

MOST_NAMED = 12


@dataclass(frozen=True)
class Named:
    """Units of the past under one heading; `more` are those that are not named one by one."""

    heading: Sentence
    units: tuple[Place, ...]
    more: int


@dataclass(frozen=True)
class Lineage:
    """Whether the unit existed in the period, and the units before it whose days reach into that period."""

    existence: Sentence | None
    groups: tuple[Named, ...]


def lineage(within: Places, unit: Place, days: Period) -> Lineage:
    """Return what a report of a unit and some days says about the units before."""
    is_of_today = within.boundaries is Boundaries.NOW
    apart = "Not counted here: more than one unit followed" if is_of_today else "Figures before stand with these units"
    groups = (
        _named("Counted with it by today's boundaries", within.joined(unit.id) if is_of_today else (), days),
        _named(apart, within.apart(unit.id), days),
    )
    return Lineage(_existence(unit, days), tuple(group for group in groups if group.units))


def _named(heading: str, units: Sequence[Place], days: Period) -> Named:
    of_then = [one for one in units if one.valid_to is None or one.valid_to >= days.first_on]
    return Named(Sentence(heading), tuple(of_then[:MOST_NAMED]), max(0, len(of_then) - MOST_NAMED))


def _existence(unit: Place, days: Period) -> Sentence | None:
    if unit.valid_from and unit.valid_from > days.last_on:
        return Sentence("This unit did not exist yet: it began on {day}.", {"day": unit.valid_from})
    if unit.valid_from and unit.valid_from > days.first_on:
        return Sentence("This unit began on {day}, within the period.", {"day": unit.valid_from})
    if unit.valid_to and unit.valid_to < days.first_on:
        return Sentence("This unit had ended: its last day was {day}.", {"day": unit.valid_to})
    if unit.valid_to and unit.valid_to < days.last_on:
        return Sentence("This unit ended on {day}, within the period.", {"day": unit.valid_to})
    return None
