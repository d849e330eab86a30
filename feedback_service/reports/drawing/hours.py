"""Weekdays by hours: a number in every cell, darker for a larger share, dashed where it is held back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback_service.reports.drawing.shapes import Drawing, Shape, rect, text

HALF, FIRST, TOP, ROW, GAP = 490, 66, 22, 36, 3
SHADES = (0.04, 0.08, 0.12, 0.16)
"""The shares at which a cell grows one shade darker."""
DARK = 4


@dataclass(frozen=True)
class Square:
    """One cell: its words, and its share; without a share it is dashed, without words it is left out."""

    words: str
    share: float | None


def hour_chart(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Square]]]) -> Drawing:
    """Return the map, 490 units wide, with `heads` above its columns and the name before each row."""
    step = (HALF - FIRST) / max(1, len(heads))
    shapes = [text(head, FIRST + step * (index + 0.5), 14, "soft-text", "middle") for index, head in enumerate(heads)]
    for number, (name, squares) in enumerate(rows):
        top = TOP + ROW * number
        shapes.append(text(name, 0, top + 21))
        shapes += [
            shape for place, one in enumerate(squares) for shape in _square(one, FIRST + step * place, top, step)
        ]
    return Drawing(HALF, TOP + ROW * len(rows), tuple(shapes))


def _square(square: Square, left: float, top: float, step: float) -> Iterator[Shape]:
    if not square.words:
        return
    shade = 1 + sum(square.share >= limit for limit in SHADES) if square.share is not None else 0
    yield rect(f"amount-{shade}" if shade else "amount-hidden", left, top, step - GAP, ROW - GAP)
    kind = "soft-text" if not shade else "on-dark" if shade >= DARK else ""
    yield text(square.words, left + (step - GAP) / 2, top + 21, kind, "middle")
