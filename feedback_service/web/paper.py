"""Typeset pages after NĐ 30/2020/NĐ-CP: PDF that screen readers read (PDF/UA-1) and archives keep (PDF/A-2a)."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from feedback_service.core.canonical import canonical

_FONTS = Path(__file__).resolve().parent / "fonts"
"""Tinos: the widths of Times New Roman under a free licence."""


def pdf(template: Path, page: Mapping[str, object], *, made_at: datetime) -> bytes:
    """Return `template` (Typst) filled with `page`, which it reads as JSON: what people wrote is text, never markup.

    The same page made at the same moment gives the same bytes.
    """
    import typst

    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"page": canonical(dict(page))},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(made_at.timestamp()),
    )
