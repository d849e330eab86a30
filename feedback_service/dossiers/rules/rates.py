"""The three on-time rates that are in use, each with its fraction, so that nobody has to guess which one is meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from feedback_service.core.numbers import Rounding, shortened


@dataclass(frozen=True)
class Rate:
    """One rate: its letter, what is divided by what (a message id), and the numbers; None where one is not told."""

    letter: str
    rule: str
    part: int | None
    whole: int | None

    @property
    def rounded(self) -> Decimal | None:
        """The rate in percent, rounded half up after one place; None for a share of nothing."""
        return self._shortened(Rounding.ROUNDED)

    @property
    def truncated(self) -> Decimal | None:
        """The rate in percent, cut after one place; None for a share of nothing."""
        return self._shortened(Rounding.TRUNCATED)

    def _shortened(self, rounding: Rounding) -> Decimal | None:
        if self.part is None or self.whole is None:
            return None
        return shortened(self.part, self.whole, rounding=rounding)


@dataclass(frozen=True)
class Way:
    """One way of counting: its letter, the columns above and below the line, and its rule (a message id)."""

    letter: str
    parts: tuple[str, ...]
    whole: str
    rule: str


WAYS = (
    Way("A", ("on_time",), "received", "On time divided by received"),
    Way(
        "B",
        ("resolved_early", "resolved_on_time"),
        "resolved",
        "Before time and on time divided by resolved (form II.06a)",
    ),
    Way(
        "C",
        ("resolved_early", "resolved_on_time", "pending_in_time"),
        "received",
        "Before time, on time and in hand in time divided by received (Decision 766, index 2.1)",
    ),
)
"""Source: domain 5.2. A is the city's own (article of 2018), B that of form II.06a, C that of QĐ 766/QĐ-TTg."""


def rates(told: Mapping[str, int | None]) -> tuple[Rate, ...]:
    """Return the rates A, B and C of numbers by the name of their column."""
    return tuple(Rate(way.letter, way.rule, _sum(told, *way.parts), told[way.whole]) for way in WAYS)


def _sum(told: Mapping[str, int | None], *names: str) -> int | None:
    known = [number for name in names if (number := told[name]) is not None]
    return sum(known) if len(known) == len(names) else None
