"""One line a record: CSV with a byte order mark and semicolons, and JSON Lines."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from feedback_service.core.period import LOCAL_ZONE
from feedback_service.reports.rules.columns import Cell, Column, as_text

BYTE_ORDER_MARK = "\ufeff"
BETWEEN = " | "
Chunks = Iterable[Sequence[Sequence[Any]]]


def csv_pieces(columns: Sequence[Column], chunks: Chunks) -> Iterator[bytes]:
    """Yield a CSV file: every text quoted and safe from formulas, moments as 13/10/2026 08:30:00 local time.

    Columns are spelled one after the other, each value of a chunk once, and rows filled into a pattern: a quarter of
    the time of the csv module.
    """
    pattern = ";".join("%s" if column.cell is Cell.NUMBER else '"%s"' for column in columns) + "\r\n"
    yield f"{BYTE_ORDER_MARK}{';'.join(column.name for column in columns)}\r\n".encode()
    hours = _Hours()
    for chunk in chunks:
        if chunk:
            told = zip(columns, zip(*chunk, strict=True), strict=True)
            spelled = [_spelled(column.cell, values, hours) for column, values in told]
            yield "".join([pattern % row for row in zip(*spelled, strict=True)]).encode()


def _spelled(cell: Cell, values: Sequence[Any], hours: "_Hours") -> Sequence[object]:
    if cell is Cell.MOMENT:
        return [hours[value[:13]] + value[13:19] for value in values]  # Vietnam is whole hours ahead of UTC
    if cell not in CSV_CELLS:
        return values
    known = {value: CSV_CELLS[cell](value) for value in set(values)}
    return [known[value] for value in values]


def jsonl_pieces(columns: Sequence[Column], chunks: Chunks) -> Iterator[bytes]:
    """Yield one JSON object a line, moments in RFC 3339, answers as an object."""
    names = [column.name for column in columns]
    shown = [JSON_CELLS.get(column.cell, _as_it_is) for column in columns]
    for chunk in chunks:
        lines = []
        for row in chunk:
            values = [show(value) for show, value in zip(shown, row, strict=True)]
            lines.append(json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False))
        if lines:
            yield ("\n".join(lines) + "\n").encode()


def local(stored: str) -> datetime:
    """Return the local time on the wall, without a zone, of a moment as it is stored."""
    return datetime.fromisoformat(f"{stored}+00:00").astimezone(LOCAL_ZONE).replace(tzinfo=None)


class _Hours(dict[str, str]):
    """Hours of UTC as they are stored, each with what a table shows of it by the local clock."""

    def __missing__(self, stored_hour: str) -> str:
        """Spell an hour once."""
        shown = self[stored_hour] = f"{local(f'{stored_hour}:00:00'):%d/%m/%Y %H}"
        return shown


def _quoted(words: str) -> str:
    return as_text(words).replace('"', '""')


def _words(words: str | None) -> str:
    return _quoted(words or "")


def _as_it_is(value: object) -> object:
    return value


CSV_CELLS: dict[Cell, Callable[[Any], object]] = {
    Cell.NUMBER: lambda number: "" if number is None else number,
    Cell.WORDS: _words,
    Cell.JSON: _quoted,
    Cell.LIST: lambda words: _quoted(BETWEEN.join(words)) if words else "",
}
JSON_CELLS: dict[Cell, Callable[[Any], object]] = {
    Cell.MOMENT: lambda stored: f"{stored.replace(' ', 'T')}Z",
    Cell.JSON: json.loads,
    Cell.LIST: list,
}
