"""Files of dossier figures as offices fill them in."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

FORM_HEAD: tuple[tuple[object, ...], ...] = (
    ("Biểu số II.06a/VPCP/KSTT",),
    ("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",),
    ("Kỳ báo cáo: Quý III/2026 (Từ ngày 01/07/2026 đến ngày 30/09/2026)",),
    ("TT", "Lĩnh vực", "Tiếp nhận", "", "", "", "Đã giải quyết", "", "", "", "Đang giải quyết", "", ""),
    ("(1)", "(2)", "(3)=(4)+(5)+(6)", *(f"({number})" for number in range(4, 14))),
)
LAND = (1, "Đất đai", 60, 40, 15, 5, 55, 30, 24, 1, 5, 5, 0)
CIVIL = (2, "Hộ tịch", 40, 20, 15, 5, 35, 20, 14, 1, 5, 4, 1)
TOTAL = ("", "Tổng cộng", 100, 60, 30, 10, 90, 50, 38, 2, 10, 9, 1)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Return an Excel workbook whose first sheet holds these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def form(*rows: Sequence[object]) -> bytes:
    """Return form II.06a as a workbook."""
    return workbook((*FORM_HEAD, *rows))
