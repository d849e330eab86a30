"""Where one suggestion stands: what the rules need to know about it, and its witness."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.suggestions.models import (
    PublishedAnswer,
    Suggestion,
    SuggestionContact,
    SuggestionFile,
    SuggestionReview,
    SuggestionStep,
    SuggestionText,
)
from feedback_service.suggestions.queries.office import box
from feedback_service.suggestions.rules.clock import Clock, figures_from
from feedback_service.suggestions.rules.kinds import State
from feedback_service.suggestions.rules.steps import Act, Standing

SUGGESTION = RowWitness(
    "suggestion",
    Suggestion,
    parts=(
        SuggestionText.suggestion_id,
        SuggestionStep.suggestion_id,
        SuggestionFile.suggestion_id,
        SuggestionContact.suggestion_id,
        SuggestionReview.suggestion_id,
        PublishedAnswer.suggestion_id,
    ),
)
WORD_TABLES = (
    *("suggestion", "suggestion_text", "suggestion_step", "suggestion_word", "suggestion_contact", "suggestion_file"),
    *("suggestion_draft", "suggestion_review", "published_answer", "answer_word"),
)
"""Tables that hold what a citizen wrote or left, or words about it: erasing clears dead rows out of these."""


def clock_of(case: Suggestion) -> Clock:
    """Return the clock of a suggestion."""
    return Clock(
        figures=figures_from(json.loads(case.rules)),
        started_on=case.clock_from,
        paused_on=case.paused_on,
        pauses=case.pauses,
        paused_days=case.paused_days,
        extended_days=case.extended_days,
    )


def standing_of(session: Session, case: Suggestion) -> Standing:
    """Return what decides which steps are open."""
    return Standing(
        state=State(case.state),
        is_hidden=case.is_hidden,
        is_held=case.is_held,
        is_public_wished=case.is_public_wished,
        is_answered=case.answered_at is not None,
        is_published=_is_published(session, case.id),
        is_erased=case.erased_at is not None,
        needs_approval=box(session).needs_approval,
        answered_by=_answered_by(session, case.id),
        refuse_by=case.refuse_by,
        extra_days=clock_of(case).may_extend(),
    )


def _is_published(session: Session, suggestion_id: int) -> bool:
    query = select(PublishedAnswer.suggestion_id).where(PublishedAnswer.suggestion_id == suggestion_id)
    return session.execute(query).first() is not None


def _answered_by(session: Session, suggestion_id: int) -> int | None:
    query = select(SuggestionStep.account_id).where(
        SuggestionStep.suggestion_id == suggestion_id, SuggestionStep.act == Act.ANSWER
    )
    return session.execute(query.order_by(SuggestionStep.number.desc()).limit(1)).scalar_one_or_none()
