"""Dossier figures: what one report says, whether it adds up, and the rate of those on time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from feedback_service.core.errors import Fault
from feedback_service.core.numbers import Rounding, shortened
from feedback_service.core.period import Period

MOST = 100_000_000
NUMBERS_OF_COLUMNS: Mapping[str, int] = {
    "received": 3,
    "received_online": 4,
    "received_in_person": 5,
    "carried_over": 6,
    "resolved": 7,
    "resolved_early": 8,
    "resolved_on_time": 9,
    "resolved_late": 10,
    "pending": 11,
    "pending_in_time": 12,
    "pending_late": 13,
}
"""The numbers of the columns on form II.06a (TT 01/2020/TT-VPCP)."""
LABELS: Mapping[str, str] = {
    "received": "Received, total",
    "received_online": "Received online",
    "received_in_person": "Received in person or by post",
    "carried_over": "From the period before",
    "resolved": "Resolved, total",
    "resolved_early": "Resolved before time",
    "resolved_on_time": "Resolved on time",
    "resolved_late": "Resolved late",
    "pending": "In hand, total",
    "pending_in_time": "In hand, in time",
    "pending_late": "In hand, overdue",
    "on_time": "On time",
    "unit_code": "Code of the unit",
    "first_on": "First day",
    "last_on": "Last day",
    "field": "Field",
    "source": "Source",
}
"""Message ids of what each column is called."""


@dataclass(frozen=True)
class Parts:
    """Columns 4 to 13 of form II.06a (TT 01/2020/TT-VPCP); a part that the source does not tell is None."""

    received_online: int | None = None
    received_in_person: int | None = None
    carried_over: int | None = None
    resolved: int | None = None
    resolved_early: int | None = None
    resolved_on_time: int | None = None
    resolved_late: int | None = None
    pending: int | None = None
    pending_in_time: int | None = None
    pending_late: int | None = None


@dataclass(frozen=True)
class Report:
    """What one unit reports for one period and field ("" stands for all fields)."""

    period: Period
    received: int
    on_time: int
    source: str
    field: str = ""
    parts: Parts = Parts()

    @property
    def rounded(self) -> Decimal | None:
        """The on-time rate A of domain 5.2 in percent, rounded half up: 9413 of 9728 gives 96.8."""
        return shortened(self.on_time, self.received)

    @property
    def truncated(self) -> Decimal | None:
        """The same rate cut after one place, as the newspaper printed it: 9413 of 9728 gives 96.7."""
        return shortened(self.on_time, self.received, rounding=Rounding.TRUNCATED)


SUMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("received", ("received_online", "received_in_person", "carried_over"), "Column 3 must be 4 + 5 + 6."),
    ("resolved", ("resolved_early", "resolved_on_time", "resolved_late"), "Column 7 must be 8 + 9 + 10."),
    ("pending", ("pending_in_time", "pending_late"), "Column 11 must be 12 + 13."),
    ("received", ("resolved", "pending"), "Column 3 must be 7 + 11."),
    ("on_time", ("resolved_early", "resolved_on_time"), "On time must be columns 8 + 9."),
)
"""The check sums of form II.06a: a whole, its parts, and the sentence when they disagree."""


@dataclass(frozen=True)
class Check:
    """One check sum with its numbers; `told` is None, or a part, where the source does not tell."""

    whole: str
    told: int | None
    parts: tuple[tuple[str, int | None], ...]
    sentence: str

    @property
    def is_known(self) -> bool:
        """Whether every number is told."""
        return self.told is not None and all(number is not None for _name, number in self.parts)

    @property
    def counted(self) -> int:
        """What the parts make together."""
        return sum(number or 0 for _name, number in self.parts)

    @property
    def is_wrong(self) -> bool:
        """Whether the numbers are told and disagree."""
        return self.is_known and self.counted != self.told

    @property
    def difference(self) -> int:
        """By how much the whole is larger than its parts."""
        return (self.told or 0) - self.counted


def checks(told: Mapping[str, int | None]) -> tuple[Check, ...]:
    """Return every check sum of numbers by the name of their column."""
    return tuple(
        Check(whole, told.get(whole), tuple((part, told.get(part)) for part in parts), sentence)
        for whole, parts, sentence in SUMS
    )


def faults_in(report: Report) -> tuple[Fault, ...]:
    """Return everything that does not add up, by the name of the column; what is not told is not judged."""
    return tuple(_faults(report))


def _faults(report: Report) -> Iterator[Fault]:
    told = numbers(report)
    for name, number in told.items():
        if number is not None and not 0 <= number <= MOST:
            yield Fault(name, "Please write a whole number that is not negative.")
    if report.on_time > report.received:
        yield Fault("on_time", "There cannot be more dossiers on time than were received.")
    for check in checks(told):
        if check.is_wrong:
            yield Fault(check.whole, check.sentence)


def numbers(report: Report) -> Mapping[str, int | None]:
    """Return every number of a report by the name of its column."""
    own = {"received": report.received, "on_time": report.on_time}
    return {**own, **{part.name: getattr(report.parts, part.name) for part in fields(Parts)}}


def read_row(row: Mapping[str, str]) -> Report:
    """Return the report of one row of our own files; raises ValueError or KeyError when it cannot be read."""
    told = {name: int(row[name]) for name in (part.name for part in fields(Parts)) if row.get(name, "").strip()}
    return Report(
        period=Period(date.fromisoformat(row["first_on"].strip()), date.fromisoformat(row["last_on"].strip())),
        received=int(row["received"]),
        on_time=int(row["on_time"]),
        source=row["source"].strip(),
        field=row.get("field", "").strip(),
        parts=Parts(**told),
    )
