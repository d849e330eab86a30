"""Choosing when telephones are written to."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act
from feedback_service.core.errors import Fault, Refused
from feedback_service.db import insert_once
from feedback_service.notices import queries
from feedback_service.notices.models import NoticeHours
from feedback_service.notices.rules.hours import Hours

QUIET_EVENING = "Invitations would go out in the quiet hours. Please choose an earlier time."


def keep_hours(session: Session, chosen: Hours, *, by: str, now: datetime) -> None:
    """Keep when telephones are written to; raises Refused when invitations would go out in the quiet hours."""
    if not chosen.is_possible:
        raise Refused(QUIET_EVENING, faults=(Fault("evening", QUIET_EVENING),))
    told = {name: f"{getattr(chosen, name):%H:%M}" for name in Hours.__dataclass_fields__}
    if not insert_once(session, NoticeHours, [{"id": 1, **told}], key=NoticeHours.id):
        session.execute(update(NoticeHours).where(NoticeHours.id == 1).values(told))
    digest = queries.HOURS.digest(session, 1)
    audit.note(session, Act("notice_hours.changed", by, ("notice_hours", 1), digest), now=now)
