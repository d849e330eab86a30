"""Writing a filled form as a workbook, a text document or a page, each in the layout of NĐ 30/2020/NĐ-CP."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from feedback_service.reports.export.papers.text_document import docx_bytes
from feedback_service.reports.export.papers.workbook import xlsx_bytes
from feedback_service.reports.rules.documents import Document, leading
from feedback_service.reports.rules.forms import Written
from feedback_service.web.paper import pdf

TEMPLATE = Path(__file__).resolve().parent / "form.typ"


def form_bytes(form: Document, written_as: Written, *, made_at: datetime) -> bytes:
    """Return the form written in one of three ways; the same form at the same moment gives the same page."""
    if written_as is Written.XLSX:
        return xlsx_bytes(form)
    if written_as is Written.DOCX:
        return docx_bytes(form, made_at=made_at)
    grid = form.grid
    page = {
        **asdict(form),
        "groups": [list(group) for group in grid.groups] if grid.is_grouped else [],
        "heads": list(grid.heads),
        "marks": list(grid.marks),
        "widths": list(grid.widths),
        "rows": [list(leading(row)) for row in grid.rows],
        "totals": [list(leading(row)) for row in grid.totals],
    }
    page["parts"] = [{"title": part.title, "lines": list(part.lines)} for part in form.parts]
    page["signed"] = [list(one) for one in form.signed]
    del page["grid"]
    return pdf(TEMPLATE, page, made_at=made_at)
