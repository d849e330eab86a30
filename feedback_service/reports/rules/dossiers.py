"""Dossiers of a period: how many were received, resolved and on time, when the figures cover it without a gap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback_service.core.period import Period


@dataclass(frozen=True)
class Figure:
    """What a unit reported for some days; `resolved` is absent where the source does not tell."""

    unit_id: int
    first_on: date
    last_on: date
    received: int
    on_time: int
    resolved: int | None


@dataclass(frozen=True)
class Dossiers:
    """Dossiers of a whole period; `unit_ids` are the units whose figures are in it."""

    received: int
    on_time: int
    resolved: int | None
    unit_ids: frozenset[int]

    @property
    def returned(self) -> int:
        """What a response rate is measured by: dossiers resolved, or received where nobody tells (domain 5.3)."""
        return self.received if self.resolved is None else self.resolved

    def covers(self, unit_id: int, rated: frozenset[int]) -> bool:
        """Whether ratings of these units, all of `unit_id` or below it, can be set against these dossiers."""
        return unit_id in self.unit_ids or rated <= self.unit_ids


def dossiers(figures: Iterable[Figure], period: Period, *, unit_id: int) -> Dossiers | None:
    """Return the dossiers of a whole period: those that the unit itself reported, else those of the units below it.

    Only figures that cover the period exactly count; None when there are none.
    """
    by_unit: dict[int, list[Figure]] = {}
    for figure in figures:
        by_unit.setdefault(figure.unit_id, []).append(figure)
    own = _covering(by_unit.pop(unit_id, []), period)
    covering = own or [figure for known in by_unit.values() for figure in _covering(known, period)]
    if not covering:
        return None
    resolved = [figure.resolved for figure in covering if figure.resolved is not None]
    return Dossiers(
        received=sum(figure.received for figure in covering),
        on_time=sum(figure.on_time for figure in covering),
        resolved=sum(resolved) if len(resolved) == len(covering) else None,
        unit_ids=frozenset(figure.unit_id for figure in covering),
    )


def _covering(figures: Sequence[Figure], period: Period) -> Sequence[Figure]:
    whole = [figure for figure in figures if (figure.first_on, figure.last_on) == (period.first_on, period.last_on)]
    if whole:
        return whole[:1]
    chain: list[Figure] = []
    day = period.first_on
    for figure in sorted(figures, key=lambda one: (one.first_on, one.last_on)):
        if figure.first_on == day and figure.last_on <= period.last_on:
            chain.append(figure)
            day = figure.last_on + timedelta(days=1)
    return chain if day == period.last_on + timedelta(days=1) else ()
