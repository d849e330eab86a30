"""A form as a workbook: real numbers in its cells, and a second sheet that says where they are from."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from feedback_service.reports.rules.forms import Document, Grid, Value

FONT = {"font_name": "Times New Roman", "font_size": 12}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET_LETTERS = 31


def xlsx_bytes(form: Document) -> bytes:
    """Return the workbook."""
    from xlsxwriter import Workbook  # only a workbook needs it, and the server starts without

    content = BytesIO()
    with Workbook(content, OPTIONS) as book:
        sheet = book.add_worksheet(form.code.replace("/", " ")[:SHEET_LETTERS])
        styles = _styles(book)
        sheet.set_paper(9)
        sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)  # 30, 20, 20, 20 mm
        sheet.fit_to_pages(1, 0)
        if form.is_wide:
            sheet.set_landscape()
        for place, width in enumerate(form.grid.widths):
            sheet.set_column(place, place, width)
        row = _head(sheet, form, styles)
        row = _grid(sheet, form.grid, row, styles)
        _foot(sheet, form, row, styles)
        _sources(book.add_worksheet(form.sources_title[:SHEET_LETTERS]), form, styles)
    return content.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    boxed = {**FONT, "border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "plain": book.add_format({**FONT, "text_wrap": True, "valign": "top"}),
        "line": book.add_format(FONT),
        "centre": book.add_format({**FONT, "align": "center", "text_wrap": True}),
        "bold": book.add_format({**FONT, "bold": True, "align": "center", "text_wrap": True}),
        "title": book.add_format({**FONT, "font_size": 14, "bold": True, "align": "center", "text_wrap": True}),
        "slanted": book.add_format({**FONT, "italic": True, "align": "center"}),
        "head": book.add_format({**boxed, "bold": True, "align": "center"}),
        "mark": book.add_format({**boxed, "italic": True, "align": "center", "font_size": 10}),
        "words": book.add_format(boxed),
        "number": book.add_format({**boxed, "num_format": "#,##0"}),
        "points": book.add_format({**boxed, "num_format": "0.00"}),
        "sum_words": book.add_format({**boxed, "bold": True}),
        "sum_number": book.add_format({**boxed, "bold": True, "num_format": "#,##0"}),
        "sum_points": book.add_format({**boxed, "bold": True, "num_format": "0.00"}),
    }


def _head(sheet: Any, form: Document, styles: dict[str, Any]) -> int:
    last = len(form.grid.heads) - 1
    half = last // 2 if form.is_wide else 1
    head = form.head
    for row, left, right, style in (
        (0, head.authority, head.nation, "bold"),
        (1, head.office, head.motto, "bold"),
        (2, "", head.dated, "slanted"),
    ):
        sheet.merge_range(row, 0, row, half, left, styles["centre" if row == 0 else "bold"])
        sheet.merge_range(row, half + 1, row, last, right, styles[style])
    sheet.set_row(0, 32)
    sheet.merge_range(4, 0, 4, last, form.code, styles["line"])
    sheet.merge_range(5, 0, 5, last, form.title, styles["title"])
    sheet.set_row(5, 36)
    for offset, line in enumerate(form.lines):
        sheet.merge_range(6 + offset, 0, 6 + offset, last, line, styles["centre"])
    return 7 + len(form.lines)


def _grid(sheet: Any, grid: Grid, row: int, styles: dict[str, Any]) -> int:
    if grid.is_grouped:
        place = 0
        for title, span in grid.groups:
            if span > 1:
                sheet.merge_range(row, place, row, place + span - 1, title, styles["head"])
            else:
                sheet.merge_range(row, place, row + 1, place, grid.heads[place], styles["head"])
            place += span
        row += 1
    for place, head in enumerate(grid.heads):
        if not grid.is_grouped or _is_under_group(grid, place):
            sheet.write_string(row, place, head, styles["head"])
    sheet.set_row(row, 48)
    for place, mark in enumerate(grid.marks):
        sheet.write_string(row + 1, place, mark, styles["mark"])
    row += 2 if grid.marks else 1
    for place, values in enumerate((*grid.rows, *grid.totals)):
        _write(sheet, row, values, styles, "" if place < len(grid.rows) else "sum_")
        row += 1
    return row + 1


def _is_under_group(grid: Grid, place: int) -> bool:
    start = 0
    for _title, span in grid.groups:
        if start <= place < start + span:
            return span > 1
        start += span
    return False


def _write(sheet: Any, row: int, values: tuple[Value, ...], styles: dict[str, Any], kind: str) -> None:
    for place, value in enumerate(values):
        if value is None:
            sheet.write_blank(row, place, None, styles[f"{kind}words"])
        elif isinstance(value, str):
            sheet.write_string(row, place, value, styles[f"{kind}words"])
        else:
            style = "points" if isinstance(value, Decimal) else "number"
            sheet.write_number(row, place, value, styles[f"{kind}{style}"])


def _foot(sheet: Any, form: Document, row: int, styles: dict[str, Any]) -> None:
    last = len(form.grid.heads) - 1
    for note in form.notes:
        sheet.merge_range(row, 0, row, last, note, styles["plain"])
        row += 1
    half = last // 2
    sheet.merge_range(row + 1, 0, row + 1, half, form.signers[0], styles["bold"])
    sheet.merge_range(row + 1, half + 1, row + 1, last, form.signers[1], styles["bold"])


def _sources(sheet: Any, form: Document, styles: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 80)
    sheet.merge_range(0, 0, 0, 1, form.sources_title, styles["title"])
    for place, head in enumerate(form.sources_heads):
        sheet.write_string(1, place, head, styles["head"])
    for row, (name, told) in enumerate(form.sources, start=2):
        sheet.write_string(row, 0, name, styles["words"])
        sheet.write_string(row, 1, told, styles["words"])
