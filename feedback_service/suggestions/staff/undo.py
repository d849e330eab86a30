"""What an officer may take back just now: kept in the signed cookie of the form, for a quarter of an hour."""

from collections.abc import Iterable
from datetime import datetime

from flask import session as form_session

from feedback_service.suggestions.rules.hands import Done
from feedback_service.suggestions.service.undoing import UNDO_TIME

NAME = "undo"


def keep(account_id: int, done: Iterable[Done], *, now: datetime) -> None:
    """Remember what was just done, in place of what was done before."""
    form_session[NAME] = [account_id, int(now.timestamp()), [[one.id, one.version] for one in done]]


def kept(account_id: int, *, now: datetime) -> tuple[tuple[int, int], ...]:
    """Return what may be taken back: ids, each with the version that was made."""
    whose, at, pairs = form_session.get(NAME, (0, 0, ()))
    is_fresh = whose == account_id and 0 <= now.timestamp() - at <= UNDO_TIME.total_seconds()
    return tuple((int(one), int(version)) for one, version in pairs) if is_fresh else ()


def count(account_id: int, *, now: datetime) -> int:
    """Return how many suggestions may be taken back."""
    return len(kept(account_id, now=now))


def forget() -> None:
    """Offer it no longer."""
    form_session.pop(NAME, None)
