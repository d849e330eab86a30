"""What people attach: drawn anew or refused; nothing active, nothing hidden, no bomb (attacks 41 to 43)."""

import struct
import zlib
from io import BytesIO

import psutil
import pytest
from PIL import Image

from feedback_service.core.errors import Refused
from feedback_service.suggestions.drawing import Upload, cleaned
from feedback_service.suggestions.drawing.uploads import plain_name
from feedback_service.suggestions.rules.hands import CleanFile
from feedback_service.web.pictures import LONGEST_SIDE
from tests.suggestions.citizen import picture

PAGE = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R EXTRA>>\nendobj\n%%EOF\n"


def one(content: bytes, name: str = "ảnh.jpg") -> CleanFile:
    """Return a file as it will be kept."""
    return cleaned(Upload(name, content))


def png(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")
    )


def with_stream(objects: bytes) -> bytes:
    """Return a PDF whose objects are packed in a stream."""
    packed = zlib.compress(objects)
    head = b"%%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return head + packed + b"\nendstream\nendobj\n%%EOF"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_and_stays_what_it_was(kind: str) -> None:
    clean = one(picture(kind, (320, 200)).getvalue())

    with Image.open(BytesIO(clean.content)) as drawn:
        assert (drawn.format, drawn.size) == (kind, (320, 200))
    assert clean.name.startswith("ảnh.")


def test_where_a_picture_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Telephone of somebody"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 49.0, 1.0), 3: "E", 4: (107.0, 5.0, 30.0)})
    sent = picture("JPEG", exif=exif, comment=b"CCCD 045098001234").getvalue()
    assert b"Telephone of somebody" in sent

    clean = one(sent)

    with Image.open(BytesIO(clean.content)) as drawn:
        assert dict(drawn.getexif()) == {}
        assert "comment" not in drawn.info
    assert b"Telephone" not in clean.content
    assert b"CCCD" not in clean.content


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    clean = one(picture("JPEG", (320, 200), exif=exif).getvalue())

    with Image.open(BytesIO(clean.content)) as drawn:
        assert drawn.size == (200, 320)


def test_a_large_photograph_becomes_smaller() -> None:
    clean = one(picture("JPEG", (6000, 4000)).getvalue())

    with Image.open(BytesIO(clean.content)) as drawn:
        assert max(drawn.size) == LONGEST_SIDE


def test_what_shines_through_stays_so() -> None:
    target = BytesIO()
    Image.new("RGBA", (20, 20), (0, 128, 128, 0)).save(target, "PNG")

    with Image.open(BytesIO(one(target.getvalue()).content)) as drawn:
        assert drawn.mode == "RGBA"


@pytest.mark.parametrize(
    "payload", [b"<script>alert(1)</script>", b"PK\x03\x04" + b"zip" * 50, b"<?php system($_GET[0]); ?>"]
)
def test_what_is_glued_to_a_picture_falls_off(payload: bytes) -> None:
    clean = one(picture().getvalue() + payload)

    assert payload not in clean.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"<?php echo 1;",
        b"GIF89a" + b"\0" * 100,
        b"BM" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        b"\x7fELF" + b"\0" * 100,
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0<script>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 50,
        picture().getvalue()[:300],
        b"a" * (10 * 1024 * 1024 + 1),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_no_picture_and_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        one(content)


@pytest.mark.parametrize("size", [(30_000, 30_000), (1_000_000, 1_000), (2**31 - 1, 2)])
def test_an_image_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    before = psutil.Process().memory_info().rss

    with pytest.raises(Refused):
        one(png(*size), "bomb.png")

    assert psutil.Process().memory_info().rss - before < 100_000_000


def test_a_plain_document_is_kept_as_it_is() -> None:
    content = PAGE.replace(b"EXTRA", b"")

    clean = one(content, "đơn.pdf")

    assert (clean.content, clean.media_type, clean.name) == (content, "application/pdf", "đơn.pdf")


@pytest.mark.parametrize(
    "active",
    [
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        b"/Names << /EmbeddedFiles 3 0 R >>",
        b"/AA << /O 4 0 R >>",
        b"/S /Launch /F (cmd.exe)",
        b"/S /#4aavaScript",
        b"/AcroForm << /XFA 6 0 R >>",
        b"/S /SubmitForm",
        b"/Encrypt 9 0 R",
    ],
)
def test_a_document_that_can_act_is_refused(active: bytes) -> None:
    with pytest.raises(Refused):
        one(PAGE.replace(b"EXTRA", active), "đơn.pdf")


def test_what_is_packed_inside_a_document_is_looked_at_too() -> None:
    assert one(with_stream(b"<< /Type /Page >>"), "a.pdf").media_type == "application/pdf"

    with pytest.raises(Refused):
        one(with_stream(b"<< /S /JavaScript /JS (1) >>"), "a.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 and nothing else",
        b"\n%PDF-1.7\n%%EOF",
        PAGE.replace(b"EXTRA", b"") + b"<script>alert(1)</script>",
        PAGE.replace(b"EXTRA", b"") + b"PK\x03\x04",
        with_stream(b"\0" * 80_000_000),
    ],
    ids=["no end", "late start", "script after the end", "archive after the end", "bomb inside"],
)
def test_a_document_that_is_something_else_as_well_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        one(content, "a.pdf")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("ảnh chụp.jpg", "ảnh chụp.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\Lan\\anh.png", "anh.jpg"),
        ("a.php.jpg", "a.php.jpg"),
        ("x\x00.exe", "x.jpg"),
        ("..", "file.jpg"),
        ('"; rm -rf ~; echo ".jpg', "rm -rf ~_ echo.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "a Set-Cookie_ x_1.jpg"),
        ("á" * 300 + ".jpg", "á" * 100 + ".jpg"),
        ("\u202egpj.exe", "[U+202E]gpj.jpg"),
        ("", "file.jpg"),
    ],
)
def test_a_file_name_is_harmless_anywhere(sent: str, kept: str) -> None:
    assert plain_name(sent, "image/jpeg") == kept
