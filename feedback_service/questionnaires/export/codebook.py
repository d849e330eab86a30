"""A codebook as a file: CSV with a byte order mark and semicolons, and a workbook in which every cell is text."""

import csv
import io
from collections.abc import Iterable

from feedback_service.questionnaires.rules.codebooks import COLUMNS, Line

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def codebook_csv(lines: Iterable[Line]) -> bytes:
    """Return CSV; a cell that could be a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([f"'{cell}" if cell.startswith(_RISKY) else cell for cell in line] for line in lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def codebook_xlsx(lines: Iterable[Line]) -> bytes:
    """Return a workbook."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, head = book.add_worksheet("codebook"), book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(COLUMNS) - 1, 18)
        for number, line in enumerate((COLUMNS, *lines)):
            for place, cell in enumerate(line):
                sheet.write_string(number, place, cell, None if number else head)
    return content.getvalue()
