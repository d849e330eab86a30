"""A QR code to hang up or to stand on a counter: PDF in three sizes, and SVG for programs that lay out pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feedback_service.ratings.export.ballots import qr_svg
from feedback_service.web.paper import pdf

SIZES = ("a4", "a5", "a6")
_TEMPLATE = Path(__file__).resolve().parent / "poster.typ"

Word = Callable[[str], str]


@dataclass(frozen=True)
class Poster:
    """What a poster says: the unit, the office with its logo (WebP), counter and procedure if any, what is asked."""

    unit: str
    office: str
    counter: str
    address: str
    logo: bytes | None = None
    procedure: str = ""
    survey: str = ""


def poster_pdf(poster: Poster, size: str, *, word: Word, made_at: datetime) -> bytes:
    """Return the poster as PDF of one page."""
    page = {
        "size": size,
        "unit": poster.unit,
        "office": poster.office,
        "counter": poster.counter,
        "procedure": poster.procedure,
        "survey": poster.survey,
        "title": word("How were you served?"),
        "how": word("Open the camera of your telephone and point it at the code."),
        "promise": word("No name is asked for, and none is kept."),
        "address": poster.address.split("://", 1)[-1],
        "logo": list(poster.logo or b""),
        "logo_words": word("Logo of the office"),
        "qr": poster_svg(poster),
        "qr_words": word("QR code of the survey"),
    }
    return pdf(_TEMPLATE, page, made_at=made_at)


def poster_svg(poster: Poster) -> str:
    """Return the code alone as SVG."""
    return qr_svg(poster.address)
