"""Closing the day: its head stands in the ledger, on a public page and in the summary of the morning."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from feedback_service.audit.service import close_day
from feedback_service.core.period import local_day
from feedback_service.notices import service as notices
from feedback_service.settings import Settings


def close(session: Session, _settings: Settings, now: datetime) -> None:
    """Close the day before this one, once."""
    close_day(session, local_day(now) - timedelta(days=1), now=now)


JOBS = (notices.Job("ledger.day", time(0, 5), close),)
