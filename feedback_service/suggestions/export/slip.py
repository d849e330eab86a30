"""The slip of a suggestion as PDF, and the signature by which anybody can have it checked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import segno

from feedback_service.core.canonical import canonical, same, seal
from feedback_service.suggestions.queries.tracking import Slip
from feedback_service.suggestions.rules.codes import groups, spaced
from feedback_service.web.paper import pdf

SIGNATURE_LETTERS = 16
"""64 bits: the page that checks slips lets nobody try often."""
_TEMPLATE = Path(__file__).resolve().parent / "slip.typ"

Word = Callable[[str], str]


@dataclass(frozen=True)
class Wording:
    """How days and moments are written in the language of the slip, and in which language that is."""

    word: Word
    day: Callable[[date], str]
    moment: Callable[[datetime], str]
    language: str


def signature(secret: str, slip: Slip) -> str:
    """Return the signature over everything that a slip says, in groups of four hex digits."""
    facts = [slip.suggestion_id, slip.kind, slip.received_at.isoformat(), slip.due_on.isoformat(), slip.code_hash]
    sealed = seal(secret, "slip", canonical(facts))[:SIGNATURE_LETTERS]
    return " ".join(sealed[start : start + 4] for start in range(0, SIGNATURE_LETTERS, 4))


def is_signed(secret: str, slip: Slip, typed: str) -> bool:
    """Say whether a signature that somebody typed belongs to this slip."""
    plain = "".join(letter for letter in typed.lower() if letter.isalnum())
    return same(plain, signature(secret, slip).replace(" ", ""))


def qr_address(code: str, address: str) -> str:
    """Return the same QR code as an address that a page can show as a picture."""
    drawn: str = segno.make(_qr_words(code, address), error="m").svg_data_uri(scale=4, border=2, light="white")
    return drawn


def qr_picture(code: str, address: str) -> str:
    """Return a QR code as SVG. It holds words, not a link with the code in it, so that no browser keeps the code."""
    drawn = segno.make(_qr_words(code, address), error="m")
    picture: str = drawn.svg_inline(scale=4, border=2, dark="black", light="white", svgclass=None, lineclass=None)
    return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def slip_pdf(slip: Slip, code: str, *, office: str, address: str, secret: str, wording: Wording) -> bytes:
    """Return the slip as PDF, one page of A5."""
    word = wording.word
    rows = [
        [word("Kind"), word(slip.kind_name)],
        [word("Received by"), slip.unit_name],
        [word("Received at"), wording.moment(slip.received_at)],
        [word("Answer at the latest"), wording.day(slip.due_on)],
        [word("Number"), str(slip.suggestion_id)],
    ]
    page = {
        "language": wording.language,
        "title": word("Slip for the answer to a suggestion"),
        "unit": slip.unit_name,
        "office": office,
        "rows": rows,
        "groups": list(groups(code)),
        "code_words": word("Tracking code"),
        "once": word("Whoever has this code can read the answer. It is kept nowhere and cannot be given out again."),
        "where": word("Enter it here: {address}").format(address=address),
        "qr": qr_picture(code, address),
        "qr_words": word("QR code with the tracking code"),
        "signature_words": word("Signature of the service:"),
        "signature": signature(secret, slip),
        "check": word("Whether this slip is genuine can be checked at {address}").format(
            address=address.replace("/track", "/slips")
        ),
    }
    return pdf(_TEMPLATE, page, made_at=slip.received_at)


def _qr_words(code: str, address: str) -> str:
    return f"{spaced(code)}\n{address}"
