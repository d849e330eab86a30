"""Figures of officers, fair to them: which hours were whose, what may be shown, and to whom first (product R9)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import NamedTuple, TypeVar

from feedback_service.core.numbers import wilson
from feedback_service.core.period import LOCAL_ZONE
from feedback_service.core.words import Sentence
from feedback_service.kiosks.rules import Shift
from feedback_service.reports.rules.disclosure import guarded
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, Standing, added, without

ENOUGH_OF_OFFICER = 30
"""Fewer ratings than this make no share of an officer."""
PULL = 30
"""With how many ratings of the unit's mean the ratings of an officer are weighed: few ratings say little."""
HEAD_AFTER = timedelta(days=7)
"""An officer who has not opened the figures of a quarter has a week after its end before the head sees them."""
NOBODY = ""
SUSPICIOUS = "suspicious"
Z_OF_SHIFTS = 3.290526731491926
"""The 99.95 % point of the normal distribution: a two-sided interval of 99.9 %."""
HIGHER_ON_SHIFT = (
    "In this officer's hours clearly more were satisfied than with others at the counters: {own}, {others}."
)
LOWER_ON_SHIFT = (
    "In this officer's hours clearly fewer were satisfied than with others at the counters: {own}, {others}."
)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Roster:
    """The shifts of a counter until a moment; without one they still hold."""

    shifts: tuple[Shift, ...]
    until_at: datetime | None = None


@dataclass(frozen=True)
class Correction:
    """Who really served at a counter from the first to the last hour of a day, both included; "" for nobody named."""

    counter_id: int
    day: date
    first_hour: int
    last_hour: int
    officer: str
    reason: str
    made_at: datetime
    made_by: str

    def holds(self, counter_id: int, day: date, hour: int) -> bool:
        """Whether it tells of this hour."""
        return (self.counter_id, self.day) == (counter_id, day) and self.first_hour <= hour <= self.last_hour


class Hour(NamedTuple):
    """Ratings of one hour of the local clock at a counter, of one channel and tier."""

    counter_id: int
    day: date
    hour: int
    channel: str
    tier: str
    counts: LevelCounts


def served(rosters: Sequence[Roster], day: date, hour: int) -> str:
    """Return the one officer whom the shifts of an hour name; "" where it is nobody, or more than one.

    `rosters` are those of a counter, the oldest first. An hour that two officers share counts for neither.
    """
    start = datetime.combine(day, time(hour), LOCAL_ZONE)
    opens, closes = f"{hour:02}:00", f"{hour + 1:02}:00"
    named: set[str] = set()
    for roster in _holding(rosters, start, start + timedelta(hours=1)):
        shifts = (one for one in roster.shifts if day.isoweekday() in one.weekdays)
        named |= {one.officer for one in shifts if one.opens < closes and opens < one.closes}
    return named.pop() if len(named) == 1 else NOBODY


def _holding(rosters: Sequence[Roster], start: datetime, end: datetime) -> Iterable[Roster]:
    before: datetime | None = None
    for roster in rosters:
        if (before is None or before < end) and (roster.until_at is None or roster.until_at > start):
            yield roster
        before = roster.until_at


def serving(rosters: Mapping[int, Sequence[Roster]], corrections: Sequence[Correction]) -> Callable[[Hour], str]:
    """Return who served in an hour: by the last correction, else by the shifts of the counter as they were then."""
    known: dict[tuple[int, date, int], str] = {}

    def officer(one: Hour) -> str:
        place = (one.counter_id, one.day, one.hour)
        if place not in known:
            told = [correction.officer for correction in corrections if correction.holds(*place)]
            known[place] = told[-1] if told else served(rosters.get(one.counter_id, ()), one.day, one.hour)
        return known[place]

    return officer


