"""XLSX in constant memory: real numbers and dates, never a formula or a link, a new sheet when one is full."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from feedback_service.reports.export.lines import BETWEEN, Chunks, local
from feedback_service.reports.rules.columns import Cell, Column

MOST_ROWS = 1_048_576
"""Lines of a sheet, the heading among them: a limit of the file format."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy hh:mm:ss",
}


def write_workbook(
    path: Path, title: str, columns: Sequence[Column], chunks: Chunks, *, most_rows: int = MOST_ROWS
) -> None:
    """Write a workbook to `path`; scratch files lie beside it and are gone when it is whole. Raises OSError."""
    from xlsxwriter import Workbook  # only a workbook needs it, and the server starts without
    from xlsxwriter.exceptions import FileCreateError

    rows = (row for chunk in chunks for row in chunk)
    try:
        with Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)}) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            first = next(rows, None)
            for number in count(1):
                sheet = book.add_worksheet(title if number == 1 else f"{title} {number}")
                _head(sheet, columns, bold)
                begun = chain([first], rows) if first is not None else rows
                written = _fill(sheet, columns, islice(begun, most_rows - 1))
                sheet.autofilter(0, 0, max(written, 1), len(columns) - 1)
                first = next(rows, None)
                if first is None:
                    return
    except FileCreateError as error:
        raise OSError("the workbook cannot be written") from error


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file bit by bit."""
    with path.open("rb") as file:
        while piece := file.read(64 * 1024):
            yield piece


def _head(sheet: Any, columns: Sequence[Column], bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.name, bold)


def _fill(sheet: Any, columns: Sequence[Column], rows: Iterator[Sequence[Any]]) -> int:
    writers = [(place, *_writer(sheet, column.cell)) for place, column in enumerate(columns)]
    line = 0
    for line, row in enumerate(rows, start=1):
        for place, write, shown in writers:
            value = row[place]
            if value is not None and value != ():
                write(line, place, shown(value))
    return line


def _writer(sheet: Any, cell: Cell) -> tuple[Callable[..., object], Callable[[Any], object]]:
    if cell is Cell.NUMBER:
        return sheet.write_number, lambda number: number
    if cell is Cell.MOMENT:
        return sheet.write_datetime, local
    return sheet.write_string, BETWEEN.join if cell is Cell.LIST else lambda words: words
