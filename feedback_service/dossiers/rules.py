"""Dossier figures: what one report says, whether it adds up, and the rate of those on time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from feedback_service.core.errors import Fault
from feedback_service.core.numbers import Rounding, shortened
from feedback_service.core.period import Period

MOST = 100_000_000


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
)
"""The check sums of form II.06a: a whole, its parts, and the sentence when they disagree."""


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
    for whole, parts, sentence in SUMS:
        amounts = [told[part] for part in parts]
        known = [amount for amount in amounts if amount is not None]
        if told[whole] is not None and len(known) == len(parts) and sum(known) != told[whole]:
            yield Fault(whole, sentence)


def numbers(report: Report) -> Mapping[str, int | None]:
    """Return every number of a report by the name of its column."""
    own = {"received": report.received, "on_time": report.on_time}
    return {**own, **{part.name: getattr(report.parts, part.name) for part in fields(Parts)}}


def read_row(row: Mapping[str, str]) -> Report:
    """Return the report of one row of a file; raises ValueError or KeyError when it cannot be read."""
    told = {name: int(row[name]) for name in (part.name for part in fields(Parts)) if row.get(name, "").strip()}
    return Report(
        period=Period(date.fromisoformat(row["first_on"].strip()), date.fromisoformat(row["last_on"].strip())),
        received=int(row["received"]),
        on_time=int(row["on_time"]),
        source=row["source"].strip(),
        field=row.get("field", "").strip(),
        parts=Parts(**told),
    )
