"""Codes, and what the last report of a tablet and the numbers that arrived from it mean at a given moment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feedback_service.core.text import plain_digits
from feedback_service.core.words import Sentence
from feedback_service.units.rules import OpeningHours, is_open_at

CODE_FIGURES = 8
CODE_LIFE = timedelta(minutes=10)
FRESH = timedelta(minutes=3)
"""A tablet reports every minute; two reports may be lost."""
SILENT = timedelta(minutes=15)
SKEW_SECONDS = 60
LOW_BATTERY_PERCENT = 20
LONG_QUEUE = 20
LOOKED_BACK = 5_000
"""How many of the latest numbers of a tablet are looked at for gaps: as many ratings as it can hold."""
CELLS = 30
"""How many of the latest numbers the board draws."""
SPANS_NAMED = 4


class Condition(StrEnum):
    """How a tablet stands."""

    WELL = "well"
    RESTING = "resting"
    LATE = "late"
    SILENT = "silent"
    NEVER = "never"
    REVOKED = "revoked"


CONDITION_NAMES = {
    Condition.WELL: "In touch",
    Condition.RESTING: "Resting out of hours",
    Condition.LATE: "A few minutes late",
    Condition.SILENT: "Silent",
    Condition.NEVER: "Not heard yet",
    Condition.REVOKED: "Revoked",
}
"""Message ids of the conditions."""


@dataclass(frozen=True)
class Report:
    """What a tablet said of itself in its last heartbeat; None where a browser cannot tell."""

    last_seen_at: datetime
    queued: int
    last_sequence: int
    storage_persisted: bool | None
    app_version: str
    clock_skew_seconds: int | None
    battery_percent: int | None


@dataclass(frozen=True)
class Gap:
    """Numbers of a tablet that have not arrived, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return the numbers as one reads them."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Numbers:
    """Which numbers of a tablet have arrived: all from `first` to `last`, the last that it gave, but the gaps."""

    first: int
    last: int
    gaps: tuple[Gap, ...]

    def cells(self) -> tuple[bool, ...]:
        """Return for each of the latest numbers whether it has arrived."""
        shown = range(max(self.first, self.last - CELLS + 1), self.last + 1)
        return tuple(not any(gap.first <= number <= gap.last for gap in self.gaps) for number in shown)

    def missing(self, waiting: int) -> int:
        """Return how many have not arrived and do not wait on the tablet either; what it has set aside waits, too."""
        return max(0, sum(gap.last - gap.first + 1 for gap in self.gaps) - waiting)

    def spans(self) -> str:
        """Return the latest numbers that have not arrived, as one reads them."""
        named = [str(gap) for gap in self.gaps[-SPANS_NAMED:]]
        return ", ".join(["…", *named] if len(self.gaps) > SPANS_NAMED else named)


def plain_code(typed: str) -> str | None:
    """Return the eight figures that were meant by a typed code, None when there are not eight."""
    figures = re.sub(r"[-–]", "", plain_digits(typed))
    return figures if re.fullmatch(rf"[0-9]{{{CODE_FIGURES}}}", figures) else None


def spelled_code(figures: str) -> str:
    """Return a code as it is shown: XXXX-XXXX."""
    return f"{figures[:4]}-{figures[4:]}"


def condition(
    report: Report | None, *, now: datetime, is_open: bool, is_revoked: bool, enrolled_at: datetime
) -> Condition:
    """Return how a tablet stands at a moment, within or out of its opening hours."""
    if is_revoked:
        return Condition.REVOKED
    seen_at = report.last_seen_at if report else enrolled_at
    silence = now - seen_at
    if report is not None and silence <= FRESH:
        return Condition.WELL
    if not is_open:
        return Condition.RESTING if report else Condition.NEVER
    if silence > SILENT:
        return Condition.SILENT
    return Condition.LATE if report else Condition.NEVER


def is_working(hours: tuple[OpeningHours, ...], now: datetime) -> bool:
    """Say whether a tablet should be heard: the office is open, and has been for as long as silence is forgiven."""
    return all(is_open_at(hours, moment) for moment in (now, now - SILENT))


def seen_ago(seen_at: datetime, now: datetime) -> Sentence:
    """Return in words how long ago a tablet was heard; after a day its moment."""
    minutes = int((now - seen_at).total_seconds() // 60)
    if minutes < 2:
        return Sentence("just now")
    if minutes < 120:
        return Sentence("{minutes} minutes ago", {"minutes": minutes})
    if minutes < 24 * 60:
        return Sentence("{hours} hours ago", {"hours": minutes // 60})
    return Sentence("{moment}", {"moment": seen_at})


def clock_words(skew_seconds: int | None) -> Sentence:
    """Return in words how the clock of a tablet differs from ours."""
    if skew_seconds is None:
        return Sentence("not known")
    if abs(skew_seconds) <= 2:
        return Sentence("right")
    size, is_fast = abs(skew_seconds), skew_seconds > 0
    if size < 120:
        return Sentence("{count} seconds fast" if is_fast else "{count} seconds slow", {"count": size})
    return Sentence("{count} minutes fast" if is_fast else "{count} minutes slow", {"count": size // 60})


def warnings(report: Report, *, current_version: str) -> Iterator[Sentence]:
    """Yield what somebody should look after, in words."""
    if report.storage_persisted is False:
        yield Sentence("The browser may clear its storage: install the tablet page as an app.")
    if report.queued >= LONG_QUEUE:
        yield Sentence("{count} ratings wait on the tablet: check its network.", {"count": report.queued})
    if abs(report.clock_skew_seconds or 0) > SKEW_SECONDS:
        yield Sentence("Its clock is wrong: turn on automatic time.")
    if report.battery_percent is not None and report.battery_percent <= LOW_BATTERY_PERCENT:
        yield Sentence("Its battery is low: plug it in.")
    if report.app_version != current_version:
        yield Sentence("It runs an older version and takes the new one when it rests.")
