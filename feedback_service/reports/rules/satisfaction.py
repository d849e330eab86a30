"""Satisfaction: shares of each level, the satisfied share with its interval, and when a share may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from feedback_service.core.numbers import Interval, share, wilson
from feedback_service.core.words import Sentence

ENOUGH = 5
"""Fewer ratings than this show no share at the desk (domain 5.3)."""
ENOUGH_TO_COMPARE = 30
"""Fewer ratings than this are never named in a finding (product R9)."""


class Scale(IntEnum):
    """How many faces were offered; shares of different scales cannot be compared."""

    THREE = 3
    FIVE = 5


SATISFIED_FROM: Mapping[Scale, int] = {Scale.THREE: 2, Scale.FIVE: 4}
"""The lowest level that counts as satisfied: "Hai long" and "Rat hai long"; the middle of five does not (SIPAS)."""
LOW_UP_TO: Mapping[Scale, int] = {Scale.THREE: 1, Scale.FIVE: 2}
"""The highest level that counts as dissatisfied."""
FACES: Mapping[Scale, Mapping[int, int]] = {
    Scale.THREE: {3: 5, 2: 4, 1: 2},
    Scale.FIVE: {5: 5, 4: 4, 3: 3, 2: 2, 1: 1},
}
"""One face, one meaning: three levels show the faces 5, 4 and 2."""
LEVEL_NAMES: Mapping[int, str] = {
    5: "Very satisfied",
    4: "Satisfied",
    3: "Neutral",
    2: "Dissatisfied",
    1: "Very dissatisfied",
}
"""Message ids by face."""


LOWER, HIGHER = "{name} is clearly lower", "{name} is clearly higher"
LOWER_ALONE = "{name} is clearly lower; the others do not differ clearly"
HIGHER_ALONE = "{name} is clearly higher; the others do not differ clearly"


@dataclass(frozen=True)
class LevelCounts:
    """How often each level of a scale was chosen, the lowest level first."""

    scale: Scale
    counts: tuple[int, ...]

    @classmethod
    def none(cls, scale: Scale) -> "LevelCounts":
        """Return counts of nothing."""
        return cls(scale, (0,) * scale)

    def __add__(self, other: "LevelCounts") -> "LevelCounts":
        """Return both together; raises ValueError for different scales."""
        if self.scale is not other.scale:
            raise ValueError("shares of different scales are never added")
        return LevelCounts(self.scale, tuple(a + b for a, b in zip(self.counts, other.counts, strict=True)))

    def __sub__(self, other: "LevelCounts") -> "LevelCounts":
        """Return what is left without the others; raises ValueError for different scales."""
        if self.scale is not other.scale:
            raise ValueError("shares of different scales are never subtracted")
        return LevelCounts(self.scale, tuple(a - b for a, b in zip(self.counts, other.counts, strict=True)))

    @property
    def total(self) -> int:
        """How many ratings."""
        return sum(self.counts)

    @property
    def satisfied(self) -> int:
        """How many of them count as satisfied."""
        return sum(self.counts[SATISFIED_FROM[self.scale] - 1 :])

    @property
    def low(self) -> int:
        """How many of them count as dissatisfied."""
        return sum(self.counts[: LOW_UP_TO[self.scale]])

    @property
    def satisfied_share(self) -> float | None:
        """The satisfied share, None for a share of nothing."""
        return share(self.satisfied, self.total)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the satisfied share (Wilson), None for a share of nothing."""
        return wilson(self.satisfied, self.total)

    @property
    def is_enough(self) -> bool:
        """Whether its share may be shown."""
        return self.total >= ENOUGH

    def levels(self) -> tuple[tuple[int, int, float | None], ...]:
        """Return face, count and share of each level, the best first."""
        faces = FACES[self.scale]
        best_first = reversed(tuple(enumerate(self.counts, start=1)))
        return tuple((faces[level], count, share(count, self.total)) for level, count in best_first)


