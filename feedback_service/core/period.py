"""Local days and the periods that reports are filed for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

Day = TypeVar("Day", date, datetime)
LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""No office has to do with a day beyond them, and a day at the end of all calendars has no neighbour to reckon with."""
_ROMAN = ("I", "II", "III", "IV")


def local_time(moment: datetime) -> datetime:
    """Return `moment` as the clock on the wall in Vietnam shows it (UTC+7, no summer time)."""
    return moment.astimezone(LOCAL_ZONE)


def local_day(moment: datetime) -> date:
    """Return the day in Vietnam on which `moment` falls."""
    return local_time(moment).date()


def day_of(text: str) -> date:
    """Return the day that is written as 2026-10-31; raises ValueError for none, and for one beyond all offices."""
    return standing(date.fromisoformat(text))


def standing(known: Day) -> Day:
    """Return a day or moment that offices may have to do with; raises ValueError for any other."""
    if not FIRST_YEAR <= known.year <= LAST_YEAR:
        raise ValueError("no office has to do with this day")
    return known


def starts_at(day: date) -> datetime:
    """Return the first moment of a local day, in UTC."""
    return datetime.combine(day, time.min, LOCAL_ZONE).astimezone(UTC)


@dataclass(frozen=True)
class Period:
    """Whole local days from `first_on` to `last_on`, both included; raises ValueError when they are swapped."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last_on < self.first_on:
            raise ValueError("a period ends on or after the day it begins")

    @property
    def from_at(self) -> datetime:
        """The first moment of the period, in UTC."""
        return starts_at(self.first_on)

    @property
    def until_at(self) -> datetime:
        """The first moment after the period, in UTC."""
        return starts_at(self.last_on + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many local days the period has."""
        return (self.last_on - self.first_on).days + 1

    def before(self) -> "Period":
        """Return the period of the same kind just before: the month before a month, else as many days."""
        if self == month_of(self.first_on):
            return month_of(self.first_on - timedelta(days=1))
        if self == quarter_of(self.first_on):
            return quarter_of(self.first_on - timedelta(days=1))
        if self == year_of(self.first_on):
            return year_of(self.first_on - timedelta(days=1))
        return Period(self.first_on - timedelta(days=self.days), self.first_on - timedelta(days=1))


def month_of(day: date) -> Period:
    """Return the calendar month of `day`."""
    first = day.replace(day=1)
    return Period(first, _next_month(first) - timedelta(days=1))


def quarter_of(day: date) -> Period:
    """Return the calendar quarter of `day`."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    last = date(day.year, first.month + 2, 1)
    return Period(first, _next_month(last) - timedelta(days=1))


def year_of(day: date) -> Period:
    """Return the calendar year of `day`."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def roman_quarter(period: Period) -> str | None:
    """Return "III/2026" for a calendar quarter, None for any other period."""
    if period != quarter_of(period.first_on):
        return None
    return f"{_ROMAN[(period.first_on.month - 1) // 3]}/{period.first_on.year}"


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
