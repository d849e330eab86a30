"""Keeping what was refused, so that the office can see what a tablet tried to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.canonical import canonical, digest
from feedback_service.core.errors import Fault
from feedback_service.core.text import composed
from feedback_service.db import insert_once
from feedback_service.ratings.models import RatingQuarantine
from feedback_service.ratings.queries import QUARANTINE

POINTER_LETTERS = 200


@dataclass(frozen=True)
class Refusal:
    """A rating as it came, and why it was refused; pointers of faults start at the rating itself."""

    raw: str
    code: str
    message: str
    faults: tuple[Fault, ...]


def keep_refused(session: Session, refusals: Sequence[Refusal], *, kiosk_id: int, unit_id: int, now: datetime) -> None:
    """Keep each refused rating once, however often the tablet sends it."""
    rows = dict(_row(refusal, kiosk_id, unit_id, now) for refusal in refusals)
    new = insert_once(session, RatingQuarantine, [rows[key] for key in sorted(rows)], key=RatingQuarantine.id)
    for key, kept in QUARANTINE.digests(session, sorted(new)).items():
        act = Act("rating.quarantined", actor=f"kiosk:{kiosk_id}", subject=(QUARANTINE.kind, key), digest=kept)
        note(session, act, now=now)


def _row(refusal: Refusal, kiosk_id: int, unit_id: int, now: datetime) -> tuple[str, dict[str, object]]:
    key = digest([kiosk_id, refusal.raw, refusal.code])
    faults = [[composed(fault.pointer)[:POINTER_LETTERS], fault.message] for fault in refusal.faults] or [
        ["", refusal.message]
    ]
    return key, {
        "id": key,
        "kiosk_id": kiosk_id,
        "unit_id": unit_id,
        "refused_at": now,
        "raw": refusal.raw,
        "code": refusal.code,
        "faults": canonical(faults),
    }
