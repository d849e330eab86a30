"""Files that are small on the way and enormous once they are opened."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image

from tests.dossiers.sheets import workbook
from tests.suggestions.test_attachments import png

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + ']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    '<c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = LAUGHS.partition("[")[0] + '[<!ENTITY a11 SYSTEM "file:///etc/passwd">' + "]" + LAUGHS.partition("]")[2]


def book(sheet: bytes) -> bytes:
    """Return a workbook with another sheet put in the place of its own."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(workbook([("a", "b"), (1, 2)]))) as honest, ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for one in honest.infolist():
            packed.writestr(one.filename, sheet if one.filename == SHEET else honest.read(one))
    return out.getvalue()


def nested() -> bytes:
    """Return 42.zip in small: archives in archives, each ten times the one before."""
    content = b"\0" * 4_000_000
    for _ in range(5):
        out = io.BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as packed:
            for number in range(10):
                packed.writestr(f"{number}.zip", content)
        content = out.getvalue()
    return content


def many_parts() -> bytes:
    """Return an archive of very many files."""
    out = io.BytesIO()
    with ZipFile(out, "w") as packed:
        for number in range(3_000):
            packed.writestr(f"xl/{number}", b"")
    return out.getvalue()


def lying() -> bytes:
    """Return a workbook whose list says that its sheet is small."""
    content = book(b"<x>" + b" " * 100_000_000 + b"</x>")
    size = (100_000_007).to_bytes(4, "little")
    return content.replace(size, (100).to_bytes(4, "little"))


def wide_row() -> bytes:
    """Return a workbook with one row of very many cells."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    return book(head + b"<c><v>1</v></c>" * 3_000_000 + b"</row></sheetData></worksheet>")


def frames() -> bytes:
    """Return a moving picture whose frames are a thousand million points together."""
    out = io.BytesIO()
    Image.new("P", (4000, 4000)).save(out, "GIF")
    content = out.getvalue()
    begin = 13 + 3 * 2 ** ((content[10] & 7) + 1)
    return content[:begin] + content[begin:-1] * 62 + content[-1:]


BOOKS = {
    "archives in archives": nested,
    "a hundred million blanks": lambda: book(b"<x>" + b" " * 100_000_000 + b"</x>"),
    "a list that lies": lying,
    "very many parts": many_parts,
    "a thousand million laughs": lambda: book(LAUGHS.encode()),
    "a file of ours": lambda: book(OUTSIDE.encode()),
    "three million cells in a row": wide_row,
    "no archive at all": lambda: b"PK\x03\x04" + b"\0" * 1000,
}
PICTURES = {
    "a picture of 900 million points": lambda: png(30_000, 30_000),
    "a moving picture of a thousand million points": frames,
    "a document of packed blanks": lambda: (
        b"%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(b" " * 100_000_000)
        + b"\nendstream\nendobj\n%%EOF"
    ),
}
