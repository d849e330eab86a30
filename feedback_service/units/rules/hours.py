"""When a unit is open."""

import json
from dataclasses import dataclass
from datetime import datetime

from feedback_service.core.canonical import canonical
from feedback_service.core.period import local_time


@dataclass(frozen=True)
class OpeningHours:
    """One span of a week in local time: weekdays 1 (Monday) to 7, HH:MM."""

    weekdays: tuple[int, ...]
    opens: str
    closes: str


OFFICE_HOURS = (
    OpeningHours((1, 2, 3, 4, 5), "07:30", "11:30"),
    OpeningHours((1, 2, 3, 4, 5), "13:30", "17:00"),
)
"""What holds where a unit has not said otherwise."""


def hours_from(text: str | None) -> tuple[OpeningHours, ...]:
    """Return the hours that a unit keeps as JSON, those of every office when it keeps none."""
    if text is None:
        return OFFICE_HOURS
    return tuple(OpeningHours(tuple(span["weekdays"]), span["opens"], span["closes"]) for span in json.loads(text))


def hours_text(hours: tuple[OpeningHours, ...]) -> str:
    """Return the one spelling under which hours are kept."""
    return canonical([{"weekdays": span.weekdays, "opens": span.opens, "closes": span.closes} for span in hours])


def is_open(hours: tuple[OpeningHours, ...], weekday: int, clock_time: str) -> bool:
    """Say whether an office is open on a weekday (1 is Monday) at HH:MM."""
    return any(weekday in span.weekdays and span.opens <= clock_time < span.closes for span in hours)


def is_open_at(hours: tuple[OpeningHours, ...], moment: datetime) -> bool:
    """Say whether an office is open at a moment."""
    clock = local_time(moment)
    return is_open(hours, clock.isoweekday(), f"{clock:%H:%M}")
