"""A form as a workbook: real numbers in its cells, and a second sheet that says where they are from."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from feedback_service.reports.rules.documents import Document, Grid, Value, leading

FONT = {"font_name": "Times New Roman", "font_size": 12}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET_LETTERS = 31
SOURCE_WIDTHS = (40, 80)
LINE_POINTS = 16


def xlsx_bytes(form: Document) -> bytes:
    """Return the workbook."""
    from xlsxwriter import Workbook  # only a workbook needs it, and the server starts without

    content = BytesIO()
    with Workbook(content, OPTIONS) as book:
        sheet = book.add_worksheet((form.sheet_name or form.code.replace("/", " "))[:SHEET_LETTERS])
        styles = _styles(book)
        sheet.set_paper(9)
        sheet.set_margins(left=1.18, right=0.79, top=0.79, bottom=0.79)  # 30, 20, 20, 20 mm
        sheet.fit_to_pages(1, 0)
        if form.is_wide:
            sheet.set_landscape()
        for place, width in enumerate(form.grid.widths):
            sheet.set_column(place, place, width)
        row = _parts(sheet, form, _head(sheet, form, styles), styles)
        row = _grid(sheet, form.grid, row, styles)
        _foot(sheet, form, row, styles)
        _sources(book.add_worksheet(form.sources_title[:SHEET_LETTERS]), form, styles)
    return content.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    boxed = {**FONT, "border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "plain": book.add_format({**FONT, "text_wrap": True, "valign": "top"}),
        "line": book.add_format(FONT),
        "heading": book.add_format({**FONT, "bold": True, "valign": "top"}),
        "centre": book.add_format({**FONT, "align": "center", "text_wrap": True}),
        "bold": book.add_format({**FONT, "bold": True, "align": "center", "text_wrap": True}),
        "title": book.add_format({**FONT, "font_size": 14, "bold": True, "align": "center", "text_wrap": True}),
        "slanted": book.add_format({**FONT, "italic": True, "align": "center", "text_wrap": True}),
        "head": book.add_format({**boxed, "bold": True, "align": "center"}),
        "mark": book.add_format({**boxed, "italic": True, "align": "center", "font_size": 10}),
        "words": book.add_format(boxed),
        "number": book.add_format({**boxed, "num_format": "#,##0"}),
        "points": book.add_format({**boxed, "num_format": "0.00"}),
        "sum_words": book.add_format({**boxed, "bold": True}),
        "sum_number": book.add_format({**boxed, "bold": True, "num_format": "#,##0"}),
        "sum_points": book.add_format({**boxed, "bold": True, "num_format": "0.00"}),
    }


def _height(*cells: tuple[str, int]) -> int:
    """Return how high a row must be for words in cells of some width; no program makes merged cells grow."""
    return LINE_POINTS * max(1 + round(len(words) * 1.1) // width for words, width in cells)


def _across(sheet: Any, row: int, span: tuple[int, int], words: str, style: Any) -> None:
    """Write words over some columns, which are not merged where there is but one."""
    first, last = span
    if first == last:
        sheet.write_string(row, first, words, style)
    else:
        sheet.merge_range(row, first, row, last, words, style)


def _head(sheet: Any, form: Document, styles: dict[str, Any]) -> int:
    last = len(form.grid.heads) - 1
    half = last // 2 if form.is_wide else 1
    head = form.head
    for row, left, right, style in (
        (0, head.authority, head.nation, "bold"),
        (1, head.office, head.motto, "bold"),
        (2, "", head.dated, "slanted"),
    ):
        _across(sheet, row, (0, half), left, styles["centre" if row == 0 else "bold"])
        _across(sheet, row, (half + 1, last), right, styles[style])
    width = sum(form.grid.widths[: half + 1])
    sheet.set_row(0, _height((head.authority, width), (head.nation, sum(form.grid.widths) - width)))
    sheet.set_row(1, _height((head.office, width), (head.motto, sum(form.grid.widths) - width)))
    sheet.set_row(2, _height((head.dated, sum(form.grid.widths) - width)))
    _across(sheet, 4, (0, last), form.code, styles["line"])
    _across(sheet, 5, (0, last), form.title, styles["title"])
    sheet.set_row(5, 36)
    for offset, line in enumerate(form.lines):
        _across(sheet, 6 + offset, (0, last), line, styles["centre"])
    return 7 + len(form.lines)


def _parts(sheet: Any, form: Document, row: int, styles: dict[str, Any]) -> int:
    last, letters = len(form.grid.heads) - 1, sum(form.grid.widths)
    for part in form.parts:
        for line, style in ((part.title, "heading"), *((line, "plain") for line in part.lines)):
            _across(sheet, row, (0, last), line, styles[style])
            sheet.set_row(row, _height((line, letters)))
            row += 1
    if form.table_title:
        _across(sheet, row, (0, last), form.table_title, styles["heading"])
        row += 1
    return row


def _grid(sheet: Any, grid: Grid, row: int, styles: dict[str, Any]) -> int:
    if grid.is_grouped:
        place = 0
        for title, span in grid.groups:
            if span > 1:
                _across(sheet, row, (place, place + span - 1), title, styles["head"])
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
        sheet.set_row(row, _height(*zip(leading(values), grid.widths, strict=True)))
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
        _across(sheet, row, (0, last), note, styles["plain"])
        row += 1
    half = last // 2
    sides = ((0, half), (half + 1, last))
    for place, (role, name) in enumerate(form.signed):
        first, end = sides[place % 2]
        for offset, words in ((1, role), (5, name)):
            line = row + offset + place // 2 * 6
            _across(sheet, line, (first, end), words, styles["bold"])


def _sources(sheet: Any, form: Document, styles: dict[str, Any]) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(SOURCE_WIDTHS):
        sheet.set_column(place, place, width)
    _across(sheet, 0, (0, 1), form.sources_title, styles["title"])
    for place, head in enumerate(form.sources_heads):
        sheet.write_string(1, place, head, styles["head"])
    for row, (name, told) in enumerate(form.sources, start=2):
        sheet.write_string(row, 0, name, styles["words"])
        sheet.write_string(row, 1, told, styles["words"])
        sheet.set_row(row, _height(*zip((name, told), SOURCE_WIDTHS, strict=True)))
