"""Units and counters as reports name them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.text import order_key
from feedback_service.reports.rules.boundaries import Boundaries, parents_now
from feedback_service.units.models import Counter, Office, Unit, UnitSuccession

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Place:
    """A unit that still stands, or a past one that has figures of its own; days are absent as in `Unit`."""

    id: int
    code: str | None
    name: str
    parent_id: int | None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def is_past(self) -> bool:
        """Whether it has ended."""
        return self.valid_to is not None


@dataclass(frozen=True)
class Desk:
    """A counter as a report names it, with its field; a counter that was closed keeps its name."""

    id: int
    unit_id: int
    name: str
    is_open: bool


@dataclass(frozen=True)
class Places:
    """Every unit within reach, by its id; `heirs` are the units that followed one, within reach or not.

    By today's boundaries a unit that has ended stands below the one that holds all that followed it.
    """

    by_id: Mapping[int, Place]
    boundaries: Boundaries = Boundaries.THEN
    heirs: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def below(self, unit_id: int) -> frozenset[int]:
        """Return the ids of a unit and of every unit below it."""
        found: set[int] = set()
        waiting = [unit_id]
        while waiting:
            found.add(current := waiting.pop())
            waiting += [place.id for place in self._under.get(current, ()) if place.id not in found]
        return frozenset(found)

    def children(self, unit_id: int) -> tuple[Place, ...]:
        """Return the units just below, in the order of the dictionary."""
        return _ordered(self._under.get(unit_id, ()))

    def tops(self) -> tuple[Place, ...]:
        """Return the units above which nothing is within reach."""
        return _ordered(place for place in self.by_id.values() if place.parent_id not in self.by_id)

    def by_code(self, code: str) -> Place | None:
        """Return the standing unit of this code; codes come back after a merger, so past units are left out."""
        return next((place for place in self.by_id.values() if place.code == code and not place.is_past), None)

    def joined(self, unit_id: int) -> tuple[Place, ...]:
        """Return the units that have ended whose figures are counted with those of this one."""
        return _ordered(self.by_id[one] for one in self.below(unit_id) - {unit_id} if self.by_id[one].is_past)

    def apart(self, unit_id: int) -> tuple[Place, ...]:
        """Return the units that this one, or one below it, followed and whose figures are not counted here."""
        below = self.below(unit_id)
        return _ordered(
            one for one in self.by_id.values() if one.id not in below and self.heirs.get(one.id, NOBODY) & below
        )

    @cached_property
    def _under(self) -> Mapping[int | None, list[Place]]:
        under: dict[int | None, list[Place]] = {}
        for place in self.by_id.values():
            under.setdefault(place.parent_id, []).append(place)
        return under

    def standing(self) -> tuple[Place, ...]:
        """Return the units that still stand, in the order of the dictionary."""
        return _ordered(place for place in self.by_id.values() if not place.is_past)


def places(
    session: Session, scope: frozenset[int] | None = None, *, boundaries: Boundaries = Boundaries.THEN
) -> Places:
    """Return the units within `scope`, every unit when it is None."""
    columns = (Unit.id, Unit.code, Unit.name, Unit.parent_id, Unit.valid_from, Unit.valid_to)
    found = {row[0]: Place(*row) for row in session.execute(select(*columns).order_by(Unit.id))}
    heirs = _heirs(session)
    if boundaries is Boundaries.NOW:
        moved = parents_now({one.id: one.parent_id for one in found.values()}, heirs)
        found = {one.id: replace(one, parent_id=moved[one.id]) for one in found.values()}
    within = {unit_id: one for unit_id, one in found.items() if scope is None or unit_id in scope}
    return Places(within, boundaries, heirs)


def _heirs(session: Session) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for before, after in session.execute(select(UnitSuccession.predecessor_id, UnitSuccession.successor_id)):
        found.setdefault(before, set()).add(after)
    return {before: frozenset(after) for before, after in found.items()}


def desks(session: Session, unit_ids: Iterable[int]) -> tuple[Desk, ...]:
    """Return the counters of some units in the order of their names."""
    query = select(Counter.id, Counter.unit_id, Counter.name, Counter.field, Counter.closed_on)
    rows = session.execute(query.where(Counter.unit_id.in_(sorted(unit_ids))).order_by(Counter.id)).all()
    found = (
        Desk(row.id, row.unit_id, f"{row.name}, {row.field}" if row.field else row.name, row.closed_on is None)
        for row in rows
    )
    return tuple(sorted(found, key=lambda desk: (order_key(desk.name), desk.id)))


def office_unit(session: Session) -> int | None:
    """Return the unit whose office runs this service, None before anybody has chosen it."""
    return session.execute(select(Office.unit_id)).scalar_one_or_none()


def _ordered(found: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(found, key=lambda place: (order_key(place.name), place.id)))
