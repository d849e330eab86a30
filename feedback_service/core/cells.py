"""Cells of a file: a table out of CSV or XLSX bytes, whole numbers and days out of cells."""

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, LargeZipFile, ZipFile

from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import standing
from feedback_service.core.text import folded, one_line

Cell = str | int | float | date | None
Table = Sequence[Sequence[Cell]]
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that a workbook may hold once it is unpacked; more is a bomb, not a report."""
MOST_PARTS = 500
MOST_MARKS = 400_000
"""Opening brackets of its XML: four for each cell; its reader takes a second for a hundred thousand cells."""
NOT_UTF8 = "The file is not UTF-8. Save it as “CSV UTF-8” or as an Excel workbook, and try again."
NO_WORKBOOK = "This Excel workbook cannot be read. Open it, save it again as .xlsx, and try once more."
TOO_LONG = "The file has more than 20,000 rows. Please send it in parts."
NO_NUMBER = "Please write a whole number that is not negative."
NO_DAY = "Please enter a date, such as 31/10/2026."
_WHOLE = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,12}")
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_PIECE_BYTES = 64 * 1024
BROKEN = (
    *(BadZipFile, LargeZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError),
    *(ParseError, EOFError, NotImplementedError, RuntimeError, zlib.error),
)
"""What a damaged workbook makes its readers raise."""


def table_of(content: bytes) -> Table:
    """Return the cells of a CSV file in UTF-8 or of the first sheet of an XLSX workbook; raises Refused."""
    table = _workbook(content) if content.startswith(b"PK") else _lines(content)
    if len(table) > MOST_ROWS:
        raise refused(TOO_LONG)
    return table


def is_bomb(content: bytes, most_bytes: int) -> bool:
    """Say whether an archive holds more than anybody has written by hand; raises BadZipFile for what is none."""
    with ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_bytes:
            return True
        marks = 0
        for part in parts:
            with packed.open(part) as unpacked:
                while marks <= MOST_MARKS and (piece := unpacked.read(_PIECE_BYTES)):
                    marks += piece.count(b"<")
        return marks > MOST_MARKS


def as_csv(table: Table) -> str:
    """Return a table as a file that `table_of` reads."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(table)
    return out.getvalue()


def lines_of(
    table: Table, heads: Mapping[str, str], *, needed: AbstractSet[str], no_head: str
) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    """Yield the number of each line that is not empty, the head being 1, with its cells by the names of `heads`.

    Raises Refused, saying `no_head`, when the first line does not name all that is `needed`.
    """
    named = [heads.get(folded(words(cell)).strip(), "") for cell in (table[0] if table else ())]
    if not needed <= set(named):
        raise refused(no_head)
    for number, line in enumerate(table[1:], start=2):
        if any(map(words, line)):
            yield number, dict(zip(named, line, strict=False))


def refused(message: str) -> Refused:
    """Return a refusal of the whole file."""
    return Refused(message, faults=(Fault("file", message),))


def words(cell: Cell) -> str:
    """Return what a cell says, on one line."""
    return "" if cell is None else one_line(str(cell))


def amount(cell: Cell) -> int | None:
    """Return the whole number of a cell, None for an empty one; raises ValueError with a message id."""
    if isinstance(cell, bool) or (isinstance(cell, float) and not cell.is_integer()):
        raise ValueError(NO_NUMBER)
    if isinstance(cell, int | float):
        if not 0 <= cell < 10**12:
            raise ValueError(NO_NUMBER)
        return int(cell)
    text = words(cell)
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise ValueError(NO_NUMBER)
    return int(re.sub(r"\D", "", text))


def day(cell: Cell) -> date | None:
    """Return the day of a cell, written as 2026-07-01 or 01/07/2026, None for an empty one; raises ValueError."""
    if isinstance(cell, date):
        return _read_day((cell.date() if isinstance(cell, datetime) else cell).isoformat())
    return _read_day(words(cell))


def _read_day(text: str) -> date | None:
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return standing(date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text))
    except ValueError as error:
        raise ValueError(NO_DAY) from error


def _lines(content: bytes) -> Table:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(NOT_UTF8) from error
    head = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count))
    try:
        return list(_bounded(rows))
    except csv.Error as error:
        raise refused(NOT_UTF8) from error


def _workbook(content: bytes) -> Table:
    from openpyxl import load_workbook

    try:
        if is_bomb(content, MOST_UNPACKED):
            raise refused(TOO_LONG)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return list(_bounded(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)))
    except BROKEN as error:
        raise refused(NO_WORKBOOK) from error


def _bounded(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise refused(TOO_LONG)
        yield tuple(row[:MOST_COLUMNS])
