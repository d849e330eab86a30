"""What an officer keeps for the work: drafts, answer templates, saved views, verdicts of the monthly review."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act as Entry
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.text import one_line
from feedback_service.suggestions.models import (
    AnswerTemplate,
    SavedView,
    Suggestion,
    SuggestionDraft,
    SuggestionReview,
)
from feedback_service.suggestions.queries.desk import TEMPLATES
from feedback_service.suggestions.queries.rows import sees
from feedback_service.suggestions.rules.hands import ANSWER_LETTERS, REASON_LETTERS, Hand
from feedback_service.suggestions.service.changes import note, words

MOST_VIEWS = 20


class Verdict(StrEnum):
    """What the monthly review decides about an item."""

    RIGHT = "right"
    SHOWN_AGAIN = "shown-again"
    REOPENED = "reopened"
    TO_IMPROVE = "to-improve"


@dataclass(frozen=True)
class Decision:
    """What was decided about an item in the review of a month."""

    month: date
    verdict: Verdict
    note: str


@dataclass(frozen=True)
class TemplateFacts:
    """An answer template as it is written."""

    title: str
    text: str
    unit_id: int | None
    is_active: bool


def save_draft(session: Session, suggestion_id: int, *, by: Hand, text: str, now: datetime) -> None:
    """Keep what an officer has begun to write, or forget it when it is empty; raises NotFound out of reach."""
    _reached(session, suggestion_id, by)
    kept = words(text, field="text", most=ANSWER_LETTERS)
    own = (SuggestionDraft.suggestion_id == suggestion_id, SuggestionDraft.account_id == by.account_id)
    session.execute(delete(SuggestionDraft).where(*own))
    if kept:
        row = {"suggestion_id": suggestion_id, "account_id": by.account_id, "text": kept, "saved_at": now}
        session.execute(insert(SuggestionDraft).values(row))


def save_template(session: Session, template_id: int | None, facts: TemplateFacts, *, by: Hand, now: datetime) -> int:
    """Write an answer template, a new one without an id, and return its id; raises NotFound."""
    row = {
        "title": _line(facts.title, "title", 120),
        "text": words(facts.text, field="text", most=ANSWER_LETTERS, needed="Please write the text of the template."),
        "unit_id": facts.unit_id,
        "is_active": facts.is_active,
        "account_id": by.account_id,
        "changed_at": now,
    }
    if template_id is None:
        statement = insert(AnswerTemplate).values(row).returning(AnswerTemplate.id)
    else:
        own = update(AnswerTemplate).where(AnswerTemplate.id == template_id)
        statement = own.values(row).returning(AnswerTemplate.id)  # type: ignore[assignment]  # either gives an id
    found = session.execute(statement).scalar()
    if found is None:
        raise NotFound("There is no such template.")
    digest = TEMPLATES.digest(session, found)
    audit.note(session, Entry("answer_template.saved", by.actor, ("answer_template", found), digest), now=now)
    return found


def save_view(session: Session, *, by: Hand, name: str, filters: str) -> int:
    """Keep a choice of filters for an officer and return its id; the same name replaces it."""
    kept = {"name": _line(name, "name", 60), "filters": filters[:500], "account_id": by.account_id}
    own = SavedView.account_id == by.account_id
    session.execute(delete(SavedView).where(own, SavedView.name == kept["name"]))
    count, last = session.execute(select(func.count(), func.max(SavedView.position)).where(own)).one()
    if count >= MOST_VIEWS:
        message = "You have saved 20 views already. Please delete one first."
        raise Refused(message, faults=(Fault("name", message),))
    row = {**kept, "position": (last or 0) + 1}
    return session.execute(insert(SavedView).values(row).returning(SavedView.id)).scalar_one()


def forget_view(session: Session, view_id: int, *, by: Hand) -> None:
    """Delete a view of an officer; raises NotFound."""
    own = delete(SavedView).where(SavedView.id == view_id, SavedView.account_id == by.account_id)
    if session.execute(own.returning(SavedView.id)).scalar() is None:
        raise NotFound("There is no such view.")


def review(session: Session, suggestion_id: int, *, by: Hand, decision: Decision, now: datetime) -> None:
    """Keep what the review of a month decides about a hidden or badly rated item, in place of an earlier verdict."""
    case = _reached(session, suggestion_id, by)
    first = decision.month.replace(day=1)
    said = words(decision.note, field="note", most=REASON_LETTERS)
    same = (SuggestionReview.month == first, SuggestionReview.suggestion_id == suggestion_id)
    session.execute(delete(SuggestionReview).where(*same))
    row = {
        "month": first,
        "suggestion_id": suggestion_id,
        "verdict": decision.verdict,
        "note": said,
        "account_id": by.account_id,
        "reviewed_at": now,
    }
    session.execute(insert(SuggestionReview).values(row))
    note(session, case, f"suggestion.reviewed-{decision.verdict}", by=by, now=now)


def _reached(session: Session, suggestion_id: int, by: Hand) -> Suggestion:
    case = session.get(Suggestion, suggestion_id, with_for_update=True)
    if case is None or not sees(by.scope, case):
        raise NotFound("There is no such suggestion within your reach.")
    return case


def _line(text: str, field: str, most: int) -> str:
    plain = one_line(text)
    if not plain or len(plain) > most:
        message = "Please give it a short name."
        raise Refused(message, faults=(Fault(field, message),))
    return plain
