"""Taking the last step back: for what an officer has just assigned, transferred or merged by mistake."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.errors import Conflict, NotFound
from feedback_service.suggestions.models import Suggestion, SuggestionStep
from feedback_service.suggestions.rules.hands import Done, Hand
from feedback_service.suggestions.rules.kinds import State
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.service.changes import Step, done, opened

UNDO_TIME = timedelta(minutes=15)
UNDONE = (Act.ASSIGN, Act.TRANSFER, Act.MERGE)
"""Acts that can be taken back: nobody outside the office has read anything new."""
TOO_LATE = "This cannot be undone any more. Please take the next step by hand."


def undo(session: Session, suggestion_id: int, *, by: Hand, now: datetime) -> Done:
    """Put a suggestion back to where it stood before the last step, which must be one's own and a fresh one.

    Raises Conflict when it is too late, NotFound when the suggestion came from a unit out of reach.
    """
    case = opened(session, suggestion_id, Act.UNDO, by=replace(by, scope=None), now=now)
    last, before = _newest(session, suggestion_id)
    if last.account_id != by.account_id or last.act not in UNDONE or now - last.at > UNDO_TIME:
        raise Conflict(TOO_LATE)
    _put_back(case, Act(last.act), json.loads(last.facts))
    if by.scope is not None and case.unit_id not in by.scope:
        raise NotFound("There is no such suggestion within your reach.")
    # A clock that stood still runs since the step: the sender is no longer waited for.
    case.state = State.ASSIGNED if before.state == State.ASKED else before.state
    step = Step(Act.UNDO, is_shown=last.is_shown, facts={"act": last.act})
    return done(session, case, step, by=by, now=now)


def _put_back(case: Suggestion, act: Act, facts: dict[str, Any]) -> None:
    if act is Act.ASSIGN:
        case.handler_id = facts["from"]
    elif act is Act.TRANSFER:
        case.unit_id, case.handler_id, case.counter_id = facts["from"], facts["handler"], facts.get("counter")
    else:
        case.merged_into_id = None


def _newest(session: Session, suggestion_id: int) -> tuple[SuggestionStep, SuggestionStep]:
    query = select(SuggestionStep).where(SuggestionStep.suggestion_id == suggestion_id)
    found = list(session.execute(query.order_by(SuggestionStep.number.desc()).limit(2)).scalars())
    if len(found) < 2:
        raise Conflict(TOO_LATE)
    return found[0], found[1]
