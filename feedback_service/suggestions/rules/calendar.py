"""Working days of Vietnam: weekends, the holidays of the Labour Code, swapped days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

LONGEST_DAYS = 1000
"""More days than this are not counted: nothing that runs for years has a day it is due."""


@dataclass(frozen=True)
class HolidayYear:
    """The days off of one year, and the Saturdays and Sundays worked instead, as officially announced."""

    days_off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """Tells working days; `swapped` are the days that this office has noted, and they weigh more than the holidays."""

    swapped: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Say whether offices work on a day (Labour Code 2019, articles 111 and 112)."""
        noted = self.swapped.get(day)
        if noted is not None:
            return noted
        known = holidays_of(day.year)
        return day in known.worked or (day.weekday() < 5 and day not in known.days_off)

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, which itself does not count (Civil Code 2015, article 147).

        A count of 0 gives `day` itself. Raises ValueError beyond LONGEST_DAYS.
        """
        if not 0 <= count <= LONGEST_DAYS:
            raise ValueError(f"a deadline of {count} days")
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Return the working days after `first` up to and with `last`; those before it as a negative number."""
        if last < first:
            return -self.between(last, first)
        span = min((last - first).days, 2 * LONGEST_DAYS)
        return sum(self.is_working(first + timedelta(days=step)) for step in range(1, span + 1))

    def on_or_after(self, day: date) -> date:
        """Return `day`, or the next working day when it is none (Civil Code 2015, article 148)."""
        return day if self.is_working(day) else self.after(day, 1)


@lru_cache(maxsize=64)
def holidays_of(year: int) -> HolidayYear:
    """Return the holidays of a year: lunar ones computed, swapped days as far as the library knows them."""
    from holidays.countries.vietnam import Vietnam

    found = Vietnam(years=year)  # type: ignore[no-untyped-call]  # the library types its data, not its constructors
    return HolidayYear(frozenset(found), frozenset(day for day in found.weekend_workdays if day.year == year))
