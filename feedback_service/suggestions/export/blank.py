"""Blank slips for the paper box, with codes to tear off."""

from datetime import datetime
from pathlib import Path

from feedback_service.core.ids import new_code
from feedback_service.suggestions.export.slip import Wording, qr_picture
from feedback_service.suggestions.rules.codes import LETTERS, check_letter, groups
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind
from feedback_service.web.paper import pdf

_FOLDER = Path(__file__).resolve().parent
SLIPS_A_PAGE = 4


def blank_slips_pdf(pages: int, *, office: str, address: str, made_at: datetime, wording: Wording) -> bytes:
    """Return blank slips to lay beside the box: each has a code, once on the slip and once on the part to tear off."""
    word = wording.word
    codes = [_code() for _ in range(pages * SLIPS_A_PAGE)]
    page = {
        "language": "vi",
        "title": word("Slip for the suggestion box"),
        "office": office,
        "kinds": [word(KIND_NAMES[kind]) for kind in Kind],
        "text_words": word("What happened, where and when; or what you propose"),
        "leave_out": word("Please leave out identity and telephone numbers of other people."),
        "contact_words": word("Name, telephone (only if you want to be contacted)"),
        "keep": word("Tear off and keep: with this code you read the answer at"),
        "address": address,
        "code_words": word("Tracking code"),
        "slips": [{"groups": list(groups(code)), "qr": qr_picture(code, address)} for code in codes],
        "qr_words": word("QR code with the tracking code"),
    }
    return pdf(_FOLDER / "blank.typ", page, made_at=made_at)


def _code() -> str:
    letters = new_code(LETTERS - 1)
    return letters + check_letter(letters)
