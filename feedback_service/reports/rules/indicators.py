"""An indicator as it can be defended: its fraction, what the numerator is made of, its rule, source and version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from feedback_service.core.numbers import Rounding
from feedback_service.core.period import Period
from feedback_service.core.words import Sentence

MODES = {Rounding.ROUNDED: ROUND_HALF_UP, Rounding.TRUNCATED: ROUND_DOWN}


@dataclass(frozen=True)
class Basis:
    """A dated set of rules: what it is called (a message id), its legal source, and the days it is valid.

    `is_unverified` marks what nobody has read in an official text yet; it is never called official.
    """

    name: str
    source: str
    version: int
    valid_from: date
    valid_to: date | None
    is_unverified: bool

    def holds(self, period: Period) -> bool:
        """Whether it is valid on the last day of a period."""
        return self.valid_from <= period.last_on and (self.valid_to is None or period.last_on <= self.valid_to)


@dataclass(frozen=True)
class Term:
    """One line of a numerator: what is counted (a message id), how often, and how much each one weighs.

    `text` are words of a questionnaire that stand in place of the label as they are.
    """

    label: str
    count: int
    weight: Fraction = Fraction(1)
    text: str = ""

    @property
    def product(self) -> Fraction:
        """What it adds to the numerator."""
        return self.count * self.weight


@dataclass(frozen=True)
class Indicator:
    """One indicator; without terms or with a whole of zero it has no value, which is never taken for zero.

    `name`, `rule` and `origin` are message ids; `scale` is 100 for a percentage and 1 for points; `most` are the points
    that can be won, and `points` those that were, None where none are given; `withheld` says why ratings are not shown.
    """

    key: str
    name: str
    terms: tuple[Term, ...]
    whole: int | None
    rule: str
    origin: str
    basis: Basis
    scale: int = 100
    decimals: int = 1
    most: int | None = None
    points: Fraction | None = None
    withheld: Sentence | None = None

    @property
    def part(self) -> Fraction:
        """The numerator."""
        return sum((term.product for term in self.terms), Fraction(0))

    @property
    def share(self) -> Fraction | None:
        """The exact fraction, None for a share of nothing."""
        return self.part / self.whole if self.whole and self.terms else None

    def value(self, rounding: Rounding = Rounding.ROUNDED) -> Decimal | None:
        """Return the value as it is printed, shortened in a named way."""
        return None if self.share is None else shortened(self.share * self.scale, self.decimals, rounding)

    @property
    def rounded(self) -> Decimal | None:
        """The value rounded half up."""
        return self.value()

    @property
    def truncated(self) -> Decimal | None:
        """The value cut off."""
        return self.value(Rounding.TRUNCATED)

    @property
    def is_percentage(self) -> bool:
        """Whether it is told in percent."""
        return self.scale == 100

    @property
    def points_won(self) -> Decimal | None:
        """The points to two places, rounded half up."""
        return None if self.points is None else shortened(self.points, 2)


def shortened(exact: Fraction, decimals: int, rounding: Rounding = Rounding.ROUNDED) -> Decimal:
    """Return a fraction with some decimals, exactly: 14.995 is 15.00 rounded and 14.99 truncated."""
    scaled = exact * 10**decimals
    whole = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return whole.quantize(Decimal(1), rounding=MODES[rounding]).scaleb(-decimals)


def needed(part: int, whole: int, target: Fraction) -> int | None:
    """Return how many further cases, all of them good, it takes to reach a target share; None when none can.

    The what-if of a rate: (part + x) / (whole + x) >= target.
    """
    if target >= 1:
        return 0 if whole and part == whole else None
    short = target * whole - part
    return max(0, -((-short) // (1 - target)))


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """Return the mean, None of nothing."""
    return sum(values, Fraction(0)) / len(values) if values else None
