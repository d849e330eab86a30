"""Pictures are decoded and drawn anew: nothing of the file that was sent is kept, neither position nor payload."""

from io import BytesIO
from threading import Lock
from typing import cast

from PIL import Image, ImageOps, UnidentifiedImageError

from feedback_service.core.errors import Refused

MOST_PIXELS = 50_000_000
"""A telephone's picture of 48 megapixels passes; the size is read before anything is decoded."""
LONGEST_SIDE = 2560
"""Enough to read a page that was photographed."""
UNREADABLE = "This picture cannot be read. Please take it again, or save it as JPEG."
TOO_MANY_PIXELS = "This picture has too many points. Please make it smaller."
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_one_at_a_time = Lock()
"""A large picture takes 150 MB while it is decoded: never two of them at once in one process."""


def redrawn(content: bytes) -> tuple[bytes, str]:
    """Return a picture drawn anew, upright and at most LONGEST_SIDE long, and its media type; raises Refused."""
    try:
        with _one_at_a_time, Image.open(BytesIO(content), formats=tuple(FORMATS)) as picture:
            return _drawn(picture)
    except Image.DecompressionBombError as error:
        raise Refused(TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused(UNREADABLE) from error


def _drawn(picture: Image.Image) -> tuple[bytes, str]:
    kind = cast("str", picture.format)
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    has_holes = kind != "JPEG" and "A" in upright.convert("P" if upright.mode == "1" else upright.mode).getbands()
    plain = upright.convert("RGBA" if has_holes or "transparency" in upright.info else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    target = BytesIO()
    if kind == "PNG":
        bare.save(target, "PNG", compress_level=6)
    else:
        shown = bare.convert("RGB") if kind == "JPEG" else bare
        shown.save(target, kind, quality=85)
    return target.getvalue(), FORMATS[kind]
