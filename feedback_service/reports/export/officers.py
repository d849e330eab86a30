"""The figures of officers as a file for their head, which says where there are not enough ratings."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from feedback_service.core.numbers import spelled
from feedback_service.reports.export.lines import csv_pieces
from feedback_service.reports.rules.columns import Cell, Column
from feedback_service.reports.rules.officers import OfficerFigures

TOO_FEW = "not enough ratings"
NOT_YET = "the officer looks first"
COLUMNS = (
    Column("officer", Cell.WORDS, 30),
    Column("ratings", Cell.NUMBER, 10),
    *(Column(name, Cell.CODE, 10) for name in ("satisfied", "low", "high", "shrunken", "expected")),
    Column("note", Cell.WORDS, 30),
)
Word = Callable[[str], str]


def officers_csv(found: Iterable[tuple[str, OfficerFigures | None]], word: Word) -> bytes:
    """Return a CSV file of names and figures in the order given, shares in percent; None where it is too early."""
    return b"".join(csv_pieces(COLUMNS, [list(_rows(found, word))]))


def _rows(found: Iterable[tuple[str, OfficerFigures | None]], word: Word) -> Iterator[tuple[object, ...]]:
    for name, figures in found:
        if figures is None:
            yield (name, None, *[""] * 5, word(NOT_YET))
        elif figures.is_shown and (interval := figures.counts.interval):
            shares = (figures.counts.satisfied_share, interval.low, interval.high, figures.shrunken, figures.expected)
            yield (name, figures.counts.total, *map(_percent, shares), "")
        else:
            yield (name, figures.counts.total, *[""] * 5, word(TOO_FEW))


def _percent(share: float | Fraction | None) -> str:
    return "" if share is None else spelled(100 * float(share), decimals=1)
