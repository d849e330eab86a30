"""The only place that reads the clock."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the moment and measures waiting."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved: for tests and generated data."""

    def __init__(self, moment: datetime) -> None:
        """Start at an aware `moment`; raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        self._moment = moment.astimezone(UTC)
        self._elapsed_seconds = 0.0

    def now(self) -> datetime:
        """Return the moment at which this clock stands."""
        return self._moment

    def monotonic(self) -> float:
        """Return the seconds by which this clock has been moved forward."""
        return self._elapsed_seconds

    def move(self, step: timedelta) -> None:
        """Move by `step`, which may be negative like a clock set back by hand."""
        self._moment += step
        self._elapsed_seconds += max(step.total_seconds(), 0.0)
