"""When people were dissatisfied: weekdays by hours of the local clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedback_service.core.numbers import share, wilson
from feedback_service.core.words import Sentence
from feedback_service.reports.rules.disclosure import hidden_of
from feedback_service.reports.rules.satisfaction import ENOUGH_TO_COMPARE, LevelCounts

WORKDAYS = 5
Z_ONE_OF_FIFTY = 3.290526731491926
"""The 99.95 % point of the normal distribution: a two-sided interval of 99.9 %."""
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Message ids, Monday being weekday 0."""


@dataclass(frozen=True)
class HourCell:
    """One hour of one weekday; `is_shown` tells whether its share may be shown, `counts` is None without a rating."""

    weekday: int
    hour: int
    counts: LevelCounts | None
    is_shown: bool = False

    @property
    def low_share(self) -> float | None:
        """The share of those who were dissatisfied, None for a share of nothing."""
        return share(self.counts.low, self.counts.total) if self.counts else None


@dataclass(frozen=True)
class HourMap:
    """Every hour from the first to the last with a rating, on the days of the week that have any."""

    hours: tuple[int, ...]
    rows: tuple[tuple[HourCell, ...], ...]

    @property
    def total(self) -> int:
        """How many ratings are in it."""
        return sum(cell.counts.total for row in self.rows for cell in row if cell.counts)


def hour_map(counts: Mapping[tuple[int, int], LevelCounts]) -> HourMap:
    """Return the map of counts by weekday and hour; small cells are held back with as many more as protect them."""
    if not counts:
        return HourMap((), ())
    order = sorted(counts)
    held = {order[place] for place in hidden_of([counts[key] for key in order])}
    last_day = max(WORKDAYS - 1, *(weekday for weekday, _hour in counts))
    hours = tuple(range(min(hour for _day, hour in counts), max(hour for _day, hour in counts) + 1))
    rows = tuple(tuple(_cells(weekday, hours, counts, held)) for weekday in range(last_day + 1))
    return HourMap(hours, rows)


def _cells(
    weekday: int, hours: Sequence[int], counts: Mapping[tuple[int, int], LevelCounts], held: set[tuple[int, int]]
) -> Iterator[HourCell]:
    for hour in hours:
        key = (weekday, hour)
        yield HourCell(weekday, hour, counts.get(key), key in counts and key not in held)


def finding(found: HourMap, subject: Sentence) -> Sentence:
    """Return the hour in which clearly more people were dissatisfied than at other times, else the `subject`.

    Clearly: at least 30 ratings, and its interval does not touch that of all other hours. As the worst of some fifty
    hours is picked, the interval is one of 99.9 % (Bonferroni).
    """
    cells = [cell for row in found.rows for cell in row if cell.counts]
    large = [cell for cell in cells if cell.is_shown and cell.counts and cell.counts.total >= ENOUGH_TO_COMPARE]
    worst = max(large, key=lambda cell: cell.low_share or 0.0, default=None)
    if worst is None or worst.counts is None:
        return subject
    low = sum(cell.counts.low for cell in cells if cell.counts and cell is not worst)
    total = sum(cell.counts.total for cell in cells if cell.counts and cell is not worst)
    own, rest = wilson(worst.counts.low, worst.counts.total, Z_ONE_OF_FIFTY), wilson(low, total)
    if own is None or rest is None or own.low <= rest.high:
        return subject
    facts = {"weekday": Sentence(WEEKDAY_NAMES[worst.weekday]), "hour": worst.hour}
    return Sentence("Most dissatisfied: {weekday}, from {hour}:00", facts)
