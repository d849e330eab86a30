"""Entries of the ledger as CSV, XLSX or JSON Lines; moments stay UTC as they were hashed, no cell is ever run."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain, count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from feedback_service.audit.queries import EntryRow

HEAD = ("at", "lane", "sequence", "act", "actor", "actor_name", "subject_kind", "subject_id", "facts", "hash")
WIDTHS = (34, 6, 10, 24, 14, 24, 18, 38, 60, 66)
NUMBERS = ("lane", "sequence")
MARK = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK_ROWS = 500
MOST_ROWS = 1_048_576
"""Lines of a sheet, the heading among them: a limit of the file format."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
Naming = Callable[[str], str]
"""Returns the name of an actor, empty where none is known."""


class Format(StrEnum):
    """How the ledger can be written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl",
}


def file_pieces(entries: Iterable[EntryRow], written_as: Format, name_of: Naming, *, scratch: Path) -> Iterator[bytes]:
    """Yield the file; a workbook is first made in `scratch`, a folder that may be written to."""
    if written_as is Format.XLSX:
        return _workbook(entries, name_of, scratch)
    return json_lines(entries, name_of) if written_as is Format.JSONL else lines_of(entries, name_of)


def lines_of(entries: Iterable[EntryRow], name_of: Naming) -> Iterator[bytes]:
    """Yield a CSV file, some hundred lines at a time."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL)
    buffer.write(MARK)
    writer.writerow(HEAD)
    for number, entry in enumerate(entries, start=1):
        cells = (entry.act, entry.actor, name_of(entry.actor), entry.subject_kind, entry.subject_id, entry.facts)
        writer.writerow((entry.at, entry.lane, entry.sequence, *(_plain(cell) for cell in cells), entry.hash))
        if number % CHUNK_ROWS == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def json_lines(entries: Iterable[EntryRow], name_of: Naming) -> Iterator[bytes]:
    """Yield one object a line; facts are the text that was hashed, so that a program can check the chain."""
    found = iter(entries)
    while part := list(islice(found, CHUNK_ROWS)):
        lines = (dict(zip(HEAD, _cells(entry, name_of), strict=True)) for entry in part)
        yield "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def write_workbook(path: Path, entries: Iterable[EntryRow], name_of: Naming, *, most_rows: int = MOST_ROWS) -> None:
    """Write a workbook to `path` in constant memory, with a new sheet when one is full."""
    from xlsxwriter import Workbook  # only a workbook needs it, and the server starts without

    found = iter(entries)
    with Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        first = next(found, None)
        for number in count(1):
            sheet = book.add_worksheet("ledger" if number == 1 else f"ledger {number}")
            begun = chain([first], found) if first is not None else found
            _fill(sheet, bold, (_cells(entry, name_of) for entry in islice(begun, most_rows - 1)))
            first = next(found, None)
            if first is None:
                return


def _workbook(entries: Iterable[EntryRow], name_of: Naming, scratch: Path) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="export-", dir=scratch) as folder:
        path = Path(folder) / "ledger.xlsx"
        write_workbook(path, entries, name_of)
        with path.open("rb") as file:
            while piece := file.read(64 * 1024):
                yield piece


def _fill(sheet: Any, bold: Any, rows: Iterable[tuple[str | int, ...]]) -> None:
    sheet.freeze_panes(1, 0)
    for place, (name, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, bold)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            (sheet.write_number if HEAD[place] in NUMBERS else sheet.write_string)(line, place, value)


def _cells(entry: EntryRow, name_of: Naming) -> tuple[str | int, ...]:
    told = (entry.act, entry.actor, name_of(entry.actor), entry.subject_kind, entry.subject_id, entry.facts)
    return (entry.at, entry.lane, entry.sequence, *told, entry.hash)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
