"""Notices about suggestions, queued with the act that they tell of; never a word that the citizen wrote."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.words import Sentence
from feedback_service.notices import service as notices
from feedback_service.notices.rules.events import Event, Notice
from feedback_service.suggestions.models import Suggestion, SuggestionContact
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind
from feedback_service.units import queries as units

NO_TARGET = 0
"""A target that nobody has: such a notice goes to the citizen alone."""


def tell_office(session: Session, case: Suggestion, event: Event, *, now: datetime) -> None:
    """Tell the office of something that happened to a suggestion."""
    name = units.names(session, [case.unit_id]).get(case.unit_id, "")
    kind = Sentence(KIND_NAMES[Kind(case.kind)])
    notice = Notice(
        event,
        subject=("suggestion", str(case.id)),
        path=f"/staff/suggestions/{case.id}",
        facts={"number": case.id, "kind": kind, "unit": name, "due_on": case.due_on},
        unit_id=case.unit_id,
        account_id=case.handler_id,
    )
    notices.queue(session, notice, now=now)


def tell_citizen(session: Session, case: Suggestion, event: Event, *, now: datetime) -> None:
    """Tell the citizen, if an address was left, that there is something to read; not what."""
    left = select(SuggestionContact.suggestion_id).where(SuggestionContact.suggestion_id == case.id)
    if session.execute(left).first() is None:
        return
    notice = Notice(
        event,
        subject=("suggestion", str(case.id)),
        path="/suggestions/track",
        to_target=NO_TARGET,
        to_citizen=True,
        language=case.language if case.language in ("vi", "en") else "vi",
    )
    notices.queue(session, notice, now=now)
