"""Judging labels: a person lifts one with a reason or sets it again; the rules are run again over days that passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.period import Period, local_day
from feedback_service.db import insert_once
from feedback_service.ratings.models import Rating, RatingLabel
from feedback_service.ratings.queries.labels import LABELS, presses, standing_labels
from feedback_service.ratings.rules import BY_RULES, LABEL_RULES, Label, labelled
from feedback_service.ratings.service.tallying import count_marks
from feedback_service.units import queries as units

CHUNK = 500
SYSTEM = "system"
NO_REASON = "Please say why; it stands beside the rating."


@dataclass(frozen=True)
class Rerun:
    """How many labels were set and lifted when the rules were run again."""

    added: int
    lifted: int


def lift(session: Session, rating_id: str, label: Label, *, reason: str, by: str, now: datetime) -> None:
    """Lift a label that stands; raises Refused without a reason, NotFound when it does not stand."""
    if not reason:
        raise Refused(NO_REASON, faults=(Fault("reason", NO_REASON),))
    key = _reached(session, rating_id, label, is_lifted=False)
    told = {"lifted_at": now, "lifted_by": by, "reason": reason}
    session.execute(update(RatingLabel).where(RatingLabel.id == key).values(told))
    _note(session, "lifted", [key], by=by, now=now)
    _count_again(session, [rating_id])


def restore(session: Session, rating_id: str, label: Label, *, by: str, now: datetime) -> None:
    """Set a label again that was lifted; raises NotFound when it was not."""
    key = _reached(session, rating_id, label, is_lifted=True)
    told = {"lifted_at": None, "lifted_by": None, "reason": None, "set_at": now}
    session.execute(update(RatingLabel).where(RatingLabel.id == key).values(told))
    _note(session, "added", [key], by=by, now=now)
    _count_again(session, [rating_id])


def rerun(session: Session, unit_id: int, days: Period, *, by: str, now: datetime) -> Rerun:
    """Run the rules again over the ratings of a unit and some days; what a person lifted stays lifted."""
    hours = {unit_id: units.parts(session, [unit_id])[unit_id].opening_hours}
    given = presses(session, [unit_id], since=days.first_on - timedelta(days=1), until=days.last_on)
    within = {one.rating_id for one in given if days.first_on <= local_day(one.answered_at)}
    found = {(rating_id, label) for rating_id, label in labelled(given, hours) if rating_id in within}
    standing = standing_labels(session, unit_id, days)
    gone = sorted(_id(*one) for one in standing - found)
    new = _add(session, sorted(found - standing), now=now)
    for start in range(0, len(gone), CHUNK):
        chunk = RatingLabel.id.in_(gone[start : start + CHUNK])
        session.execute(update(RatingLabel).where(chunk).values(lifted_at=now, lifted_by=SYSTEM))
    _note(session, "added", new, by=by, now=now)
    _note(session, "lifted", gone, by=by, now=now)
    _count_again(session, [key.partition("/")[0] for key in (*new, *gone)])
    return Rerun(len(new), len(gone))


def _add(session: Session, labels: Iterable[tuple[str, Label]], *, now: datetime) -> list[str]:
    """Set labels that are new, or that the rules alone had lifted; return their keys."""
    rows = [_row(rating_id, label, now) for rating_id, label in labels]
    changed: set[str] = set()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        new = {str(key) for key in insert_once(session, RatingLabel, chunk, key=RatingLabel.id)}
        others = [row["id"] for row in chunk if row["id"] not in new]
        lifted = select(RatingLabel.id).where(RatingLabel.id.in_(others), RatingLabel.lifted_by == SYSTEM)
        again = list(session.execute(lifted).scalars())
        told = {"lifted_at": None, "lifted_by": None, "set_at": now, "rules_version": LABEL_RULES}
        session.execute(update(RatingLabel).where(RatingLabel.id.in_(again)).values(told))
        changed |= new | set(again)
    return sorted(changed)


def _row(rating_id: str, label: Label, now: datetime) -> dict[str, object]:
    row = {"id": _id(rating_id, label), "rating_id": rating_id, "label": label.value}
    return {**row, "rules_version": LABEL_RULES, "set_at": now, "lifted_at": None}


def _reached(session: Session, rating_id: str, label: Label, *, is_lifted: bool) -> str:
    holds = RatingLabel.lifted_at.is_not(None) if is_lifted else RatingLabel.lifted_at.is_(None)
    query = select(RatingLabel.id).where(RatingLabel.id == _id(rating_id, label), holds)
    found = session.execute(query).scalar_one_or_none() if label in BY_RULES else None
    if found is None:
        raise NotFound("There is no such mark on this rating.")
    return found


def _id(rating_id: str, label: Label) -> str:
    return f"{rating_id}/{label.value}"


def _note(session: Session, verb: str, keys: list[str], *, by: str, now: datetime) -> None:
    digests = LABELS.digests(session, keys)
    for key in keys:
        facts = {"label": key.partition("/")[2]}
        note(session, Act(f"rating_label.{verb}", by, (LABELS.kind, key), digests[key], facts=facts), now=now)


def _count_again(session: Session, rating_ids: list[str]) -> None:
    days: set[tuple[int, date]] = set()
    for start in range(0, len(rating_ids), CHUNK):
        chunk = Rating.id.in_(rating_ids[start : start + CHUNK])
        days |= {(row[0], row[1]) for row in session.execute(select(Rating.unit_id, Rating.counted_on).where(chunk))}
    for unit_id, day in sorted(days):
        count_marks(session, unit_id, day)
