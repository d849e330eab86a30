"""Dossiers of a period: how many were received, resolved and on time, when the figures cover it without a gap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from feedback_service.core.period import Period


@dataclass(frozen=True)
class Figure:
    """What a unit reported for some days; the last two are absent where the source does not tell.

    `received` holds what was `carried_over` from the days before (form II.06a, columns 3 and 6).
    """

    unit_id: int
    first_on: date
    last_on: date
    received: int
    on_time: int
    resolved: int | None
    carried_over: int | None


@dataclass(frozen=True)
class Told:
    """Every number that a unit reported for some days, by the name of its column on form II.06a."""

    unit_id: int
    first_on: date
    last_on: date
    numbers: Mapping[str, int | None]

    @property
    def carried_over(self) -> int | None:
        """What came over from the days before."""
        return self.numbers["carried_over"]


Spanning = TypeVar("Spanning", "Figure", Told)
STANDING = ("pending", "pending_in_time", "pending_late")
"""What is in hand at the end of some days: of a chain of reports the last one tells it."""


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
    chains = [own] if own else [chain for known in by_unit.values() if (chain := _covering(known, period))]
    if not chains:
        return None
    resolved = [figure.resolved for chain in chains for figure in chain]
    known_resolved = [number for number in resolved if number is not None]
    return Dossiers(
        received=sum(_received(chain) for chain in chains),
        on_time=sum(figure.on_time for chain in chains for figure in chain),
        resolved=sum(known_resolved) if len(known_resolved) == len(resolved) else None,
        unit_ids=frozenset(chain[0].unit_id for chain in chains),
    )


def columns(reports: Iterable[Told], period: Period, *, unit_id: int) -> Mapping[str, int | None] | None:
    """Return every column for a whole period, of the unit itself or else of those below it added; None without any.

    A column that one of the reports does not tell is None.
    """
    by_unit: dict[int, list[Told]] = {}
    for report in reports:
        by_unit.setdefault(report.unit_id, []).append(report)
    own = _covering(by_unit.pop(unit_id, []), period)
    chains = [own] if own else [chain for known in by_unit.values() if (chain := _covering(known, period))]
    if not chains:
        return None
    joined = [_joined(chain) for chain in chains]
    return {name: _added([one[name] for one in joined]) for name in joined[0]}


def _joined(chain: Sequence[Told]) -> Mapping[str, int | None]:
    found = {name: _added([report.numbers[name] for report in chain]) for name in chain[0].numbers}
    found |= {name: chain[-1].numbers[name] for name in STANDING}
    later = sum(report.carried_over or 0 for report in chain[1:])
    received = found["received"]
    return {**found, "received": None if received is None else received - later, "carried_over": chain[0].carried_over}


def _added(told: Sequence[int | None]) -> int | None:
    known = [number for number in told if number is not None]
    return sum(known) if len(known) == len(told) else None


def _received(chain: Sequence[Figure]) -> int:
    """Return what a whole chain received: what a month carried over was counted by the month before."""
    return sum(figure.received for figure in chain) - sum(figure.carried_over or 0 for figure in chain[1:])


def _covering(figures: Sequence[Spanning], period: Period) -> Sequence[Spanning]:
    whole = [figure for figure in figures if (figure.first_on, figure.last_on) == (period.first_on, period.last_on)]
    if whole:
        return whole[:1]
    chain: list[Spanning] = []
    day = period.first_on
    for figure in sorted(figures, key=lambda one: (one.first_on, one.last_on)):
        can_follow = not chain or figure.carried_over is not None
        if figure.first_on == day and figure.last_on <= period.last_on and can_follow:
            chain.append(figure)
            day = figure.last_on + timedelta(days=1)
    return chain if day == period.last_on + timedelta(days=1) else ()
