"""What may be published: no small group, and none that can be worked out from the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback_service.reports.rules.satisfaction import ENOUGH, LevelCounts, Standing, added

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
    held = hidden_of([line.counts for line in asked], least=SMALLEST_GROUP, has_sizes=False)
    hidden = [line.counts for place, line in enumerate(asked) if place in held]
    kept = tuple(line for place, line in enumerate(asked) if place not in held)
    is_enough = bool(kept) and _total(hidden) >= SMALLEST_GROUP
    return Published(kept, len(hidden), added(hidden[0].scale, hidden) if is_enough else None)


def guarded(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return lines as the desk may show them: what must be held back says so (domain 5.3)."""
    held = hidden_of([line.counts for line in standings])
    return tuple(replace(line, is_hidden=place in held) for place, line in enumerate(standings))


def hidden_of(counts: Sequence[LevelCounts], *, least: int = ENOUGH, has_sizes: bool = True) -> frozenset[int]:
    """Return the places of groups to hold back: those under `least`, and as many more as protect them.

    What is held back is at least two groups, together at least `least` ratings: so the total less the groups that are
    shown gives no single one of them away. Where the reader sees how large each of them is (`has_sizes`), they are on
    at least two levels as well.
    """
    asked = [place for place, one in enumerate(counts) if one.total]
    hidden = [place for place in asked if counts[place].total < least]
    others = sorted((place for place in asked if place not in hidden), key=lambda place: counts[place].total)
    while hidden and others and not _protects([counts[place] for place in hidden], least, has_sizes=has_sizes):
        hidden.append(others.pop(0))
    return frozenset(hidden)


def _protects(hidden: Sequence[LevelCounts], least: int, *, has_sizes: bool) -> bool:
    pooled = added(hidden[0].scale, hidden)
    is_mixed = sum(count > 0 for count in pooled.counts) > 1
    return len(hidden) > 1 and pooled.total >= least and (is_mixed or not has_sizes)


def _total(counts: Sequence[LevelCounts]) -> int:
    return sum(one.total for one in counts)
