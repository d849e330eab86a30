"""Surveys: when one takes answers, and what a ballot says of its dossier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

SLUG = r"[a-z0-9][a-z0-9-]{0,59}"
MOST_QUOTA = 1_000_000
BALLOT_DAYS = 30
"""How long a ballot is good for when nobody says otherwise."""
LINK_LETTERS = 16
"""80 bits of Crockford letters: nobody guesses the link of a dossier."""
_OLD_OR_NEW = re.compile(
    r"(?:[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3}|[0-9]{3}\.[0-9]{2}\.[0-9]{2,3}\.[A-Z][0-9]{2})-([0-9]{6})-[0-9]{4,}"
)


class Phase(StrEnum):
    """Where a survey stands."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"


class Standing(StrEnum):
    """What becomes of whoever opens a ballot."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Dates:
    """The days of a dossier: when it was due and returned, and the same for the agencies that took part."""

    due_on: date | None = None
    returned_on: date | None = None
    agency_due_on: date | None = None
    agency_done_on: date | None = None


def phase(*, now: datetime, closes_at: datetime | None, closed_at: datetime | None, is_full: bool) -> Phase:
    """Return where a survey stands."""
    if closed_at is not None or (closes_at is not None and closes_at <= now):
        return Phase.CLOSED
    return Phase.FULL if is_full else Phase.OPEN


def is_dossier_code(code: str) -> bool:
    """Say whether a code has one of the shapes that are in use (domain.md 4.2: the common one, TT 04/2025, article 23)."""
    found = _OLD_OR_NEW.fullmatch(code)
    if found is None:
        return False
    try:
        date(2000 + int(found[1][:2]), int(found[1][2:4]), int(found[1][4:]))
    except ValueError:
        return False
    return True


def filled_by(dates: Dates) -> Mapping[str, int]:
    """Return the indices 1 and 2 as the dates say: 2 earlier than due, 1 on the day, 0 later (NĐ 61/2018).

    An index whose dates are not known is left out, never guessed.
    """
    pairs = {"cs1": (dates.due_on, dates.returned_on), "cs2": (dates.agency_due_on, dates.agency_done_on)}
    return {name: _points(due, done) for name, (due, done) in pairs.items() if due and done}


def expiry(issued_at: datetime, days: int = BALLOT_DAYS) -> datetime:
    """Return until when a ballot is good."""
    return issued_at + timedelta(days=days)


def _points(due_on: date, done_on: date) -> int:
    return 2 if done_on < due_on else 1 if done_on == due_on else 0
