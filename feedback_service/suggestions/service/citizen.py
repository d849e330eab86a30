"""What the citizen does with the tracking code: write back, rate the answer, reopen, erase."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback_service.core.errors import Conflict, Fault, Refused
from feedback_service.core.ids import new_salt
from feedback_service.core.period import local_day
from feedback_service.notices.rules.events import Event
from feedback_service.suggestions.models import (
    AnswerWord,
    PublishedAnswer,
    Suggestion,
    SuggestionContact,
    SuggestionDraft,
    SuggestionFile,
    SuggestionReview,
    SuggestionStep,
    SuggestionText,
    SuggestionWord,
)
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.queries.standing import clock_of
from feedback_service.suggestions.queries.tracking import REOPEN_DAYS
from feedback_service.suggestions.rules.hands import CITIZEN, REASON_LETTERS, TEXT_LETTERS, Done, Hand, Said
from feedback_service.suggestions.rules.kinds import OPEN_STATES, State
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.service.changes import Step, done, opened, resume, set_clock, words
from feedback_service.suggestions.service.telling import tell_office

MOST_MESSAGES = 50
"""Messages of one sender about one suggestion."""


def reply(session: Session, suggestion_id: int, *, said: Said, now: datetime) -> Done:
    """Write back: an answer to a question sets the clock running, anything else is added to the talk."""
    case = session.get(Suggestion, suggestion_id, with_for_update=True, populate_existing=True)
    is_asked = case is not None and case.state == State.ASKED
    act = Act.REPLY if is_asked else Act.ADD
    case = opened(session, suggestion_id, act, by=CITIZEN, now=now)
    text = words(said.text, field="text", most=TEXT_LETTERS, needed="Please write what you want to add.")
    _refuse_flood(session, suggestion_id)
    resume(session, case, now=now)
    carried = done(session, case, Step(act, Said(text, said.files), is_shown=True), by=CITIZEN, now=now)
    tell_office(session, case, Event.REPLIED, now=now)
    return carried


def rate(session: Session, suggestion_id: int, *, level: int, now: datetime) -> Done:
    """Rate the answer, 1 to 5; rating again replaces the rating before."""
    case = opened(session, suggestion_id, Act.RATE, by=CITIZEN, now=now)
    if not 1 <= level <= 5:
        message = "Please choose one of the five faces."
        raise Refused(message, faults=(Fault("level", message),))
    if case.answered_at is None and case.merged_into_id is None and case.state != State.REFUSED:
        raise Conflict("There is no answer to rate yet.")
    case.level, case.rated_at = level, now
    return done(session, case, Step(Act.RATE, is_shown=True, facts={"level": level}), by=CITIZEN, now=now)


def reopen(session: Session, suggestion_id: int, *, by: Hand = CITIZEN, said: Said, now: datetime) -> Done:
    """Have it looked at again: the clock starts anew on this day."""
    case = opened(session, suggestion_id, Act.REOPEN, by=by, now=now)
    text = words(said.text, field="text", most=REASON_LETTERS, needed="Please say what is still missing.")
    if by is CITIZEN:
        _refuse_late(case, now)
    days = calendar(session)
    case.answered_at = case.answered_on = case.answer_days = case.is_on_time = case.publish_by = None
    case.level = case.rated_at = case.refusal = None
    case.escalation = 0
    case.reopenings += 1
    set_clock(case, clock_of(case).restarted(local_day(now)), days)
    carried = done(session, case, Step(Act.REOPEN, Said(text, said.files), is_shown=True), by=by, now=now)
    tell_office(session, case, Event.RECEIVED, now=now)
    return carried


def erase(session: Session, suggestion_id: int, *, by: Hand = CITIZEN, now: datetime) -> tuple[str, ...]:
    """Wipe everything that was written and left, and return the ids of files to take off the shelf.

    What stays is that there was a suggestion of this kind, when it came and what became of it. Afterwards the caller
    has the disk forget: `Database.forget`.
    """
    case = opened(session, suggestion_id, Act.ERASE, by=by, now=now)
    own = SuggestionFile.suggestion_id == case.id
    file_ids = tuple(session.execute(select(SuggestionFile.id).where(own)).scalars())
    for table in (AnswerWord, PublishedAnswer, SuggestionWord, SuggestionContact, SuggestionDraft, SuggestionFile):
        session.execute(delete(table).where(table.suggestion_id == case.id))
    session.execute(update(SuggestionText).where(SuggestionText.suggestion_id == case.id).values(text="", masks="{}"))
    session.execute(update(SuggestionStep).where(SuggestionStep.suggestion_id == case.id).values(text=""))
    session.execute(update(SuggestionReview).where(SuggestionReview.suggestion_id == case.id).values(note=""))
    # Without its text a suggestion cannot be answered any more: it ends here.
    if case.state in (State.PUBLISHED, *OPEN_STATES):
        case.state = State.CLOSED
    case.title = case.procedure = ""
    case.erased_at, case.salt = now, new_salt()
    done(session, case, Step(Act.ERASE, is_shown=True), by=by, now=now)
    return file_ids


def _refuse_flood(session: Session, suggestion_id: int) -> None:
    query = select(SuggestionStep.id).where(
        SuggestionStep.suggestion_id == suggestion_id, SuggestionStep.act.in_((Act.REPLY, Act.ADD))
    )
    if len(session.execute(query.limit(MOST_MESSAGES)).all()) >= MOST_MESSAGES:
        raise Conflict("That was very much already. Please call the office, or write a new suggestion.")


def _refuse_late(case: Suggestion, now: datetime) -> None:
    finished = case.answered_at or case.closed_at
    if finished is not None and now - finished > timedelta(days=REOPEN_DAYS):
        raise Conflict("The answer is more than 60 days old. Please write a new suggestion.")
