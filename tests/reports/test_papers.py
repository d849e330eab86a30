"""A form that is filed can be read by a screen reader and kept for decades: what it claims stands in the file."""

import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from feedback_service.reports.export.papers import form_bytes
from feedback_service.reports.rules.documents import Document, Grid, Letterhead
from feedback_service.reports.rules.forms import Written

NOW = datetime(2026, 10, 2, 1, tzinfo=UTC)
FORM = Document(
    code="Mẫu 02",
    title="BẢNG ĐÁNH GIÁ",
    lines=("Cơ quan: Phường Đông Hà",),
    head=Letterhead("UBND TỈNH", "PHƯỜNG ĐÔNG HÀ", "CỘNG HÒA", "Độc lập", "Đông Hà, ngày 02 tháng 10 năm 2026"),
    grid=Grid(
        groups=(("", 1), ("Điểm", 2)),
        heads=("Chỉ số", "Tự chấm", "Thẩm định"),
        marks=("(1)", "(2)", "(3)"),
        widths=(20, 10, 10),
        rows=(("=Chỉ số 1", Decimal("1.70"), None),),
        totals=(("Tổng cộng", Decimal("1.70"), None),),
    ),
    notes=("Ô trống: chưa có số liệu.",),
    signers=("NGƯỜI TỔNG HỢP", "GIÁM ĐỐC"),
    sources_title="Nguồn số liệu",
    sources=(("Tự chấm", "Đơn vị nhập"),),
    is_wide=False,
    sources_heads=("Nội dung", "Nguồn"),
)


@pytest.fixture(scope="module")
def page() -> bytes:
    """A form as a PDF file."""
    return form_bytes(FORM, Written.PDF, made_at=NOW)


def streams(page: bytes) -> Iterator[bytes]:
    """Return what is packed into a PDF file."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", page, re.DOTALL):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            yield packed


def test_a_form_says_in_itself_that_it_is_for_archives_and_for_screen_readers(page: bytes) -> None:
    (metadata,) = [one.decode() for one in streams(page) if b"<x:xmpmeta" in one]

    claims = dict(re.findall(r"<(pdf\w+id:\w+)>([^<]+)<", metadata))

    assert claims == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    assert FORM.title in metadata


def test_a_form_is_tagged_in_vietnamese_with_the_heads_of_its_columns(page: bytes) -> None:
    assert b"/Lang(vi" in page
    assert b"/MarkInfo<</Marked true" in page
    assert b"/StructTreeRoot" in page
    assert b"/DisplayDocTitle true" in page
    assert len(re.findall(rb"/S/TH\b", page)) == 4 + 3 + 2  # heads, the numbers below them, heads of the sources
    assert b"/Scope/Column" in page


def test_a_form_brings_its_letters_and_colours_and_nothing_that_runs(page: bytes) -> None:
    fonts = re.findall(rb"/Type/FontDescriptor[^>]*", page)

    assert fonts
    assert all(b"/FontFile" in font for font in fonts)
    assert b"/GTS_PDFA1" in page
    assert not any(word in page for word in (b"/JavaScript", b"/Encrypt", b"/Launch", b"/EmbeddedFile"))


def test_every_letter_of_a_form_can_be_copied_and_searched(page: bytes) -> None:
    maps = [one.decode() for one in streams(page) if b"begincmap" in one]

    known = {bytes.fromhex(code).decode("utf-16-be") for one in maps for code in re.findall(r"> <(\w+)>\n", one)}

    assert set("".join((FORM.title, *FORM.lines, *FORM.notes, FORM.sources_title))) - {" "} <= known
