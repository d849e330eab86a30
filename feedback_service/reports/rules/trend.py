"""Satisfaction in the course of a period: by weeks, or by months when it is long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from feedback_service.core.period import Period, month_of
from feedback_service.reports.rules.disclosure import hidden_of
from feedback_service.reports.rules.satisfaction import LevelCounts, Scale, added

MOST_WEEKS, MOST_WEEKS_OF_MANY = 54, 15
MANY_UNITS = 20
"""The weeks of more units than this are as many rows as ratings; a longer period of theirs is told by months."""


@dataclass(frozen=True)
class Step:
    """A week or a month: its first day within the period, and what was chosen."""

    first_on: date
    counts: LevelCounts
    is_hidden: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether its share may be shown."""
        return self.counts.is_enough and not self.is_hidden


@dataclass(frozen=True)
class Trend:
    """The steps of a period in their order."""

    is_weekly: bool
    steps: tuple[Step, ...]

    def halves(self, scale: Scale) -> tuple[LevelCounts, LevelCounts]:
        """Return what was chosen in the first and in the second half of the steps."""
        middle = len(self.steps) // 2
        parts = (self.steps[:middle], self.steps[middle:])
        first, second = (added(scale, (step.counts for step in part)) for part in parts)
        return first, second


def is_by_weeks(period: Period, units: int) -> bool:
    """Say whether the course of a period of so many units is told by weeks."""
    return period.days <= 7 * (MOST_WEEKS if units <= MANY_UNITS else MOST_WEEKS_OF_MANY)


def trend(days: Mapping[date, LevelCounts], period: Period, scale: Scale, *, is_weekly: bool) -> Trend:
    """Return the course of `period`; steps without a rating are there with counts of nothing."""
    firsts = tuple(_firsts(period, is_weekly=is_weekly))
    steps = tuple(_steps(days, firsts, scale))
    held = hidden_of([step.counts for step in steps])
    return Trend(is_weekly, tuple(replace(step, is_hidden=place in held) for place, step in enumerate(steps)))


def _steps(days: Mapping[date, LevelCounts], firsts: tuple[date, ...], scale: Scale) -> Iterable[Step]:
    ends = (*firsts[1:], date.max)
    for first_on, end in zip(firsts, ends, strict=True):
        yield Step(first_on, added(scale, (counts for day, counts in days.items() if first_on <= day < end)))


def _firsts(period: Period, *, is_weekly: bool) -> Iterable[date]:
    day = period.first_on
    while day <= period.last_on:
        yield day
        day = day + timedelta(days=7 - day.weekday()) if is_weekly else month_of(day).last_on + timedelta(days=1)
