"""A form as a text document that the office can still write in."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from feedback_service.reports.rules.documents import Document, Grid, leading

LANGUAGE = "vi-VN"
UPRIGHT_MM, WIDE_MM = 160, 247
"""How wide the text of a page is."""
PADDING = 3
"""Letters that the margins of a cell take."""


def docx_bytes(form: Document, *, made_at: datetime) -> bytes:
    """Return the document; its sources stand on a page of their own."""
    import docx  # only a text document needs it, and the server starts without

    book: Any = docx.Document()
    book.core_properties.title, book.core_properties.language = form.title, LANGUAGE
    book.core_properties.created = book.core_properties.modified = made_at.replace(tzinfo=None)
    book.core_properties.author = form.head.office
    _letters(book)
    _paper(book, form)
    _letterhead(book, form)
    for text in (form.code, "", form.title, *form.lines):
        _paragraph(book, text, is_bold=text == form.title, size=14 if text == form.title else 12)
    for part in form.parts:
        book.add_heading(part.title, level=2)
        for line in part.lines:
            _paragraph(book, line, is_centred=False)
    if form.table_title:
        book.add_heading(form.table_title, level=2)
    _table(book, form)
    for note in form.notes:
        _paragraph(book, note, is_centred=False)
    _signers(book, form.signed)
    book.add_page_break()
    _paragraph(book, form.sources_title, is_bold=True, size=14)
    _boxed(book, form.sources_heads, form.sources)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _letters(book: Any) -> None:
    """Set the whole paper in the letters that NĐ 30/2020/NĐ-CP wants, headings in black like the rest."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style = book.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(4)
    font = book.styles["Heading 2"].font
    font.name, font.size, font.bold, font.color.rgb = "Times New Roman", Pt(13), True, RGBColor(0, 0, 0)
    letters = font.element.rPr.rFonts
    for side in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        letters.attrib.pop(qn(side), None)


def _paper(book: Any, form: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = book.sections[0]
    sides = (Mm(297), Mm(210)) if form.is_wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if form.is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = sides
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)


def _letterhead(book: Any, form: Document) -> None:
    head = form.head
    left, right = book.add_table(rows=1, cols=2).rows[0].cells
    _stack(left, ((head.authority, False, False), (head.office, True, False)))
    _stack(right, ((head.nation, True, False), (head.motto, True, False), (head.dated, False, True)))


def _stack(cell: Any, lines: Sequence[tuple[str, bool, bool]]) -> None:
    for place, (line, is_bold, is_slanted) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _fill(paragraph, line, is_bold=is_bold, is_slanted=is_slanted)


def _table(book: Any, form: Document) -> None:
    grid = form.grid
    depth = (2 if grid.is_grouped else 1) + (1 if grid.marks else 0)
    table = book.add_table(rows=depth + len(grid.rows) + len(grid.totals), cols=len(grid.heads))
    table.style = "Table Grid"
    _heads(table, grid)
    lines = list(table.rows)  # each look at the rows goes through all of them
    if grid.marks:
        _write(lines[depth - 1].cells, grid.marks, is_slanted=True)
    for place, row in enumerate((*grid.rows, *grid.totals)):
        _write(lines[depth + place].cells, leading(row), is_bold=place >= len(grid.rows), left=1)
    _widen(table, grid.widths, WIDE_MM if form.is_wide else UPRIGHT_MM)


def _widen(table: Any, widths: Sequence[int], whole: int) -> None:
    """Share the width of the page among the columns; Word reads the cells, others the columns."""
    from docx.shared import Mm

    table.autofit = False
    padded = [width + PADDING for width in widths]
    sides = [Mm(whole * width / sum(padded)) for width in padded]
    for column, side in zip(table.columns, sides, strict=True):
        column.width = side
    for row in table.rows:
        for cell, side in zip(row._tr.tc_lst, sides, strict=False):  # noqa: SLF001  # `cells` walks all of them each time
            if cell.grid_span == 1:
                cell.width = side


def _heads(table: Any, grid: Grid) -> None:
    if not grid.is_grouped:
        _write(table.rows[0].cells, grid.heads, is_bold=True)
        return
    place = 0
    for title, span in grid.groups:
        upper, lower = table.cell(0, place), table.cell(1, place)
        if span == 1:
            _fill(upper.merge(lower).paragraphs[0], grid.heads[place], is_bold=True)
        else:
            _fill(upper.merge(table.cell(0, place + span - 1)).paragraphs[0], title, is_bold=True)
            for column in range(place, place + span):
                _fill(table.cell(1, column).paragraphs[0], grid.heads[column], is_bold=True)
        place += span


def _signers(book: Any, signed: Sequence[tuple[str, str]]) -> None:
    book.add_paragraph()
    table = book.add_table(rows=(len(signed) + 1) // 2, cols=2)
    for place, (role, name) in enumerate(signed):
        lines = ((role, True, False), *(("", False, False),) * 3, (name, True, False))
        cell = table.cell(place // 2, place % 2)
        _stack(cell, lines if name else lines[:1])
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _boxed(book: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = book.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    _write(table.rows[0].cells, heads, is_bold=True)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    _widen(table, (1, 2), UPRIGHT_MM)


def _write(
    cells: Sequence[Any], texts: Sequence[str], *, is_bold: bool = False, is_slanted: bool = False, left: int = -1
) -> None:
    """Fill a row, centred but for the column `left`."""
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        _fill(cell.paragraphs[0], text, is_bold=is_bold, is_slanted=is_slanted, is_centred=place != left)


def _paragraph(book: Any, text: str, *, is_bold: bool = False, size: int = 12, is_centred: bool = True) -> None:
    from docx.shared import Pt

    paragraph = book.add_paragraph()
    _fill(paragraph, text, is_bold=is_bold, is_centred=is_centred)
    for run in paragraph.runs:
        run.font.size = Pt(size)


def _fill(
    paragraph: Any, text: str, *, is_bold: bool = False, is_slanted: bool = False, is_centred: bool = True
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(text)
    run.bold, run.italic = is_bold, is_slanted
