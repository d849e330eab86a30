"""Public XLSForms, their cells, and what must become of each by rules that share nothing with the service."""

import io
import json
import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

HERE = Path(__file__).parent / "xlsforms"
Cells = Mapping[str, Sequence[Sequence[object]]]
ASKED = {"text", "string", "integer", "int", "decimal", "date"}
CHOSEN = re.compile(r"(select_one|select one|select_multiple|select one from|select all that apply from) +(\S+)")
CHANGING = {"constraint", "calculation", "choice_filter", "default", "repeat_count", "readonly", "read only", "image"}
LABEL = re.compile(r"(label|hint)(\s*::?.*)?")


@cache
def files() -> Mapping[str, bytes]:
    """Return every sample by its name."""
    with tarfile.open(HERE / "samples.tar.xz") as packed:
        return {part.name: read.read() for part in packed if (read := packed.extractfile(part))}


def forms() -> Mapping[str, bytes]:
    """Return the samples alone."""
    return {name: content for name, content in files().items() if name != "cells.json"}


def old_ones() -> Mapping[str, Cells]:
    """Return the cells of the workbooks of the old kind."""
    told: Mapping[str, Cells] = json.loads(files()["cells.json"])
    return told


def cells_of(content: bytes) -> Cells:
    """Return the cells of a workbook as its own library reads them, formulas as they are written."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def workbook(cells: Cells) -> bytes:
    """Return a workbook with these cells."""
    made, content = Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for title, rows in cells.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    made.save(content)
    return content.getvalue()


def types_of(cells: Cells) -> list[str]:
    """Return the types of the rows that ask something, in the order of the form."""
    kinds = [str(row.get("type", "")).lower() for _number, row in _rows(cells, "survey")]
    return [kind for kind in kinds if kind and not kind.startswith(("begin", "end"))]


def wrong_rows(cells: Cells) -> set[tuple[str, int]]:
    """Return each sheet and row of a form that cannot be asked here."""
    formulas = {(sheet, number) for sheet in cells for number, row in _rows(cells, sheet) if _has_formula(row)}
    if formulas:
        return {place for place in formulas if place[0] in ("survey", "choices", "settings")}
    lists = {str(row.get("list name", row.get("list_name"))) for _number, row in _rows(cells, "choices") if _label(row)}
    found = {("survey", number) for number, row in _rows(cells, "survey") if _is_wrong(row, lists)}
    found |= {("survey", number) for number in _open_groups(cells)}
    options = [(number, row) for number, row in _rows(cells, "choices") if row.keys() & {"name", "value", "label"}]
    found |= {("choices", number) for number, row in options if not _label(row) or _is_changed(row)}
    return found | {(sheet, number) for sheet in ("survey", "choices") for number in _foreign(cells, sheet)}


def _rows(cells: Cells, sheet: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the rows below the headings, each by its number, with the cells that are not empty."""
    lines = next((rows for title, rows in cells.items() if title.lower() == sheet), [])
    heads = [str(head or "").strip().lower() for head in lines[0]] if lines else []
    for number, line in enumerate(lines[1:], start=2):
        row = {head: cell for head, cell in zip(heads, line, strict=False) if head and str(cell or "").strip()}
        if row:
            yield number, row


def _has_formula(row: Mapping[str, object]) -> bool:
    return any(str(cell).startswith("=") for cell in row.values())


def _label(row: Mapping[str, object]) -> bool:
    return any(LABEL.fullmatch(head) and head.startswith("label") for head in row)


def _is_changed(row: Mapping[str, object]) -> bool:
    return any(head in CHANGING or head.startswith(("bind:", "media:")) for head in row)


def _is_wrong(row: Mapping[str, object], lists: set[str]) -> bool:
    kind = " ".join(str(row.get("type", "")).split()).lower()
    if not kind or kind.replace("_", " ") in ("begin group", "end group"):
        return bool(not kind and (row.get("name") or _label(row)))
    chosen = CHOSEN.fullmatch(kind)
    is_asked = kind in ASKED or bool(chosen and chosen[2] in lists)
    is_repeating = any("${" in str(row[head]) for head in row if LABEL.fullmatch(head))
    is_searching = "search(" in str(row.get("appearance", ""))
    return not is_asked or not _label(row) or is_repeating or is_searching or _is_changed(row)


def _open_groups(cells: Cells) -> Iterator[int]:
    """Yield the rows of groups that are not ended, and of those inside another."""
    opened: list[int] = []
    for number, row in _rows(cells, "survey"):
        kind = str(row.get("type", "")).lower().replace("_", " ")
        if kind == "begin group":
            if opened:
                yield number
            opened.append(number)
        elif kind == "end group" and opened:
            opened.pop()
    yield from opened


def _foreign(cells: Cells, sheet: str) -> Iterator[int]:
    """Yield the first row under each label in a language beside English."""
    rows = list(_rows(cells, sheet))
    heads = {head for _number, row in rows for head in row if head.startswith("label") and ":" in head}
    for head in heads:
        if not head.endswith("english") and len(heads) > 1:
            yield next(number for number, row in rows if head in row)
