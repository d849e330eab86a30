"""Shares, intervals, rounding by name, and numbers as Vietnam writes them."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import sqrt

Z_95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: a two-sided interval of 95 %."""


class Rounding(StrEnum):
    """How a figure is shortened: 9413/9728 is 96,8 % rounded and 96,7 % truncated."""

    ROUNDED = "rounded"
    TRUNCATED = "truncated"


@dataclass(frozen=True)
class Interval:
    """A range of shares, each from 0 to 1."""

    low: float
    high: float


def share(part: int, whole: int) -> float | None:
    """Return part / whole; a share of nothing is None, not zero."""
    return part / whole if whole else None


def wilson(part: int, whole: int, z: float = Z_95) -> Interval | None:
    """Return the score interval of a share (Wilson 1927), None for a share of nothing."""
    if not whole:
        return None
    p = part / whole
    centre = p + z * z / (2 * whole)
    spread = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return Interval(max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def shortened(part: int, whole: int, *, decimals: int = 1, rounding: Rounding = Rounding.ROUNDED) -> Decimal | None:
    """Return 100 * part / whole with `decimals` places, exactly from the fraction; None for a share of nothing."""
    if not whole:
        return None
    mode = ROUND_HALF_UP if rounding is Rounding.ROUNDED else ROUND_DOWN
    return (Decimal(100 * part) / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), rounding=mode)


def spelled(number: float | Decimal, *, decimals: int = 0, language: str = "vi") -> str:
    """Return 1.234,5 in Vietnamese and 1,234.5 in English, rounded half up."""
    places = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(str(number)).quantize(places, rounding=ROUND_HALF_UP):,f}"
    return text.translate(_SWAPPED) if language == "vi" else text


def percent(ratio: float | None, *, decimals: int = 1, language: str = "vi") -> str:
    """Return 96,7% for a ratio of 0.967 and a dash for None."""
    return "–" if ratio is None else f"{spelled(Decimal(str(ratio)) * 100, decimals=decimals, language=language)}%"


_SWAPPED = str.maketrans(",.", ".,")
