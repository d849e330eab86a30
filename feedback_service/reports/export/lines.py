"""One line a record: CSV with a byte order mark and semicolons, and JSON Lines."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from feedback_service.core.period import LOCAL_ZONE
from feedback_service.reports.rules.columns import Cell, Column, as_text

BYTE_ORDER_MARK = "\ufeff"
BETWEEN = " | "
Chunks = Iterable[Sequence[Sequence[Any]]]


def csv_pieces(columns: Sequence[Column], chunks: Chunks) -> Iterator[bytes]:
    """Yield a CSV file: every text quoted and safe from formulas, moments as 13/10/2026 08:30:00 local time.

    Rows are filled into a pattern, which takes a third of the time of the csv module.
    """
    pattern = ";".join("%s" if column.cell is Cell.NUMBER else '"%s"' for column in columns)
    changes = [(place, CSV_CELLS[column.cell]) for place, column in enumerate(columns) if column.cell in CSV_CELLS]

    def line(row: Sequence[Any]) -> str:
        cells = list(row)
        for place, shown in changes:
            cells[place] = shown(cells[place])
        return pattern % tuple(cells)

    yield f"{BYTE_ORDER_MARK}{';'.join(column.name for column in columns)}\r\n".encode()
    for chunk in chunks:
        if chunk:
            yield ("\r\n".join(map(line, chunk)) + "\r\n").encode()


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


def _moment(stored: str) -> str:
    return f"{_local_hour(stored[:13])}{stored[13:19]}"  # Vietnam is whole hours ahead of UTC


@lru_cache(maxsize=4096)
def _local_hour(stored_hour: str) -> str:
    return f"{local(f'{stored_hour}:00:00'):%d/%m/%Y %H}"


def _quoted(words: str) -> str:
    return as_text(words).replace('"', '""')


@lru_cache(maxsize=4096)
def _words(words: str | None) -> str:
    return _quoted(words or "")


def _as_it_is(value: object) -> object:
    return value


CSV_CELLS: dict[Cell, Callable[[Any], object]] = {
    Cell.NUMBER: lambda number: "" if number is None else number,
    Cell.WORDS: _words,
    Cell.MOMENT: _moment,
    Cell.JSON: _quoted,
    Cell.LIST: lambda words: _quoted(BETWEEN.join(words)) if words else "",
}
JSON_CELLS: dict[Cell, Callable[[Any], object]] = {
    Cell.MOMENT: lambda stored: f"{stored.replace(' ', 'T')}Z",
    Cell.JSON: json.loads,
    Cell.LIST: list,
}
