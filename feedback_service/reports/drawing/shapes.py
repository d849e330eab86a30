"""The elements of a chart and the places on its axes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Format = Callable[[float, int], str]
"""Writes a number with so many decimals in the reader's language."""


@dataclass(frozen=True)
class Shape:
    """One element of SVG; `text` is what it says."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(frozen=True)
class Drawing:
    """A whole chart, drawn 1:1 in units of a pixel."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def axis_start(lows: Sequence[float]) -> float:
    """Return where a cut axis of shares begins: below every interval, and at most at 75 %."""
    steps = int(min((*lows, 0.75)) * 20 + 1e-9)
    return steps / 20 if steps >= 12 else steps // 4 / 5


def axis_marks(low: float) -> tuple[float, ...]:
    """Return the shares that an axis from `low` to 1 names: at most seven."""
    step = 5 if low >= 0.7 else 10 if low >= 0.4 else 20
    return tuple(percent / 100 for percent in range(100, round(100 * low) - 1, -step))[::-1]


def shortened(words: str, letters: int) -> str:
    """Return words that fit a chart; the table beneath has them whole."""
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def place(value: float, low: float, start: float, end: float, high: float = 1.0) -> float:
    """Return where a value stands on an axis from `start` to `end` that begins at `low`."""
    return start + (max(value, low) - low) / (high - low) * (end - start)


def text(words: str, x: float, y: float, kind: str = "", anchor: str = "start") -> Shape:
    """Return words at a place."""
    optional = {"class": kind} if kind else {}
    anchored = {"text-anchor": anchor} if anchor != "start" else {}
    return Shape("text", {**optional, "x": f"{x:.1f}", "y": f"{y:.1f}", **anchored}, words)


def rect(kind: str, x: float, y: float, width: float, height: float) -> Shape:
    """Return a rectangle."""
    places = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    return Shape("rect", {"class": kind, **places})


def line(kind: str, x1: float, x2: float, y1: float, y2: float) -> Shape:
    """Return a straight line."""
    places = {"x1": f"{x1:.1f}", "x2": f"{x2:.1f}", "y1": f"{y1:.1f}", "y2": f"{y2:.1f}"}
    return Shape("line", {"class": kind, **places})


def path(kind: str, steps: str) -> Shape:
    """Return a line of several steps."""
    return Shape("path", {"class": kind, "d": steps})


def circle(x: float, y: float) -> Shape:
    """Return the open circle of an estimate."""
    return Shape("circle", {"class": "estimate", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "5"})
