"""Reasons: sorted bars with the cumulative share in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback_service.reports.drawing.shapes import Drawing, line, rect, shortened, text

HALF, REASONS, REASONS_END, REASON_ROW = 490, 258, 428, 28
LETTERS_OF_REASON = 38


@dataclass(frozen=True)
class ReasonBar:
    """One reason: its count and the cumulative share in words."""

    name: str
    count: int
    cumulative: str
    is_main: bool


def reason_chart(rows: Sequence[ReasonBar], titles: tuple[str, str]) -> Drawing:
    """Return sorted bars with the cumulative share as words and a rule after the main ones, 490 units wide."""
    most = max((row.count for row in rows), default=0) or 1
    shapes = [text(titles[0], REASONS, 14, "soft-text"), text(titles[1], HALF, 14, "soft-text", "end")]
    for index, row in enumerate(rows):
        top = 22 + REASON_ROW * index
        width = row.count / most * (REASONS_END - 34 - REASONS)
        shapes.append(text(shortened(row.name, LETTERS_OF_REASON), REASONS - 8, top + 16, "", "end"))
        shapes.append(rect("bar" if row.is_main else "bar-other", REASONS, top, width, 21))
        shapes.append(text(str(row.count), REASONS + width + 7, top + 16, "strong-text"))
        shapes.append(text(row.cumulative, HALF, top + 16, "soft-text", "end"))
        if row.is_main and index + 1 < len(rows) and not rows[index + 1].is_main:
            shapes.append(line("grid-line", 0, HALF, top + 24.5, top + 24.5))
    return Drawing(HALF, 24 + REASON_ROW * len(rows), tuple(shapes))
