"""Reading when telephones are left alone."""

from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.notices.models import NoticeHours
from feedback_service.notices.rules.hours import Hours

HOURS = RowWitness("notice_hours", NoticeHours)


def hours(session: Session) -> Hours:
    """Return the hours that the office chose, or those that hold where nobody has chosen."""
    query = select(NoticeHours.evening, NoticeHours.quiet_from, NoticeHours.quiet_until)
    row = session.execute(query).one_or_none()
    return Hours(*map(time.fromisoformat, row)) if row else Hours()
