"""One line a record: CSV with a byte order mark and semicolons, and JSON Lines."""

import csv
import io
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
    """Yield a CSV file: every text quoted and safe from formulas, moments as 13/10/2026 08:30:00 local time."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    shown = [CSV_CELLS[column.cell] for column in columns]
    written.write(BYTE_ORDER_MARK)
    writer.writerow([column.name for column in columns])
    for chunk in chunks:
        writer.writerows([show(value) for show, value in zip(shown, row, strict=True)] for row in chunk)
        yield _taken(written)
    yield _taken(written)


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
    there = local(stored)
    return f"{there.day:02d}/{there.month:02d}/{there.year} {there.hour:02d}:{there.minute:02d}:{there.second:02d}"


def _words(words: str | None) -> str:
    return as_text(words) if words else ""


def _number(number: int | None) -> int | str:
    return "" if number is None else number


def _as_it_is(value: object) -> object:
    return value


def _taken(written: io.StringIO) -> bytes:
    piece = written.getvalue().encode()
    written.seek(0)
    written.truncate()
    return piece


CSV_CELLS: dict[Cell, Callable[[Any], object]] = {
    Cell.WORDS: _words,
    Cell.NUMBER: _number,
    Cell.MOMENT: _moment,
    Cell.JSON: _words,
    Cell.LIST: lambda words: as_text(BETWEEN.join(words)),
}
JSON_CELLS: dict[Cell, Callable[[Any], object]] = {
    Cell.MOMENT: lambda stored: f"{stored.replace(' ', 'T')}Z",
    Cell.JSON: json.loads,
    Cell.LIST: list,
}
