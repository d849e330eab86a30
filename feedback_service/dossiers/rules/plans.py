"""What will become of each row of a file, before anything is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedback_service.core.canonical import digest
from feedback_service.core.errors import Fault
from feedback_service.core.period import Period
from feedback_service.dossiers.rules.figures import Report


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Kept:
    """The figures that are kept for the same unit, period and field."""

    id: int
    report: Report
    recorded_at: datetime


@dataclass(frozen=True)
class Planned:
    """One row: whose it is, what it says, what stands there now, and which other periods it overlaps."""

    number: int
    unit_id: int | None
    unit_name: str
    report: Report | None
    outcome: Outcome
    kept: Kept | None = None
    overlaps: tuple[Period, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Every row of a file; it is stored whole or not at all."""

    rows: tuple[Planned, ...]

    def count(self, outcome: Outcome | str) -> int:
        """Return how many rows come to this."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def is_refused(self) -> bool:
        """Whether some row keeps the whole file out."""
        return self.count(Outcome.REFUSED) > 0

    @property
    def changes(self) -> int:
        """How many rows would be stored."""
        return self.count(Outcome.ADDED) + self.count(Outcome.REPLACED)

    @property
    def seal(self) -> str:
        """A digest of what would be replaced, by which a confirmation is tied to what was seen."""
        replaced = [row.kept for row in self.rows if row.outcome is Outcome.REPLACED and row.kept]
        return digest([[kept.id, kept.recorded_at.timestamp()] for kept in replaced])


def overlapping(period: Period, others: Sequence[Period]) -> tuple[Period, ...]:
    """Return the periods that share days with this one without holding it or lying in it.

    A month within a quarter is no conflict: reports take the figures that cover their period exactly.
    """
    return tuple(
        other
        for other in others
        if other.first_on <= period.last_on
        and period.first_on <= other.last_on
        and not (other.first_on <= period.first_on and period.last_on <= other.last_on)
        and not (period.first_on <= other.first_on and other.last_on <= period.last_on)
    )
