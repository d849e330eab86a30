"""What may be published: no small group, and none that can be worked out from the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback_service.reports.rules.satisfaction import LevelCounts, Standing, added

SMALLEST_GROUP = 10
"""A published group has at least this many ratings (domain 5.3)."""


@dataclass(frozen=True)
class Published:
    """Lines that may be shown one by one, and the small ones together when that says more than the total does."""

    shown: tuple[Standing, ...]
    hidden: int
    rest: LevelCounts | None


def publishable(standings: Sequence[Standing]) -> Published:
    """Return lines of at least ten ratings; smaller ones only together, so that the total gives none of them away."""
    asked = [line for line in standings if line.counts.total]
    hidden = [line for line in asked if line.counts.total < SMALLEST_GROUP]
    shown = sorted((line for line in asked if line not in hidden), key=lambda line: line.counts.total)
    while hidden and shown and (_total(hidden) < SMALLEST_GROUP or len(hidden) < 2):
        hidden.append(shown.pop(0))
    kept = tuple(line for line in standings if line in shown)
    is_enough = bool(kept) and _total(hidden) >= SMALLEST_GROUP
    return Published(kept, len(hidden), added(hidden[0].counts.scale, _counts(hidden)) if is_enough else None)


def _counts(lines: Sequence[Standing]) -> tuple[LevelCounts, ...]:
    return tuple(line.counts for line in lines)


def _total(lines: Sequence[Standing]) -> int:
    return sum(line.counts.total for line in lines)
