"""Keeping what was refused, so that the office can see what a tablet tried to say."""

import json
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
from feedback_service.ratings.rules import Verdict

POINTER_LETTERS = 200


@dataclass(frozen=True)
class Refusal:
    """A rating as a tablet sent it at a moment, and why it was refused; pointers of faults start at the rating."""

    kiosk_id: int
    unit_id: int
    now: datetime
    raw: object
    verdict: Verdict


def keep_refused(session: Session, refusals: Sequence[Refusal]) -> None:
    """Keep each refused rating once, however often the tablet sends it."""
    rows = {str(row["id"]): row for row in map(_row, refusals)}
    new = insert_once(session, RatingQuarantine, [rows[key] for key in sorted(rows)], key=RatingQuarantine.id)
    digests = QUARANTINE.digests(session, sorted(new))
    for refusal in refusals:
        key = str(_row(refusal)["id"])
        if key in digests:
            subject = (QUARANTINE.kind, key)
            act = Act("rating.quarantined", f"kiosk:{refusal.kiosk_id}", subject, digest=digests.pop(key))
            note(session, act, now=refusal.now)


def _row(refusal: Refusal) -> dict[str, object]:
    verdict = refusal.verdict
    raw = spelled(refusal.raw)
    told = verdict.faults or (Fault("", verdict.message),)
    return {
        "id": digest([refusal.kiosk_id, raw, verdict.code]),
        "kiosk_id": refusal.kiosk_id,
        "unit_id": refusal.unit_id,
        "refused_at": refusal.now,
        "raw": raw,
        "code": verdict.code,
        "faults": canonical([[composed(fault.pointer)[:POINTER_LETTERS], fault.message] for fault in told]),
    }


def spelled(raw: object) -> str:
    """Return what was sent as text that every database keeps."""
    try:
        text = json.dumps(raw, ensure_ascii=False, sort_keys=True)
    except RecursionError:
        return '"nested too deep"'
    return text if text.isprintable() else json.dumps(raw, sort_keys=True)
