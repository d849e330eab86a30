"""How the office stands at this moment, in a few numbers that cost next to nothing to read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.audit import queries as audit
from feedback_service.core.errors import StorageUnavailable
from feedback_service.core.period import local_day
from feedback_service.db import Database
from feedback_service.kiosks.models import Kiosk, KioskState
from feedback_service.notices import queries as notices
from feedback_service.operations.queries.examination import newest_copy
from feedback_service.ratings.models import RatingQuarantine
from feedback_service.suggestions.models import Suggestion

QUIET = timedelta(minutes=10)
"""A tablet reports once a minute: after ten it is switched off, or cut off."""


@dataclass(frozen=True)
class Gauge:
    """One number of one kind; `label` tells several of a kind apart."""

    name: str
    meaning: str
    value: float
    label: str = ""


def gauges(database: Database, *, data_dir: Path, backups: Path, now: datetime) -> Iterator[Gauge]:
    """Yield what the machine and, when it answers, the database can tell; no number belongs to a person."""
    room = os.statvfs(data_dir)
    yield Gauge("disk_free_bytes", "Room left where the records are kept", room.f_bavail * room.f_frsize)
    newest = newest_copy(backups)
    if newest is not None:
        yield Gauge("copy_age_seconds", "Age of the newest copy", (now - newest).total_seconds())
    try:
        with database.reading() as session:
            known = tuple(_records(session, now))
    except StorageUnavailable:
        known = (Gauge("database_up", "Whether the database answers", 0),)
    yield from known


def _records(session: Session, now: datetime) -> Iterator[Gauge]:
    yield Gauge("database_up", "Whether the database answers", 1)
    yield Gauge("ledger_entries", "Entries of the ledger", audit.count(session))
    is_open = Suggestion.is_open.is_(True)
    yield Gauge("suggestions_open", "Suggestions that wait for an answer", _count(session, Suggestion, is_open))
    is_late = Suggestion.due_on < local_day(now)
    late = _count(session, Suggestion, is_open, is_late, Suggestion.paused_on.is_(None))
    yield Gauge("suggestions_overdue", "Suggestions whose day has passed", late)
    for status, count in sorted(notices.counts(session).items()):
        yield Gauge("notices", "Messages by where they stand", count, status)
    yield Gauge("ratings_refused", "Ratings that could not be counted", _count(session, RatingQuarantine))
    in_use = select(func.count()).select_from(Kiosk).where(Kiosk.revoked_at.is_(None))
    enrolled = session.execute(in_use).scalar_one()
    lively = in_use.join(KioskState, KioskState.kiosk_id == Kiosk.id).where(KioskState.last_seen_at > now - QUIET)
    seen = session.execute(lively).scalar_one()
    yield Gauge("tablets", "Tablets in use, by whether they reported in the last ten minutes", seen, "reporting")
    yield Gauge("tablets", "Tablets in use, by whether they reported in the last ten minutes", enrolled - seen, "quiet")


def _count(session: Session, table: type[RatingQuarantine] | type[Suggestion], *conditions: object) -> int:
    query = select(func.count()).select_from(table)
    for condition in conditions:
        query = query.where(condition)  # type: ignore[arg-type]
    return session.execute(query).scalar_one()
