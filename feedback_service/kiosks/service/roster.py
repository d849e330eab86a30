"""Keeping the shifts of a counter, and the photos of those who serve there."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import reduce
from hashlib import sha256

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import NotFound
from feedback_service.db import insert_once
from feedback_service.kiosks import queries
from feedback_service.kiosks.models import CounterRoster, KioskPhoto, PastRoster
from feedback_service.kiosks.rules import Shift, officers_of, roster_text, with_photo, with_shift


def add_shift(session: Session, counter_id: int, shift: Shift, *, by: str, now: datetime) -> None:
    """Add a shift to the roster of a counter; raises Refused when it cannot stand there."""
    add_shifts(session, counter_id, [shift], by=by, now=now)


def add_shifts(session: Session, counter_id: int, new: Iterable[Shift], *, by: str, now: datetime) -> None:
    """Add shifts to the roster of a counter, as one change of it; raises Refused when one cannot stand there."""
    after = reduce(with_shift, new, queries.shifts(session, counter_id))
    _keep(session, counter_id, after, "counter_roster.changed", by=by, now=now)


def remove_shift(session: Session, counter_id: int, key: str, *, by: str, now: datetime) -> None:
    """Take the shift with this key off the roster of a counter; one that is not there changes nothing.

    Whom no shift of the counter names any more loses the photo, too.
    """
    before = queries.shifts(session, counter_id)
    after = tuple(one for one in before if one.key != key)
    if after != before:
        _keep(session, counter_id, after, "counter_roster.changed", by=by, now=now)


def keep_photo(session: Session, counter_id: int, officer: str, content: bytes, *, by: str, now: datetime) -> None:
    """Show an officer of a counter by this picture; raises NotFound when no shift names such an officer."""
    before = _naming(session, counter_id, officer)
    photo = sha256(content).hexdigest()
    insert_once(session, KioskPhoto, [{"hash": photo, "content": content}], key=KioskPhoto.hash)
    _keep(session, counter_id, with_photo(before, officer, photo), "counter_roster.photo-kept", by=by, now=now)


def remove_photo(session: Session, counter_id: int, officer: str, *, by: str, now: datetime) -> None:
    """Erase the picture of an officer; without one this changes nothing. Raises NotFound as `keep_photo` does."""
    before = _naming(session, counter_id, officer)
    after = with_photo(before, officer, "")
    if after != before:
        _keep(session, counter_id, after, "counter_roster.photo-removed", by=by, now=now)


def _naming(session: Session, counter_id: int, officer: str) -> tuple[Shift, ...]:
    shifts = queries.shifts(session, counter_id)
    if officer not in {known.name for known in officers_of(shifts)}:
        raise NotFound("No shift of this counter names this officer.")
    return shifts


def _keep(session: Session, counter_id: int, shifts: tuple[Shift, ...], act: str, *, by: str, now: datetime) -> None:
    before = queries.shifts(session, counter_id)
    text = roster_text(shifts)
    _remember(session, counter_id, before, until=now)
    kept = update(CounterRoster).where(CounterRoster.counter_id == counter_id).values(shifts=text)
    if session.execute(kept.returning(CounterRoster.counter_id)).scalar_one_or_none() is None:
        row = {"counter_id": counter_id, "shifts": text}
        insert_once(session, CounterRoster, [row], key=CounterRoster.counter_id)
    for photo in {one.photo for one in before} - {one.photo for one in shifts} - {""}:
        _forget_unused(session, photo)
    digest = queries.ROSTER_WITNESS.digest(session, counter_id)
    note(session, Act(act, by, ("counter_roster", counter_id), digest, facts={"counter": counter_id}), now=now)


def _remember(session: Session, counter_id: int, before: tuple[Shift, ...], *, until: datetime) -> None:
    """Keep who served until now, without photos, for what is told of the time before."""
    text = roster_text(tuple(replace(shift, photo="") for shift in before))
    session.execute(insert(PastRoster).values(counter_id=counter_id, shifts=text, until_at=until))


def _forget_unused(session: Session, photo: str) -> None:
    used = select(CounterRoster.counter_id).where(CounterRoster.shifts.contains(photo))
    if session.execute(used.limit(1)).first() is None:
        session.execute(delete(KioskPhoto).where(KioskPhoto.hash == photo))
