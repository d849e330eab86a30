"""Ballots: the codes of dossiers and of links, what dates answer, and the rows of a list of dossiers."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from feedback_service.core.canonical import seal
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.ids import CODE_LETTERS, plain_code
from feedback_service.core.period import standing
from feedback_service.core.text import one_line
from feedback_service.ratings.rules.inviting import is_phone

DAYS = 30
"""How long a ballot is good for when nobody says otherwise."""
MOST_ROWS = 1000
LINK_LETTERS = 16
"""80 bits: nobody guesses the link of a dossier."""
DAY_COLUMNS = ("due_on", "returned_on", "agency_due_on", "agency_done_on")
COLUMNS = ("dossier", *DAY_COLUMNS, "phone", "procedure")
INDICES = {"cs1": ("due_on", "returned_on"), "cs2": ("agency_due_on", "agency_done_on")}
"""Which days answer which index of the ballot (domain.md 1.1)."""
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_CODE = re.compile(
    r"(?:[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3}|[0-9]{3}\.[0-9]{2}\.[0-9]{2,3}\.[A-Z][0-9]{2})-([0-9]{6})-[0-9]{4,}"
)


@dataclass(frozen=True)
class Dossier:
    """One dossier of a list: its code, its days by column, the number by which to invite, the code of its procedure.

    Number and procedure are "" where the list tells none.
    """

    code: str
    days: Mapping[str, date] = field(default_factory=dict)
    phone: str = ""
    procedure: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether the code has a shape that is in use; any other is warned of and taken all the same."""
        return is_dossier_code(self.code)

    @property
    def filled(self) -> Mapping[str, int]:
        """Return the indices that the days answer: 2 earlier than due, 1 on the day, 0 later; none is guessed."""
        known = {name: (self.days.get(due), self.days.get(done)) for name, (due, done) in INDICES.items()}
        return {name: _points(due, done) for name, (due, done) in known.items() if due and done}


def is_dossier_code(code: str) -> bool:
    """Say whether a code has one of the shapes in use (domain.md 4.2: the common one; TT 04/2025, article 23)."""
    found = _CODE.fullmatch(code)
    try:
        return bool(found and date(2000 + int(found[1][:2]), int(found[1][2:4]), int(found[1][4:])))
    except ValueError:
        return False


def ballot_key(text: str) -> str:
    """Return what is sealed of a scanned or typed text: the letters of a link, else the code of a dossier."""
    plain = one_line(text).rpartition("/b/")[2].strip("/").upper().replace(" ", "")
    letters = plain_code(plain)
    is_link = len(letters) == LINK_LETTERS and set(letters) <= set(CODE_LETTERS) and not is_dossier_code(plain)
    return letters if is_link else plain


def sealed(secret: str, text: str) -> str:
    """Return the HMAC by which a dossier or a link is known; nothing else of it is stored."""
    return seal(secret, "ballot", ballot_key(text))


def link_of(secret: str, code: str) -> str:
    """Return the letters of the link of a dossier, always the same, known to whoever knows the secret only."""
    drawn = int(seal(secret, "ballot link", ballot_key(code)), 16)
    return "".join(CODE_LETTERS[drawn >> 5 * place & 31] for place in range(LINK_LETTERS))


def dossiers_in(text: str) -> tuple[Dossier, ...]:
    """Return the dossiers of a list in CSV: a line of columns, or codes alone; raises Refused with the line."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines:
        raise _refused("The list names no dossier.")
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=max(";,\t", key=lines[0].count)))
    heads = [head.strip().lower() for head in rows[0]]
    named = heads if heads[0] in COLUMNS else list(COLUMNS)
    if "dossier" not in named:
        raise _refused("The list has no column “dossier”.")
    found = {one.code: one for one in _dossiers(rows[1:] if heads is named else rows, named)}
    if len(found) > MOST_ROWS:
        raise _refused("A list can have at most 1,000 dossiers. Please send it in parts.")
    return tuple(found.values())


def expiry(issued_at: datetime, days: int) -> datetime:
    """Return until when a ballot is good."""
    return issued_at + timedelta(days=days)


def _dossiers(rows: Sequence[Sequence[str]], named: Sequence[str]) -> Iterator[Dossier]:
    for row in rows:
        texts = dict(zip(named, (one_line(text) for text in row), strict=False))
        code = texts.get("dossier", "").upper()
        if not code or len(code) > 60:
            raise _refused("A line of the list has no dossier code, or one of more than 60 letters.")
        phone = texts.get("phone", "")
        if phone and not is_phone(phone):
            raise _refused("A telephone number of the list is not written like 0912345678.")
        days = {name: _day(texts[name]) for name in DAY_COLUMNS if texts.get(name)}
        yield Dossier(code, days, phone, texts.get("procedure", "").upper())


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return standing(date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text))
    except ValueError as error:
        raise _refused("A day of the list is not written like 31/12/2026.") from error


def _points(due_on: date, done_on: date) -> int:
    return 2 if done_on < due_on else 1 if done_on == due_on else 0


def _refused(message: str) -> Refused:
    return Refused(message, faults=(Fault("dossiers", message),))
