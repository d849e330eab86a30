"""The course of time: the satisfied share as a line in the band of its interval."""

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
    text,
)

HALF, COURSE, COURSE_END, COURSE_TOP, COURSE_BOTTOM = 490, 34, 412, 18, 150
MOST_LABELS = 6


@dataclass(frozen=True)
class Point:
    """One step of a course of time; without an estimate the line is broken there."""

    label: str
    estimate: float | None
    interval: Interval | None


def course_chart(points: Sequence[Point], written: Format) -> Drawing:
    """Return the satisfied share in the course of time with its interval as a band, 490 units wide."""
    low = axis_start([point.interval.low for point in points if point.interval])
    shapes = []
    for value in axis_marks(low):
        y = place(value, low, COURSE_BOTTOM, COURSE_TOP)
        shapes.append(line("grid-line", COURSE, COURSE_END, y, y))
        shapes.append(text(written(100 * value, 0), COURSE - 8, y + 4, "soft-text", "end"))
    places = [place(index, -0.5, COURSE, COURSE_END, len(points) - 0.5) for index in range(len(points))]
    every = max(1, -(-len(points) // MOST_LABELS))
    for index, (x, point) in enumerate(zip(places, points, strict=True)):
        if index % every == 0:
            shapes.append(text(point.label, x, COURSE_BOTTOM + 22, "soft-text", "middle"))
    for run in _runs(points):
        shapes += _course_run([(places[index], points[index]) for index in run], low)
    known = [index for index, point in enumerate(points) if point.estimate is not None]
    if known:
        last = points[known[-1]]
        y = place(last.estimate or 0.0, low, COURSE_BOTTOM, COURSE_TOP)
        shapes.append(circle(places[known[-1]], y))
        shapes.append(text(written(100 * (last.estimate or 0.0), 1), COURSE_END + 12, y + 5, "strong-text"))
    return Drawing(HALF, COURSE_BOTTOM + 30, tuple(shapes))


def _course_run(run: Sequence[tuple[float, Point]], low: float) -> Iterator[Shape]:
    def at(x: float, value: float) -> str:
        return f"{x:.1f} {place(value, low, COURSE_BOTTOM, COURSE_TOP):.1f}"

    upper = [at(x, point.interval.high) for x, point in run if point.interval]
    lower = [at(x, point.interval.low) for x, point in reversed(run) if point.interval]
    if len(run) > 1:
        yield path("band", f"M{'L'.join(upper + lower)}Z")
        yield path("trend", f"M{'L'.join(at(x, point.estimate or 0.0) for x, point in run)}")
    else:
        yield path("whisker", f"M{upper[0]}L{lower[0]}")
        yield circle(run[0][0], place(run[0][1].estimate or 0.0, low, COURSE_BOTTOM, COURSE_TOP))


def _runs(points: Sequence[Point]) -> Iterator[list[int]]:
    run: list[int] = []
    for index, point in enumerate(points):
        if point.estimate is not None:
            run.append(index)
        elif run:
            yield run
            run = []
    if run:
        yield run
