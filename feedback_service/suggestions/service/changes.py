"""One way to change a suggestion: look at it as it is, step as the table allows, keep the words, note the act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from feedback_service.audit import service as audit
from feedback_service.audit.rules import Act as Entry
from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Conflict, Fault, NotFound, Refused
from feedback_service.core.period import local_day
from feedback_service.core.text import composed
from feedback_service.suggestions.models import Suggestion, SuggestionFile, SuggestionStep
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.queries.rows import sees
from feedback_service.suggestions.queries.standing import SUGGESTION, clock_of, standing_of
from feedback_service.suggestions.rules.calendar import Calendar
from feedback_service.suggestions.rules.clock import Clock
from feedback_service.suggestions.rules.hands import CleanFile, Done, Hand, Said
from feedback_service.suggestions.rules.kinds import State
from feedback_service.suggestions.rules.steps import Act, after, is_offered, is_open, obstacle
from feedback_service.suggestions.rules.words import is_blank

SILENT = Said("")


@dataclass(frozen=True)
class Step:
    """What is kept of an act beside the act itself; the citizen sees it when it `is_shown`."""

    act: Act
    said: Said = SILENT
    is_shown: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


def opened(session: Session, suggestion_id: int, act: Act, *, by: Hand, now: datetime) -> Suggestion:
    """Return a suggestion on which `act` may be done now, locked until the transaction ends.

    Raises NotFound outside the reach of `by`, Conflict when it has changed since it was seen or the step is shut.
    """
    case = session.get(Suggestion, suggestion_id, with_for_update=True, populate_existing=True)
    if case is None or not sees(by.scope, case):
        raise NotFound("There is no such suggestion within your reach.")
    if by.seen is not None and by.seen != case.version:
        raise Conflict("Somebody else has changed this suggestion meanwhile. What you wrote is kept below.")
    _refuse_shut(session, case, act, by=by, now=now)
    return case


def done(session: Session, case: Suggestion, step: Step, *, by: Hand, now: datetime) -> Done:
    """Move a suggestion along the table, add the step to its history and note the act."""
    state = after(State(case.state), step.act)
    assert state is not None, "opened() has looked at the table"
    case.state = state
    case.is_open = is_open(state, is_answered=case.answered_at is not None)
    case.closed_at = None if case.is_open else case.closed_at or now
    case.version += 1
    keep_step(session, case, step, by=by, now=now)
    return Done(case.id, case.version, state, case.due_on)


def keep_step(session: Session, case: Suggestion, step: Step, *, by: Hand, now: datetime) -> None:
    """Add a step to the history and note the act in the ledger."""
    session.execute(
        insert(SuggestionStep).values(
            suggestion_id=case.id,
            number=case.version,
            act=step.act,
            state=case.state,
            at=now,
            actor=by.actor,
            account_id=by.account_id,
            is_shown=step.is_shown,
            text=step.said.text,
            facts=canonical(dict(step.facts)),
            due_on=case.due_on,
        )
    )
    keep_files(session, step.said.files, {"suggestion_id": case.id, "step_number": case.version}, now=now)
    note(session, case, f"suggestion.{step.act}", by=by, now=now)


def note(session: Session, case: Suggestion, name: str, *, by: Hand, now: datetime) -> None:
    """Note an act on a suggestion with the digest of the whole record as it is now; nothing of its words."""
    facts = {"unit_id": case.unit_id, "state": case.state, "version": case.version}
    digest = SUGGESTION.digest(session, case.id)
    audit.note(session, Entry(name, by.actor, ("suggestion", case.id), digest=digest, facts=facts), now=now)


def keep_files(session: Session, files: tuple[CleanFile, ...], owner: Mapping[str, object], *, now: datetime) -> None:
    """Keep what is known about files; their content lies on the shelf already."""
    rows = [
        {
            **owner,
            "id": file.id,
            "name": file.name,
            "media_type": file.media_type,
            "size_bytes": len(file.content),
            "sha256": file.sha256,
            "stored_at": now,
        }
        for file in files
    ]
    if rows:
        session.execute(insert(SuggestionFile), rows)


def set_clock(case: Suggestion, clock: Clock, days: Calendar) -> None:
    """Have a suggestion run by a clock."""
    case.clock_from = clock.started_on
    case.paused_on = clock.paused_on
    case.paused_until = clock.paused_until(days)
    case.pauses = clock.pauses
    case.paused_days = clock.paused_days
    case.extended_days = clock.extended_days
    case.refuse_by = clock.refuse_by(days)
    case.ask_by = clock.ask_by(days)
    case.due_on = clock.due_on(days)


def resume(session: Session, case: Suggestion, *, now: datetime) -> None:
    """Let the clock of a suggestion run again, if it stands still."""
    if case.paused_on is not None:
        days = calendar(session)
        set_clock(case, clock_of(case).resumed(days, local_day(now)), days)


def words(text: str, *, field: str, most: int, needed: str = "") -> str:
    """Return composed text; raises Refused for what is too long, or empty although it is `needed` (words for that)."""
    plain = composed(text).strip()
    if needed and is_blank(plain):
        raise Refused(needed, faults=(Fault(field, needed),))
    if len(plain) > most:
        message = "The text is too long. Please shorten it."
        raise Refused(message, faults=(Fault(field, message),))
    return plain


def _refuse_shut(session: Session, case: Suggestion, act: Act, *, by: Hand, now: datetime) -> None:
    standing = standing_of(session, case)
    if not is_offered(standing, act):
        raise Conflict("This step is not possible any more. Please look at where the suggestion stands now.")
    shut = obstacle(standing, act, account_id=by.account_id, today=local_day(now))
    if shut is not None and act is not Act.REFUSE:
        raise Conflict(shut.message)
