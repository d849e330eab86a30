"""The comparison of units or counters: bars by level, and the satisfied share with its interval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback_service.core.numbers import Interval
from feedback_service.reports.drawing.shapes import (
    Drawing,
    Format,
    Shape,
    axis_marks,
    axis_start,
    circle,
    line,
    path,
    place,
    rect,
    shortened,
    text,
)

ROW, BAR = 36, 24
BARS, BARS_END, COUNTS, AXIS, AXIS_END, VALUES, WIDE = 178, 676, 684, 740, 992, 1006, 1050
LETTERS_OF_NAME = 25
NUMBER_FITS = 26


@dataclass(frozen=True)
class LevelBar:
    """One row of the comparison; without shares it says `missing` instead."""

    name: str
    count: str
    levels: Sequence[tuple[int, float]]
    estimate: float | None
    interval: Interval | None
    missing: str = ""
    is_total: bool = False


def level_chart(rows: Sequence[LevelBar], titles: tuple[str, str], written: Format) -> Drawing:
    """Return bars of 100 % by level with the satisfied share and its interval beside them, 1050 units wide."""
    low = axis_start([row.interval.low for row in rows if row.interval])
    height = 28 + ROW * len(rows) + 12 * any(row.is_total for row in rows)
    shapes = [text(titles[0], BARS, 14, "soft-text"), text(titles[1], AXIS, 14, "soft-text")]
    for value in axis_marks(low):
        x = place(value, low, AXIS, AXIS_END)
        shapes.append(line("grid-line", x, x, 24, height))
        shapes.append(text(written(100 * value, 0), x, height + 18, "soft-text", "middle"))
    top = 28
    for row in rows:
        if row.is_total:
            shapes.append(line("axis-line", 0, WIDE, top + 7, top + 7))
            top += 12
        shapes += _level_row(row, top, low, written)
        top += ROW
    return Drawing(WIDE, height + 26, tuple(shapes))


def _level_row(row: LevelBar, top: float, low: float, written: Format) -> Iterator[Shape]:
    yield text(shortened(row.name, LETTERS_OF_NAME), 0, top + 17, "strong-text" if row.is_total else "")
    if row.estimate is None or row.interval is None:
        yield text(row.missing, BARS, top + 17, "soft-text")
        return
    shown = [(face, share) for face, share in row.levels if share > 0]
    x, room = float(BARS), BARS_END - BARS - 2 * (len(shown) - 1)
    for face, share in shown:
        width = share * room
        yield rect(f"level-{face}", x, top, width, BAR)
        if width >= NUMBER_FITS:
            yield text(written(100 * share, 0), x + width / 2, top + 17, "on-dark", "middle")
        x += width + 2
    yield text(row.count, COUNTS, top + 17, "soft-text")
    left, right = (place(value, low, AXIS, AXIS_END) for value in (row.interval.low, row.interval.high))
    y = top + BAR / 2
    yield path("whisker", f"M{left:.1f} {y:g}H{right:.1f}M{left:.1f} {y - 6:g}v12M{right:.1f} {y - 6:g}v12")
    yield circle(place(row.estimate, low, AXIS, AXIS_END), y)
    yield text(written(100 * row.estimate, 1), VALUES, top + 17, "strong-text")