@dataclass(frozen=True)
class OfficerFigures:
    """What the ratings in the hours of one officer come to; `suspect` are those that are suspicious or marked.

    `expected` is the satisfied share that these counters had with everybody who served there, in the same mix.
    `mean` is that of the whole unit, `others` are the ratings of these counters in the hours of everybody else.
    `is_hidden` holds all shares back.
    """

    officer: str
    counts: LevelCounts
    suspect: LevelCounts
    channels: tuple[Standing, ...]
    counters: Mapping[int, int]
    expected: Fraction | None
    mean: Fraction | None
    others: LevelCounts
    is_hidden: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether a share may be shown: there are at least thirty ratings, and no smaller group is given away."""
        return self.counts.total >= ENOUGH_OF_OFFICER and not self.is_hidden

    @property
    def shrunken(self) -> Fraction | None:
        """The share drawn to the mean of the unit: (satisfied + 30 x mean) / (ratings + 30)."""
        if self.mean is None:
            return None
        return (self.counts.satisfied + PULL * self.mean) / (self.counts.total + PULL)

    @property
    def shift_effect(self) -> Sentence | None:
        """What depends on the shift: the share differs clearly from that of everybody else at the same counters.

        Product R7, shift correlation: the intervals of 99.9 % do not touch, since many shifts are looked at. It marks
        no single rating, for nobody could say which.
        """
        if not self.is_shown or self.others.total < ENOUGH_OF_OFFICER:
            return None
        own, rest = (wilson(one.satisfied, one.total, Z_OF_SHIFTS) for one in (self.counts, self.others))
        if own is None or rest is None or (own.low <= rest.high and rest.low <= own.high):
            return None
        facts = {"own": self.counts.satisfied_share, "others": self.others.satisfied_share}
        return Sentence(HIGHER_ON_SHIFT if own.low > rest.high else LOWER_ON_SHIFT, facts)

    @property
    def unsuspected(self) -> LevelCounts | None:
        """The counts without suspect ratings; None where too few are suspect, or left, to tell both apart."""
        return without(self.counts, self.suspect)


def figures_of(
    hours: Sequence[Hour], marked: Sequence[Hour], scale: Scale, officer: Callable[[Hour], str]
) -> tuple[OfficerFigures, ...]:
    """Return the figures of every officer who served, in no order of merit; the hours of nobody are left out."""
    none = LevelCounts.none(scale)
    whole, of_counter = added(scale, (one.counts for one in hours)), _summed(hours, lambda one: one.counter_id)
    of_officer, suspects = _summed(hours, officer), _summed(marked, officer)
    doubted = _summed((one for one in hours if one.tier == SUSPICIOUS), officer)
    names = sorted(of_officer)
    held = {line.name for line in guarded([Standing(name, of_officer[name]) for name in names]) if line.is_hidden}
    found = []
    for name in names:
        own = [one for one in hours if officer(one) == name]
        counters = {one: counts.total for one, counts in _summed(own, lambda hour: hour.counter_id).items()}
        channels = _summed(own, lambda hour: hour.channel)
        found.append(
            OfficerFigures(
                officer=name,
                counts=of_officer[name],
                suspect=suspects.get(name, none) + doubted.get(name, none),
                channels=guarded([Standing(one, channels[one]) for one in sorted(channels)]),
                counters=counters,
                expected=_expected(counters, of_counter),
                mean=_share(whole),
                others=added(scale, (of_counter[one] for one in counters)) - of_officer[name],
                is_hidden=name in held,
            )
        )
    return tuple(one for one in found if one.officer != NOBODY)


def _summed(hours: Iterable[Hour], key: Callable[[Hour], Key]) -> dict[Key, LevelCounts]:
    found: dict[Key, LevelCounts] = {}
    for one in hours:
        place = key(one)
        found[place] = found[place] + one.counts if place in found else one.counts
    return found


def _expected(counters: Mapping[int, int], of_counter: Mapping[int, LevelCounts]) -> Fraction | None:
    total = sum(counters.values())
    satisfied = (
        Fraction(number * of_counter[one].satisfied, of_counter[one].total) for one, number in counters.items()
    )
    return sum(satisfied, Fraction(0)) / total if total else None


def _share(counts: LevelCounts) -> Fraction | None:
    return Fraction(counts.satisfied, counts.total) if counts.total else None


def head_sees_on(last_on: date, *, seen_on: date | None) -> date:
    """Return from which day the head sees the figures of a quarter: the officer has the first look."""
    over = last_on + timedelta(days=1)
    return over + HEAD_AFTER if seen_on is None else max(over, min(seen_on, over + HEAD_AFTER))
