"""Ballots to hand out: a sheet of slips with QR codes, and the list for programs that send links."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno

from feedback_service.ratings.service.balloting import Issued
from feedback_service.web.paper import pdf

_TEMPLATE = Path(__file__).resolve().parent / "ballots.typ"
_RISKY = ("=", "+", "-", "@")

Word = Callable[[str], str]


def address_of(base_url: str, link: str) -> str:
    """Return the address of a ballot."""
    return f"{base_url}/b/{link}"


def spaced(link: str) -> str:
    """Return the letters of a link in groups of four, for people who type them."""
    return " ".join(link[start : start + 4] for start in range(0, len(link), 4))


@dataclass(frozen=True)
class Heading:
    """What stands on every slip: the unit, the office, until when it is good, and where links lead."""

    unit: str
    office: str
    until: str
    base_url: str


def ballots_pdf(issued: Sequence[Issued], heading: Heading, *, word: Word, made_at: datetime) -> bytes:
    """Return the slips, eight on a page of A4, each with the code of its dossier so that it reaches the right hands."""
    page = {
        "title": word("Rating slips"),
        "unit": heading.unit,
        "office": heading.office,
        "question": word("How was your dossier handled? Scan this code with a telephone."),
        "until": heading.until,
        "once": word("Each dossier counts once. The rating carries no name."),
        "slips": [
            {
                "dossier": one.dossier.code,
                "code": spaced(one.link),
                "qr": qr_svg(address_of(heading.base_url, one.link)),
                "words": word("QR code of this dossier"),
            }
            for one in issued
        ],
    }
    return pdf(_TEMPLATE, page, made_at=made_at)


def ballots_csv(issued: Sequence[Issued], *, base_url: str) -> bytes:
    """Return the list in CSV for Excel and for programs; a cell that could be a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["dossier", "address", "new", "usual_code"])
    for one in issued:
        code = f"'{one.dossier.code}" if one.dossier.code.startswith(_RISKY) else one.dossier.code
        address = address_of(base_url, one.link)
        writer.writerow([code, address, "yes" if one.is_new else "no", "yes" if one.dossier.is_usual else "no"])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def qr_svg(address: str) -> str:
    """Return a QR code as SVG."""
    drawn = segno.make(address, error="m")
    picture: str = drawn.svg_inline(scale=4, border=2, dark="black", light="white", svgclass=None, lineclass=None)
    return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
