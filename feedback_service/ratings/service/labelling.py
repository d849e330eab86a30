"""Labelling ratings: by the rules every ten minutes, and by a person who has lost or found a tablet."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.period import local_day
from feedback_service.db import insert_once
from feedback_service.kiosks import queries as kiosks
from feedback_service.kiosks import service as kiosks_service
from feedback_service.notices.service import Job
from feedback_service.ratings.models import RatingLabel
from feedback_service.ratings.queries import LABELS, arrived_since, given_on, left_out_of, presses
from feedback_service.ratings.queries.labels import Marked
from feedback_service.ratings.rules import LABEL_RULES, Label, labelled
from feedback_service.ratings.service.tallying import count_marks, rebuild
from feedback_service.settings import Settings
from feedback_service.units import queries as units

SYSTEM = "system"
CHUNK = 500
AGAIN = timedelta(hours=25)
"""Once a day everything is labelled that has arrived since the day before, however long it had waited on a tablet."""


def label_recent(session: Session, _settings: Settings, now: datetime) -> None:
    """Label what tablets were given yesterday and today, and what still arrives from those that were lost."""
    _label_by_rules(session, since=local_day(now) - timedelta(days=1), now=now)


def label_late(session: Session, _settings: Settings, now: datetime) -> None:
    """Label what has arrived late."""
    since = arrived_since(session, now - AGAIN)
    if since is not None:
        _label_by_rules(session, since=since - timedelta(days=1), now=now)


JOBS = (
    Job("labelling.recent", time(0, 0), label_recent, every=timedelta(minutes=10)),
    Job("labelling.late", time(1, 30), label_late),
)


def lose(session: Session, kiosk_id: int, *, since: datetime, by: str, now: datetime) -> int:
    """Revoke a tablet and leave what it was given since a moment out of the figures; return how many ratings.

    Nothing is deleted, and `find` counts them again. Raises NotFound.
    """
    kiosks_service.report_lost(session, kiosk_id, since=since, by=by, now=now)
    _lift_before(session, kiosk_id, since=since, by=by, now=now)
    return _leave_out(session, kiosk_id, since=since, by=by, now=now)


def find(session: Session, kiosk_id: int, *, by: str, now: datetime) -> int:
    """Count again what was left out when a tablet was lost; return how many ratings. Raises NotFound."""
    kiosks_service.report_found(session, kiosk_id, by=by, now=now)
    return _lift(session, left_out_of(session, kiosk_id), by=by, now=now)


def _label_by_rules(session: Session, *, since: date, now: datetime) -> None:
    tablets = kiosks.fleet(session, None, also_revoked=True)
    unit_ids = {row.unit_id for row in tablets}
    hours = {unit_id: unit.opening_hours for unit_id, unit in units.parts(session, unit_ids).items()}
    given = presses(session, unit_ids, since=since)
    new = _set(session, sorted(labelled(given, hours)), by=SYSTEM, now=now)
    for unit_id, day in sorted({(one.unit_id, local_day(one.answered_at)) for one in given if one.rating_id in new}):
        count_marks(session, unit_id, day)
    for row in tablets:
        if row.lost_since is not None:
            _leave_out(session, row.id, since=row.lost_since, by=SYSTEM, now=now)


def _leave_out(session: Session, kiosk_id: int, *, since: datetime, by: str, now: datetime) -> int:
    new = [one for one in given_on(session, kiosk_id, since=since) if not one.is_left_out]
    _set(session, [(one.rating_id, Label.LOST) for one in new], by=by, now=now)
    _count_again(session, new)
    return len(new)


def _lift_before(session: Session, kiosk_id: int, *, since: datetime, by: str, now: datetime) -> None:
    """Count again what an earlier report of the same loss had left out and this one does not."""
    still = {one.rating_id for one in given_on(session, kiosk_id, since=since)}
    _lift(session, [one for one in left_out_of(session, kiosk_id) if one.rating_id not in still], by=by, now=now)


def _lift(session: Session, ratings: Iterable[Marked], *, by: str, now: datetime) -> int:
    lifted = list(ratings)
    ids = [_id(one.rating_id, Label.LOST) for one in lifted]
    for start in range(0, len(ids), CHUNK):
        chunk = RatingLabel.id.in_(ids[start : start + CHUNK])
        session.execute(update(RatingLabel).where(chunk).values(lifted_at=now))
    _note(session, "lifted", ids, by=by, now=now)
    _count_again(session, lifted)
    return len(lifted)


def _set(session: Session, labels: Iterable[tuple[str, Label]], *, by: str, now: datetime) -> frozenset[str]:
    """Set labels that do not stand yet, and return the ratings that are new among them.

    What was lifted stays lifted, but for a tablet that is lost again.
    """
    changed: set[str] = set()
    rows = [_row(rating_id, label, now) for rating_id, label in labels]
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        new = set(insert_once(session, RatingLabel, chunk, key=RatingLabel.id))
        again = [str(row["id"]) for row in chunk if row["id"] not in new and row["label"] == Label.LOST]
        lifted = select(RatingLabel.id).where(RatingLabel.id.in_(again), RatingLabel.lifted_at.is_not(None))
        anew = list(session.execute(lifted).scalars())
        session.execute(update(RatingLabel).where(RatingLabel.id.in_(anew)).values(lifted_at=None, set_at=now))
        keys = sorted({*map(str, new), *anew})
        _note(session, "added", keys, by=by, now=now)
        changed.update(key.partition("/")[0] for key in keys)
    return frozenset(changed)


def _row(rating_id: str, label: Label, now: datetime) -> dict[str, object]:
    row = {"id": _id(rating_id, label), "rating_id": rating_id, "label": label.value}
    return {**row, "rules_version": LABEL_RULES, "set_at": now, "lifted_at": None}


def _id(rating_id: str, label: Label) -> str:
    return f"{rating_id}/{label.value}"


def _note(session: Session, verb: str, ids: list[str], *, by: str, now: datetime) -> None:
    digests = LABELS.digests(session, ids)
    for key in ids:
        act = Act(f"rating_label.{verb}", by, (LABELS.kind, key), digests[key], facts={"label": key.partition("/")[2]})
        note(session, act, now=now)


def _count_again(session: Session, ratings: Iterable[Marked]) -> None:
    for unit_id, day in sorted({(one.unit_id, one.day) for one in ratings}):
        rebuild(session, unit_id, day)
