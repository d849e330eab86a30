"""How a working day goes: when people come, what they choose, what they add."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from feedback_service.core.period import LOCAL_ZONE
from feedback_service.operations.service.demo.chance import Draws

WEEKDAYS = (1.35, 1.1, 0.95, 0.85, 0.95)
"""Monday to Friday: Mondays are busy."""
QUARTERS_OF_AN_HOUR: Mapping[int, float] = {
    **dict.fromkeys(range(31, 33), 0.7),
    **dict.fromkeys(range(33, 42), 1.6),
    **dict.fromkeys(range(42, 46), 0.8),
    **dict.fromkeys(range(54, 57), 0.7),
    **dict.fromkeys(range(57, 63), 1.3),
    **dict.fromkeys(range(63, 68), 0.8),
}
"""When people come, in quarters of an hour after midnight, within 07:30 to 11:30 and 13:30 to 17:00."""
FREE_DAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
"""Holidays (month, day) that do not move with the moon."""
RUSH = range(36, 46)
"""Monday mornings from nine on: people wait longer and like it less."""


@dataclass(frozen=True)
class Desk:
    """A counter of the demonstration: visitors a day, weights of the levels 1 to 5, what a quarter improves."""

    name: str
    a_day: float
    levels: tuple[float, ...]
    gain: float


@dataclass(frozen=True)
class Choices:
    """What people add, by weight, and what some of them write."""

    reasons: Mapping[str, float]
    praise: Mapping[str, float]
    low_comments: Sequence[str]
    high_comments: Sequence[str]


@dataclass(frozen=True)
class Visit:
    """One rating as somebody gives it; `is_online` came by the QR code instead of the tablet."""

    at: datetime
    level: int
    language: str
    reasons: tuple[str, ...]
    praise: tuple[str, ...]
    comment: str
    is_online: bool


def is_working(day: date) -> bool:
    """Say whether the office is open."""
    return day.weekday() < len(WEEKDAYS) and (day.month, day.day) not in FREE_DAYS


def visits(desk: Desk, choices: Choices, day: date) -> tuple[Visit, ...]:
    """Return the ratings of one counter on one day in the order of time; always the same for the same day."""
    if not is_working(day):
        return ()
    draws = Draws("visits", desk.name, day.isoformat())
    count = draws.around(desk.a_day * WEEKDAYS[day.weekday()])
    return tuple(sorted(_visits(desk, choices, day, draws, count), key=lambda visit: visit.at))


def _visits(desk: Desk, choices: Choices, day: date, draws: Draws, count: int) -> Iterator[Visit]:
    for _ in range(count):
        quarter = draws.weighted(QUARTERS_OF_AN_HOUR)
        at = datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC) + timedelta(
            minutes=15 * quarter, seconds=draws.below(15 * 60)
        )
        level = draws.weighted(_levels(desk, day, is_rush=day.weekday() == 0 and quarter in RUSH))
        is_low, is_high = level <= 2, level >= 4
        yield Visit(
            at=at,
            level=level,
            language="en" if draws.happens(0.02) else "vi",
            reasons=draws.some_of(choices.reasons, 3) if is_low and draws.happens(0.85) else (),
            praise=draws.some_of(choices.praise, 3) if is_high and draws.happens(0.42) else (),
            comment=_comment(choices, draws, is_low=is_low, is_high=is_high),
            is_online=draws.happens(0.06),
        )


def _levels(desk: Desk, day: date, *, is_rush: bool) -> dict[int, float]:
    weeks = (day.month - 1) % 3 * 4 + day.day // 7
    better = 1 + desk.gain * weeks
    worse = (1.8 if is_rush else 1.0) / better
    return {level: weight * (worse if level <= 3 else 1.0) for level, weight in enumerate(desk.levels, start=1)}


def _comment(choices: Choices, draws: Draws, *, is_low: bool, is_high: bool) -> str:
    if is_low and draws.happens(0.2):
        return draws.one_of(choices.low_comments)
    return draws.one_of(choices.high_comments) if is_high and draws.happens(0.03) else ""
