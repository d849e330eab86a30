"""Pictures are decoded and drawn anew: nothing of the file that was sent is kept, neither position nor payload."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TypeVar, cast

from PIL import Image, ImageOps, UnidentifiedImageError

from feedback_service.core.errors import Refused

MOST_PIXELS = 50_000_000
"""A telephone's picture of 48 megapixels passes; the size is read before anything is decoded."""
LONGEST_SIDE = 2560
"""Enough to read a page that was photographed."""
UNREADABLE = "This picture cannot be read. Please take it again, or save it as JPEG."
TOO_SMALL = "This picture is too small to be seen clearly. Please choose a larger one."
TOO_MANY_PIXELS = "This picture has too many points. Please make it smaller."
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
UPLOAD_BYTES = 10 * 1024 * 1024
TOO_LARGE = "A picture can have at most 10 MB. Please make it smaller."
SMALL = "image/webp"
"""The media type of every small picture."""
Drawn = TypeVar("Drawn")
_one_at_a_time = Lock()
"""A large picture takes 150 MB while it is decoded: never two of them at once in one process."""


@dataclass(frozen=True)
class Frame:
    """How large a small picture may be, in points and bytes, and the side that it must have at least.

    A filled frame is filled whole: what lies over is cut away, less above than below, since heads are above.
    """

    width: int
    height: int
    least: int
    most_bytes: int = 20 * 1024
    is_filled: bool = False


def redrawn(content: bytes) -> tuple[bytes, str]:
    """Return a picture drawn anew, upright and at most LONGEST_SIDE long, and its media type; raises Refused."""
    return _opened(content, _drawn)


def small(content: bytes, frame: Frame) -> bytes:
    """Return a picture drawn anew as WebP that keeps to its frame; raises Refused."""
    if len(content) > UPLOAD_BYTES:
        raise Refused(TOO_LARGE)
    return _opened(content, lambda picture: _framed(picture, frame))


def _opened(content: bytes, drawn: Callable[[Image.Image], Drawn]) -> Drawn:
    try:
        with _one_at_a_time, Image.open(BytesIO(content), formats=tuple(FORMATS)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(TOO_MANY_PIXELS)
            return drawn(picture)
    except Image.DecompressionBombError as error:
        raise Refused(TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused(UNREADABLE) from error


def _drawn(picture: Image.Image) -> tuple[bytes, str]:
    kind = cast("str", picture.format)
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    bare = _bare(picture, kind)
    target = BytesIO()
    if kind == "PNG":
        bare.save(target, "PNG", compress_level=6)
    else:
        shown = bare.convert("RGB") if kind == "JPEG" else bare
        shown.save(target, kind, quality=85)
    return target.getvalue(), FORMATS[kind]


def _framed(picture: Image.Image, frame: Frame) -> bytes:
    kind, box = cast("str", picture.format), (frame.width, frame.height)
    picture.draft("RGB", (2 * frame.width, 2 * frame.height))
    bare = _bare(picture, kind)
    if min(bare.size) < frame.least:
        raise Refused(TOO_SMALL)
    if frame.is_filled:
        bare = ImageOps.fit(bare, box, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
    else:
        bare.thumbnail(box, Image.Resampling.LANCZOS)
    return next(tried for tried in _tries(bare) if len(tried) <= frame.most_bytes)


def _tries(picture: Image.Image) -> Iterator[bytes]:
    """Yield it lossless, then ever plainer, at last ever smaller: a page of noise keeps to its bytes, too."""
    yield _as_webp(picture, lossless=True)
    while True:
        for quality in (90, 80, 65, 50):
            yield _as_webp(picture, quality=quality)
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))


def _as_webp(picture: Image.Image, *, quality: int = 90, lossless: bool = False) -> bytes:
    target = BytesIO()
    picture.save(target, "WEBP", quality=quality, lossless=lossless, method=6)
    return target.getvalue()


def _bare(picture: Image.Image, kind: str) -> Image.Image:
    """Return the points alone, upright and at most LONGEST_SIDE long, with their holes where the picture has some."""
    upright = ImageOps.exif_transpose(picture)
    has_holes = kind != "JPEG" and "A" in upright.convert("P" if upright.mode == "1" else upright.mode).getbands()
    plain = upright.convert("RGBA" if has_holes or "transparency" in upright.info else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare
