"""What is kept no longer than it has to be: contacts after closing, files that belong to nothing."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.notices.service import Job
from feedback_service.settings import Settings
from feedback_service.suggestions.models import Suggestion, SuggestionContact
from feedback_service.suggestions.queries.office import box
from feedback_service.suggestions.queries.standing import WORD_TABLES
from feedback_service.suggestions.queries.tracking import file_ids
from feedback_service.suggestions.rules.hands import SYSTEM
from feedback_service.suggestions.service.shelf import WAITING, Shelf
from feedback_service.suggestions.service.vault import forget_contact

AT_ONCE = 500
STRAY_HOURS = 24
"""A file that no record names after a day belongs to a request that was cut off."""
WAITING_HOURS = 2
"""So long a form may take to be mended (public pages)."""


@dataclass(frozen=True)
class Forgotten:
    """How much was let go."""

    contacts: int
    files: int


def keep_no_longer(session: Session, settings: Settings, now: datetime) -> Forgotten:
    """Forget contacts that have had their days after closing, and files that belong to nothing."""
    last = now - timedelta(days=box(session).contact_days)
    query = (
        select(Suggestion)
        .join(SuggestionContact, SuggestionContact.suggestion_id == Suggestion.id)
        .where(Suggestion.closed_at < last)
        .order_by(Suggestion.closed_at)
        .limit(AT_ONCE)
    )
    contacts = sum(forget_contact(session, case, by=SYSTEM, now=now) for case in session.execute(query).scalars().all())
    known = file_ids(session)
    stray = Shelf.at(settings.data_dir).sweep(before=now - timedelta(hours=STRAY_HOURS), known=known)
    waiting = Shelf(settings.data_dir / WAITING).sweep(before=now - timedelta(hours=WAITING_HOURS))
    return Forgotten(contacts, stray + waiting)


def run(session: Session, settings: Settings, now: datetime) -> None:
    """Do it as the daily job."""
    keep_no_longer(session, settings, now)


JOBS = (Job("suggestions.retention", time(3, 20), run, clears=WORD_TABLES),)
