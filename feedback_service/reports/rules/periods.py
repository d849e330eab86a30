"""The periods that offices report by: calendar months to years, the same cut on the 15th, and free days."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import Period
from feedback_service.core.words import Sentence

ROMAN = ("I", "II", "III", "IV")
FREE = "free"
LONGEST_DAYS = 3 * 366
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


class Kind(StrEnum):
    """How many months a report spans."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.YEAR: 12}
LETTERS = {Kind.MONTH: "m", Kind.QUARTER: "q", Kind.HALF: "h", Kind.YEAR: "y"}


@dataclass(frozen=True)
class ReportPeriod:
    """One period of a year, such as the third quarter; `is_cut` runs from the 15th to the 14th.

    Source of the cut: decree 09/2019/ND-CP, reports closed on the 14th of the last month.
    """

    kind: Kind
    year: int
    number: int
    is_cut: bool = False

    @property
    def key(self) -> str:
        """How an address names it: 2026-q3, 2026-m10-cut."""
        return f"{self.year}-{LETTERS[self.kind]}{self.number}{'-cut' if self.is_cut else ''}"

    @property
    def days(self) -> Period:
        """The local days it covers."""
        months = MONTHS[self.kind]
        first = self.year * 12 + (self.number - 1) * months
        if self.is_cut:
            return Period(_day(first - 1, 15), _day(first + months - 1, 14))
        return Period(_day(first, 1), _day(first + months, 1) - timedelta(days=1))

    @property
    def name(self) -> Sentence:
        """What people call it."""
        facts = {"number": str(self.number), "year": str(self.year), "roman": ROMAN[(self.number - 1) % 4]}
        plain = Sentence(_NAMES[self.kind, self.number if self.kind is Kind.HALF else 1], facts)
        if not self.is_cut:
            return plain
        days = self.days
        return Sentence("{period} ({first} – {last})", {"period": plain, "first": days.first_on, "last": days.last_on})

    def before(self) -> "ReportPeriod":
        """Return the period of the same kind just before."""
        if self.number > 1:
            return replace(self, number=self.number - 1)
        return replace(self, year=self.year - 1, number=12 // MONTHS[self.kind])

    def year_before(self) -> "ReportPeriod":
        """Return the same period of the year before."""
        return replace(self, year=self.year - 1)


@dataclass(frozen=True)
class FreePeriod:
    """Any days that somebody chose."""

    days: Period

    @property
    def key(self) -> str:
        """How an address names it; its days stand beside it."""
        return FREE

    @property
    def name(self) -> Sentence:
        """What people call it."""
        return Sentence("{first} to {last}", {"first": self.days.first_on, "last": self.days.last_on})

    def before(self) -> "FreePeriod":
        """Return as many days just before."""
        first = self.days.first_on
        return FreePeriod(Period(first - timedelta(days=self.days.days), first - timedelta(days=1)))

    def year_before(self) -> "FreePeriod":
        """Return the same days of the year before."""
        return FreePeriod(Period(_a_year_before(self.days.first_on), _a_year_before(self.days.last_on)))


Choice = ReportPeriod | FreePeriod


@dataclass(frozen=True)
class Group:
    """Periods of one kind to choose from: `label` is a message id."""

    label: str
    periods: tuple[Choice, ...]


def containing(day: date, kind: Kind, *, is_cut: bool = False) -> ReportPeriod:
    """Return the period of this kind that `day` falls in."""
    months = MONTHS[kind]
    month = day.year * 12 + day.month - 1 + (1 if is_cut and day.day >= 15 else 0)
    return ReportPeriod(kind, month // 12, month % 12 // months + 1, is_cut)


def named(days: Period) -> Choice:
    """Return the period that these days are, a quarter before all others, else the days themselves."""
    kinds = ((kind, is_cut) for kind in (Kind.QUARTER, *Kind) for is_cut in (False, True))
    found = (containing(days.last_on, kind, is_cut=is_cut) for kind, is_cut in kinds)
    return next((one for one in found if one.days == days), FreePeriod(days))


def last_complete(day: date, kind: Kind) -> ReportPeriod:
    """Return the last period of this kind that has ended before `day`."""
    return containing(day, kind).before()


def offered(today: date) -> tuple[Group, ...]:
    """Return the groups of a period list, the newest period first."""
    groups = []
    for label, kind, is_cut, count in _OFFERED:
        periods = [containing(today, kind, is_cut=is_cut)]
        while len(periods) < count:
            periods.append(periods[-1].before())
        groups.append(Group(label, tuple(periods)))
    return tuple(groups)


def chosen(key: str, first: str, last: str, *, today: date) -> Choice:
    """Return the period that an address asks for, the quarter of `today` when it asks for none; raises Refused."""
    if not key and not (first or last):
        return containing(today, Kind.QUARTER)
    if key == FREE or not key:
        return FreePeriod(free_days(first, last))
    found = _named(key)
    if found is None:
        raise Refused(NO_PERIOD, faults=(Fault("period", NO_PERIOD),))
    return found


def free_days(first: str, last: str) -> Period:
    """Return the days between two ISO dates; raises Refused that names the field."""
    first_on, last_on = _date(first, "from"), _date(last, "to")
    if last_on < first_on:
        raise Refused(SWAPPED, faults=(Fault("to", SWAPPED),))
    if (last_on - first_on).days >= LONGEST_DAYS:
        raise Refused(TOO_LONG, faults=(Fault("to", TOO_LONG),))
    return Period(first_on, last_on)


SWAPPED = "The last day comes before the first day. Please swap them."
TOO_LONG = "Please choose at most three years."
NO_DATE = "Please enter a date, such as 31/10/2026."
NO_PERIOD = "There is no such period. Please choose one from the list."
_NAMES = {
    (Kind.MONTH, 1): "Month {number}/{year}",
    (Kind.QUARTER, 1): "Quarter {roman}/{year}",
    (Kind.HALF, 1): "First half of {year}",
    (Kind.HALF, 2): "Second half of {year}",
    (Kind.YEAR, 1): "Year {year}",
}
_OFFERED = (
    ("Quarters", Kind.QUARTER, False, 5),
    ("Months", Kind.MONTH, False, 6),
    ("Half-years", Kind.HALF, False, 2),
    ("Years", Kind.YEAR, False, 2),
    ("From the 15th to the 14th", Kind.QUARTER, True, 4),
    ("From the 15th to the 14th, by month", Kind.MONTH, True, 4),
    ("From the 15th to the 14th, by half-year", Kind.HALF, True, 2),
    ("From the 15th to the 14th, by year", Kind.YEAR, True, 2),
)


def _named(key: str) -> ReportPeriod | None:
    year, _, rest = key.partition("-")
    letter, _, cut = rest.partition("-")
    kind = next((kind for kind, known in LETTERS.items() if letter.startswith(known)), None)
    if kind is None or not _is_count(year, LATEST_YEAR) or not _is_count(letter[1:], 12 // MONTHS[kind]):
        return None
    if cut not in ("", "cut") or int(year) < EARLIEST_YEAR:
        return None
    return ReportPeriod(kind, int(year), int(letter[1:]), cut == "cut")


def _is_count(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= most


def _date(text: str, field: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Refused(NO_DATE, faults=(Fault(field, NO_DATE),)) from error
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise Refused(NO_DATE, faults=(Fault(field, NO_DATE),))
    return day


def _day(month: int, day: int) -> date:
    return date(month // 12, month % 12 + 1, day)


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
