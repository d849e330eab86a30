"""Where a citizen may say that it happened: the units of the office and their counters."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.suggestions.queries.office import figures
from feedback_service.suggestions.rules.clock import Figures
from feedback_service.units import queries as units

MOST_UNITS = 300


@dataclass(frozen=True)
class CounterPlace:
    """A counter that can be named."""

    id: int
    unit_id: int
    name: str


@dataclass(frozen=True)
class Places:
    """The units that can be addressed, the office's own first, and their counters."""

    units: tuple[tuple[int, str], ...]
    counters: tuple[CounterPlace, ...]
    figures: Figures
    """The days that the office's own unit has."""

    @property
    def is_one_unit(self) -> bool:
        """Whether there is nothing to choose among units."""
        return len(self.units) == 1

    def unit_of(self, unit_id: int | None, counter_id: int | None) -> int:
        """Return the unit that is meant: the one of the counter, else the one that was chosen, else the office."""
        counter = next((counter for counter in self.counters if counter.id == counter_id), None)
        if counter is not None:
            return counter.unit_id
        return unit_id if unit_id in {known for known, _name in self.units} and unit_id else self.units[0][0]


def places(session: Session, *, on: date) -> Places | None:
    """Return the units and counters of the office on a day, None before the office is chosen."""
    office = units.office(session)
    if office is None or office.unit_id is None:
        return None
    standing = units.units(session, on=on, scope=units.reach(session, office.unit_id))[:MOST_UNITS]
    own = [(row.id, row.name) for row in standing if row.id == office.unit_id]
    others = [(row.id, row.name) for row in standing if row.id != office.unit_id]
    known = (*own, *others) or ((office.unit_id, office.unit_name),)
    rows = units.counters(session, [unit_id for unit_id, _name in known])
    counters = tuple(
        CounterPlace(row.id, row.unit_id, f"{row.name}: {row.field}" if row.field else row.name) for row in rows
    )
    return Places(known, counters, figures(session, office.unit_id, on))


def addressed(session: Session, *, on: date) -> Places:
    """Return the units and counters of the office on a day; raises NotFound before the office is set up."""
    found = places(session, on=on)
    if found is None:
        raise NotFound("The box is not open yet: the office has not been set up.")
    return found
