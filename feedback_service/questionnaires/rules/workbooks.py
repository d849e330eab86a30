"""Sheets out of the bytes of a workbook, text by text; what could do more than be read is refused."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zipfile import ZipFile

from feedback_service.core.cells import BROKEN, is_bomb
from feedback_service.core.errors import Refused
from feedback_service.core.text import composed
from feedback_service.core.words import Sentence
from feedback_service.questionnaires.rules.troubles import Trouble, Unreadable

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes that a workbook may hold once it is unpacked; more is a bomb, not a form."""
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_TROUBLES = 50
NO_WORKBOOK = "This Excel workbook cannot be read. Open it, save it again as .xlsx, and try once more."
MACROS = "This workbook holds macros. Save it as .xlsx, which cannot hold any, and try once more."
TOO_BIG = "This workbook is too big: at most 5 MB, and 20,000 rows on a sheet."


@dataclass(frozen=True)
class Row:
    """One row below the headings: its number in the spreadsheet, and its texts by heading; empty ones are left out."""

    sheet: str
    number: int
    texts: Mapping[str, str]

    def get(self, *names: str) -> str:
        """Return the text under the first of these headings that has one, "" where none has."""
        return next((self.texts[name] for name in names if name in self.texts), "")

    def trouble(self, message: str, **facts: object) -> Trouble:
        """Return a trouble in this row."""
        return Trouble(self.sheet, self.number, Sentence(message, facts))


def sheets_of(content: bytes, wanted: tuple[str, ...]) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of the wanted sheets that are there; raises Refused, Unreadable where a cell is a formula."""
    from openpyxl import load_workbook

    _look_inside(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        named = {title.lower(): title for title in reversed(book.sheetnames)}
        found = {name: tuple(_rows(book[named[name]], name)) for name in wanted if name in named}
    except BROKEN as error:
        raise Refused(NO_WORKBOOK) from error
    troubles = [row for rows in found.values() for row in rows if isinstance(row, Trouble)]
    if troubles:
        raise Unreadable(tuple(troubles[:MOST_TROUBLES]))
    return {name: tuple(row for row in rows if isinstance(row, Row)) for name, rows in found.items()}


def _look_inside(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Refused(TOO_BIG)
    try:
        if is_bomb(content, MOST_UNPACKED):
            raise Refused(TOO_BIG)
        with ZipFile(io.BytesIO(content)) as packed:
            parts, kinds = packed.infolist(), packed.read("[Content_Types].xml")
    except BROKEN as error:
        raise Refused(NO_WORKBOOK) from error
    if b"macroEnabled" in kinds or any("vbaproject" in part.filename.lower() for part in parts):
        raise Refused(MACROS)


def _rows(sheet: Any, name: str) -> Iterator[Row | Trouble]:
    sheet.reset_dimensions()
    headings: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise Refused(TOO_BIG)
        if any(cell.data_type == "f" for cell in cells):
            yield Trouble(name, number, Sentence("This row holds a formula. Please write the text itself."))
            continue
        texts = [_text(cell.value) for cell in cells]
        if not headings:
            headings = [" ".join(text.lower().split()) for text in texts]
        elif any(texts):
            pairs = zip(headings, texts, strict=False)
            yield Row(name, number, {heading: text for heading, text in pairs if heading and text})


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else composed(str(value)).strip()
