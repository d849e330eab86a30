"""What the tablets in use said last: whether ratings may still be on their way."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.kiosks.models import Kiosk, KioskState
from feedback_service.reports.rules.completeness import Report


def tablets(session: Session, unit_ids: frozenset[int], *, until: datetime) -> tuple[Report, ...]:
    """Return the last report of every tablet of these units that was enrolled before `until` and is still in use."""
    query = (
        select(KioskState.last_seen_at, KioskState.queued)
        .select_from(Kiosk)
        .outerjoin(KioskState, KioskState.kiosk_id == Kiosk.id)
        .where(Kiosk.unit_id.in_(sorted(unit_ids)), Kiosk.enrolled_at < until, Kiosk.revoked_at.is_(None))
        .order_by(Kiosk.id)
    )
    return tuple(Report(row.last_seen_at, row.queued or 0) for row in session.execute(query))
