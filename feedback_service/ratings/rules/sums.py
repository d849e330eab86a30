"""What the tallies of days add up to: by month, by weekday, by procedure and month, and of many units together.

Units are dealt into lanes, so that a whole province is read in few rows and still no writer waits for all others.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from feedback_service.ratings.rules.tallies import LEVELS, Cell, HourCell, ProcedureCell, Tally

LANES = 8
Key = TypeVar("Key", bound=NamedTuple)
Source = TypeVar("Source", bound=NamedTuple)
Counts = tuple[int, ...]
"""How often each level was chosen."""


class MonthCell(NamedTuple):
    """What one row of the tally of months counts; `month_on` is the first day of the month."""

    unit_id: int
    month_on: date
    counter_id: int
    version_id: int
    question: str
    channel: str
    tier: str


class WeekdayCell(NamedTuple):
    """What one row of the tally of weekdays counts in a month; Monday is weekday 0, hours are of the local clock."""

    unit_id: int
    month_on: date
    weekday: int
    hour: int
    version_id: int
    channel: str
    tier: str


class ProcedureMonthCell(NamedTuple):
    """What one row of the tally of procedures counts in a month, whatever the counter."""

    unit_id: int
    month_on: date
    procedure_id: int
    version_id: int
    channel: str
    tier: str
    is_marked: bool


class LaneDayCell(NamedTuple):
    """What one row counts of the units of a lane on a day, whatever unit and counter."""

    day: date
    lane: int
    version_id: int
    question: str
    channel: str
    tier: str


class LaneHourCell(NamedTuple):
    """What one row counts of the units of a lane in a month by weekday and hour."""

    month_on: date
    weekday: int
    hour: int
    lane: int
    version_id: int
    channel: str
    tier: str


class LaneChoiceCell(NamedTuple):
    """What one row counts of the units of a lane in a month: a value of a question with options."""

    month_on: date
    lane: int
    version_id: int
    question: str
    value: str
    channel: str
    tier: str


def lane_of(unit_id: int) -> int:
    """Return the lane of a unit, 0 to 7."""
    return unit_id % LANES


def months_of(levels: Mapping[Cell, Sequence[int]]) -> dict[MonthCell, Counts]:
    """Return what the cells of days come to by month."""
    return _summed(levels, _month)


def weekdays_of(hours: Mapping[HourCell, Sequence[int]]) -> dict[WeekdayCell, Counts]:
    """Return what the cells of hours come to by month and weekday, whatever the counter."""
    return _summed(hours, _weekday)


def procedure_months_of(procedures: Mapping[ProcedureCell, Sequence[int]]) -> dict[ProcedureMonthCell, Counts]:
    """Return what the cells of procedures come to by month, whatever the counter."""
    return _summed(procedures, _procedure_month)


def lane_days_of(levels: Mapping[Cell, Sequence[int]]) -> dict[LaneDayCell, Counts]:
    """Return what the cells of days come to by lane."""
    return _summed(levels, _lane_day)


def lane_hours_of(hours: Mapping[HourCell, Sequence[int]]) -> dict[LaneHourCell, Counts]:
    """Return what the cells of hours come to by month, weekday and lane."""
    return _summed(hours, _lane_hour)


def lane_choices_of(choices: Mapping[Cell, int]) -> dict[LaneChoiceCell, int]:
    """Return what the cells of choices come to by month and lane."""
    found: Counter[LaneChoiceCell] = Counter()
    for cell, count in choices.items():
        place = (cell.day.replace(day=1), lane_of(cell.unit_id), cell.version_id)
        found[LaneChoiceCell(*place, cell.question, cell.value, cell.channel, cell.tier)] += count
    return dict(found)


class Sums(NamedTuple):
    """What the tallies of some units and days come to."""

    months: Mapping[MonthCell, Counts]
    weekdays: Mapping[WeekdayCell, Counts]
    procedures: Mapping[ProcedureMonthCell, Counts]


def sums_of(tally: Tally) -> Sums:
    """Return what tallies come to unit by unit."""
    return Sums(months_of(tally.levels), weekdays_of(tally.hours), procedure_months_of(tally.procedures))


def _month(cell: Cell) -> MonthCell:
    place = (cell.unit_id, cell.day.replace(day=1), cell.counter_id, cell.version_id)
    return MonthCell(*place, cell.question, cell.channel, cell.tier)


def _weekday(cell: HourCell) -> WeekdayCell:
    place = (cell.unit_id, cell.day.replace(day=1), cell.day.weekday(), cell.hour)
    return WeekdayCell(*place, cell.version_id, cell.channel, cell.tier)


def _procedure_month(cell: ProcedureCell) -> ProcedureMonthCell:
    place = (cell.unit_id, cell.day.replace(day=1), cell.procedure_id)
    return ProcedureMonthCell(*place, cell.version_id, cell.channel, cell.tier, cell.is_marked)


def _lane_day(cell: Cell) -> LaneDayCell:
    place = (cell.day, lane_of(cell.unit_id), cell.version_id)
    return LaneDayCell(*place, cell.question, cell.channel, cell.tier)


def _lane_hour(cell: HourCell) -> LaneHourCell:
    place = (cell.day.replace(day=1), cell.day.weekday(), cell.hour, lane_of(cell.unit_id))
    return LaneHourCell(*place, cell.version_id, cell.channel, cell.tier)


def _summed(cells: Mapping[Source, Sequence[int]], key: Callable[[Source], Key]) -> dict[Key, Counts]:
    found: dict[Key, list[int]] = {}
    for cell, counts in cells.items():
        kept = found.setdefault(key(cell), [0] * LEVELS)
        for place, count in enumerate(counts):
            kept[place] += count
    return {cell: tuple(kept) for cell, kept in found.items()}
