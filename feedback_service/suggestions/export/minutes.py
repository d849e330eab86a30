"""The minutes of an opening after the layout of NĐ 30/2020/NĐ-CP, and blank slips with codes to tear off."""

from datetime import datetime
from pathlib import Path

from feedback_service.core.ids import new_code
from feedback_service.core.period import local_time
from feedback_service.suggestions.export.slip import Wording, qr_picture
from feedback_service.suggestions.queries.paper import Opening
from feedback_service.suggestions.rules.codes import LETTERS, check_letter, groups
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind
from feedback_service.web.paper import pdf

_FOLDER = Path(__file__).resolve().parent
SLIPS_A_PAGE = 4


def minutes_pdf(opening: Opening, *, office: str, place: str, wording: Wording) -> bytes:
    """Return the minutes as PDF; an official paper is in Vietnamese whatever the reader speaks."""
    word, row, figures = wording.word, opening.row, opening.row.figures
    opened, ended = local_time(row.opened_at), opening.finished_at
    counts = [[word(KIND_NAMES[kind]), str(figures.typed.get(kind, 0))] for kind in Kind]
    more = [[word("Complaints and denunciations in law"), figures.legal], [word("Blank or unreadable"), figures.blank]]
    page = {
        "language": "vi",
        "title": word("Minutes of opening the suggestion box"),
        "unit": row.unit_name,
        "office": office,
        "nation": word("Socialist Republic of Viet Nam"),
        "motto": word("Independence - Freedom - Happiness"),
        "number": word("No. {number}").format(number=f"{row.number}/BB"),
        "dated": word("{place}, on {day:02d} {month:02d} {year}").format(
            place=place, day=opened.day, month=opened.month, year=opened.year
        ),
        "opened": word("At {hour:02d}:{minute:02d} on {day}, at {place}, the suggestion box was opened.").format(
            hour=opened.hour, minute=opened.minute, day=wording.day(opened.date()), place=row.place
        ),
        "people_words": word("Those present"),
        "people": [[str(place), one.name, one.position] for place, one in enumerate(opening.people, start=1)],
        "people_head": [word("Line"), word("Name in full"), word("Position")],
        "counts_words": word("What was in the box"),
        "counts_head": [word("Class"), word("Count")],
        "counts": [*counts, *([name, str(count)] for name, count in more)],
        "total": [word("Slips counted in all"), str(figures.slips)],
        "note_words": word("Note"),
        "note": opening.note or word("None."),
        "closing": word("Every slip was typed in and given a code and a due day in the software.")
        if ended
        else word("The slips are still being typed in; these minutes are not final."),
        "photos": word("Photographs: {count}").format(count=len(opening.photos)),
        "sign": word("(signature, name in full)"),
        "signers": [[one.position or word("Present"), one.name] for one in opening.people],
    }
    return pdf(_FOLDER / "minutes.typ", page, made_at=ended or row.opened_at)


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
