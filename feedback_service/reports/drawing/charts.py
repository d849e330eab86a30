"""The drawings of reports in the language of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback_service.core.numbers import percent, spelled
from feedback_service.core.words import Sentence
from feedback_service.reports.drawing.course import Point, course_chart
from feedback_service.reports.drawing.hours import Square, hour_chart
from feedback_service.reports.drawing.levels import LevelBar, level_chart
from feedback_service.reports.drawing.reasons import ReasonBar, reason_chart
from feedback_service.reports.drawing.shapes import Drawing
from feedback_service.reports.queries.board import Board
from feedback_service.reports.queries.comparison import Comparison
from feedback_service.reports.rules import hours, reasons
from feedback_service.reports.rules.hours import WEEKDAY_NAMES, HourCell, HourMap
from feedback_service.reports.rules.reasons import Reasons
from feedback_service.reports.rules.satisfaction import (
    ENOUGH,
    ENOUGH_TO_COMPARE,
    LevelCounts,
    Standing,
    change,
    finding,
    held_back,
)
from feedback_service.reports.rules.trend import Step
from feedback_service.web.context import platform
from feedback_service.web.i18n import language, said

ROWS = 24
"""Lines of one drawing: it stays on one printed page."""
SHORTEST_COURSE = 3
BY_UNIT, BY_COUNTER = Sentence("Satisfaction by unit"), Sentence("Satisfaction by counter")
BY_PROCEDURE, NO_PROCEDURE = Sentence("Satisfaction by procedure"), "No procedure told"
BY_WEEK, BY_MONTH = Sentence("Satisfaction by week"), Sentence("Satisfaction by month")
BY_HOUR = Sentence("Dissatisfied by weekday and hour")
LOW, PRAISE = Sentence("Why people were dissatisfied"), Sentence("What people praised")


@dataclass(frozen=True)
class Figure:
    """A heading that says what was found, and the drawings beneath it."""

    heading: Sentence
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True)
class ReasonFigure:
    """Reasons with their drawing and their table."""

    id: str
    figure: Figure
    reasons: Reasons


@dataclass(frozen=True)
class Charts:
    """Every figure of the board; the course of time is absent when the period is too short for one.

    `procedures` draws those with most ratings, and is absent where nobody told of one.
    """

    levels: Figure
    procedures: Figure | None
    course: Figure | None
    hours: Figure | None
    reasons: tuple[ReasonFigure, ...]


def charts(board: Board) -> Charts:
    """Return the drawings of a board."""
    told = ((LOW, "low", board.low_reasons), (PRAISE, "praise", board.praise))
    levels = levels_figure(board.comparison, Standing(board.unit.name, board.total))
    shown = [one for one in told if one[2].mentions and one[2].asked >= ENOUGH]
    return Charts(
        levels, _procedures(board), _course(board), _hours(board.hours), tuple(_reasons(*one) for one in shown)
    )


def levels_figure(comparison: Comparison, whole: Standing) -> Figure:
    """Return units or counters side by side above their total, with what the intervals support as the heading."""
    return _side_by_side(comparison.lines, whole, BY_UNIT if comparison.are_units else BY_COUNTER)


def _side_by_side(lines: Sequence[Standing], whole: Standing, subject: Sentence) -> Figure:
    rows = [_bar(line, is_total=False) for line in lines]
    total = _bar(whole, is_total=True)
    titles = (_word("Share of each level, %"), _word("Satisfied, % and 95% interval"))
    parts = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)] or [[]]
    parts[-1].append(total)
    return Figure(finding(lines, subject), tuple(level_chart(part, titles, _written) for part in parts))


def _procedures(board: Board) -> Figure | None:
    named = [line for line in board.procedures if line.procedure_id]
    if not named or board.has_one_procedure:
        return None
    rest = [replace(line, name=_word(NO_PROCEDURE)) for line in board.procedures if not line.procedure_id]
    return _side_by_side([*named[: ROWS - 1], *rest], Standing(board.unit.name, board.total), BY_PROCEDURE)


def _bar(line: Standing, *, is_total: bool) -> LevelBar:
    counts = line.counts
    return LevelBar(
        name=line.name,
        count=spelled(counts.total, language=language()),
        levels=[(face, share or 0.0) for face, _count, share in counts.levels()],
        estimate=counts.satisfied_share if line.is_shown else None,
        interval=counts.interval if line.is_shown else None,
        missing=said(held_back(counts), platform().translations),
        is_total=is_total,
    )


def _course(board: Board) -> Figure | None:
    steps = board.course.steps
    if len([step for step in steps if step.is_shown]) < SHORTEST_COURSE:
        return None
    subject = BY_WEEK if board.course.is_weekly else BY_MONTH
    heading = change(*board.course.halves(board.scale), subject)
    return Figure(
        heading, (course_chart([_point(step, is_weekly=board.course.is_weekly) for step in steps], _written),)
    )


def _point(step: Step, *, is_weekly: bool) -> Point:
    label = f"{step.first_on:%d/%m}" if is_weekly else f"{step.first_on:%m/%Y}"
    counts: LevelCounts = step.counts
    if not step.is_shown:
        return Point(label, None, None)
    return Point(label, counts.satisfied_share, counts.interval)


def _hours(found: HourMap) -> Figure | None:
    if found.total < ENOUGH_TO_COMPARE:
        return None
    rows = [(_word(WEEKDAY_NAMES[row[0].weekday]), [_square(cell) for cell in row]) for row in found.rows]
    return Figure(hours.finding(found, BY_HOUR), (hour_chart([f"{hour}h" for hour in found.hours], rows),))


def _square(cell: HourCell) -> Square:
    if cell.counts is None:
        return Square("", None)
    share = cell.low_share if cell.is_shown else None
    return Square(_word("few") if share is None else _written(100 * share, 0), share)


def _reasons(subject: Sentence, figure_id: str, found: Reasons) -> ReasonFigure:
    bars: Sequence[ReasonBar] = [
        ReasonBar(line.text, line.count, percent(line.cumulative, language=language()), line.is_main)
        for line in found.lines
    ]
    drawing = reason_chart(bars, (_word("Mentions"), _word("Cumulative")))
    return ReasonFigure(figure_id, Figure(reasons.finding(found, subject), (drawing,)), found)


def _written(number: float, decimals: int) -> str:
    return spelled(number, decimals=decimals, language=language())


def _word(message: str) -> str:
    return platform().translations.word(message, language())