def added(scale: Scale, parts: Iterable[LevelCounts]) -> LevelCounts:
    """Return the counts of all parts together."""
    return sum(parts, start=LevelCounts.none(scale))


def without(counts: LevelCounts, marked: LevelCounts, *, least: int = ENOUGH) -> LevelCounts | None:
    """Return counts without the marked ratings, None where the difference would show a group under `least`."""
    rest = counts - marked
    return rest if marked.total >= least and rest.total >= least else None


def too_few(counts: LevelCounts) -> Sentence:
    """Return why a share is not shown."""
    return too_few_of(counts.total)


PROTECTING = Sentence("Held back, so that no smaller group can be worked out.")


def too_few_of(total: int) -> Sentence:
    """Return why a share of so many ratings is not shown."""
    if total == 0:
        return Sentence("No rating yet.")
    facts = {"count": total, "enough": ENOUGH}
    return Sentence("Not enough figures: {count} ratings; a share is shown from {enough} on.", facts)


def held_back(counts: LevelCounts) -> Sentence:
    """Return why a share of a group is not shown: there are too few, or it would give another group away."""
    if not counts.is_enough:
        return too_few(counts)
    return PROTECTING


@dataclass(frozen=True)
class Standing:
    """One line of a comparison: a unit, a counter or a procedure, with the id that opens its own board.

    `is_hidden` holds its share back: it is too small, or it would give a small one away.
    """

    name: str
    counts: LevelCounts
    unit_id: int | None = None
    is_hidden: bool = False
    counter_id: int | None = None
    marked: LevelCounts | None = None
    procedure_id: int | None = None

    @property
    def unmarked(self) -> LevelCounts | None:
        """The counts without marked ratings; None where too few are marked, or left, to tell both figures apart."""
        return without(self.counts, self.marked) if self.is_shown and self.marked else None

    @property
    def is_shown(self) -> bool:
        """Whether its levels and its share may be shown."""
        return self.counts.is_enough and not self.is_hidden


def finding(standings: Sequence[Standing], subject: Sentence) -> Sentence:
    """Return the heading of a comparison: what the intervals support, else the plain `subject`.

    Two lines differ clearly when their 95 % intervals do not touch, which is stricter than a test of the difference.
    """
    shown = [line for line in standings if line.counts.total >= ENOUGH_TO_COMPARE and line.is_shown]
    known = [(line, line.counts.interval) for line in shown]
    ordered = sorted(((found.low, found.high, line.name) for line, found in known if found), key=lambda one: one[0])
    if len(ordered) < 2:
        return subject
    lowest = min(ordered, key=lambda one: one[1])
    highest = max(ordered, key=lambda one: one[0])
    rest_above = [one for one in ordered if one is not lowest]
    rest_below = [one for one in ordered if one is not highest]
    if lowest[1] < min(one[0] for one in rest_above):
        return Sentence(LOWER_ALONE if _alike(rest_above) else LOWER, {"name": lowest[2]})
    if highest[0] > max(one[1] for one in rest_below):
        return Sentence(HIGHER_ALONE if _alike(rest_below) else HIGHER, {"name": highest[2]})
    return subject if _differ(ordered) else Sentence("{subject}: no clear difference", {"subject": subject})


def change(before: LevelCounts, after: LevelCounts, subject: Sentence) -> Sentence:
    """Return the heading of a course of time: risen or fallen when the intervals support it, else the `subject`."""
    first, last = before.interval, after.interval
    if first is None or last is None or min(before.total, after.total) < ENOUGH_TO_COMPARE:
        return subject
    if last.low > first.high:
        return Sentence("{subject}: clearly rising", {"subject": subject})
    if last.high < first.low:
        return Sentence("{subject}: clearly falling", {"subject": subject})
    return subject


def _alike(rest: Sequence[tuple[float, float, str]]) -> bool:
    return len(rest) > 1 and not _differ(rest)


def _differ(lines: Sequence[tuple[float, float, str]]) -> bool:
    return max(line[0] for line in lines) > min(line[1] for line in lines)
