"""What officers do with a suggestion: one function per act, each a step in the table."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback_service.accounts import queries as accounts
from feedback_service.core.errors import Conflict, Fault, Refused
from feedback_service.core.period import local_day
from feedback_service.notices.rules.events import Event
from feedback_service.suggestions.models import Suggestion, SuggestionDraft
from feedback_service.suggestions.queries.office import box, calendar
from feedback_service.suggestions.queries.standing import clock_of
from feedback_service.suggestions.rules.hands import ANSWER_LETTERS, REASON_LETTERS, Done, Hand, Said
from feedback_service.suggestions.rules.kinds import Kind, Refusal, Topic
from feedback_service.suggestions.rules.steps import Act, refusals
from feedback_service.suggestions.service.answering import reached_citizen, tell_answered
from feedback_service.suggestions.service.changes import Step, done, opened, resume, set_clock, words
from feedback_service.suggestions.service.telling import tell_citizen, tell_office
from feedback_service.units import queries as units


def assign(session: Session, suggestion_id: int, *, by: Hand, handler_id: int, now: datetime) -> Done:
    """Give a suggestion to an officer who reaches its unit."""
    case = opened(session, suggestion_id, Act.ASSIGN, by=by, now=now)
    officer = accounts.account(session, handler_id)
    if officer is None or not officer.is_active or not _reaches(session, officer.unit_id, case.unit_id):
        message = "This person does not work for the unit of this suggestion."
        raise Refused(message, faults=(Fault("handler_id", message),))
    facts = {"from": case.handler_id, "to": handler_id}
    case.handler_id = handler_id
    carried = done(session, case, Step(Act.ASSIGN, is_shown=True, facts=facts), by=by, now=now)
    tell_office(session, case, Event.ASSIGNED, now=now)
    return carried


def transfer(session: Session, suggestion_id: int, *, by: Hand, unit_id: int, reason: str, now: datetime) -> Done:
    """Hand a suggestion over to another unit that stands today; its clock goes on as it was."""
    case = opened(session, suggestion_id, Act.TRANSFER, by=by, now=now)
    said = Said(words(reason, field="reason", most=REASON_LETTERS))
    there = units.unit(session, unit_id)
    if there is None or there.row.valid_to is not None or unit_id == case.unit_id:
        message = "Please choose another unit that stands today."
        raise Refused(message, faults=(Fault("unit_id", message),))
    facts = {"from": case.unit_id, "to": unit_id, "handler": case.handler_id, "counter": case.counter_id}
    case.unit_id, case.handler_id, case.counter_id = unit_id, None, None
    carried = done(session, case, Step(Act.TRANSFER, said, is_shown=True, facts=facts), by=by, now=now)
    tell_office(session, case, Event.RECEIVED, now=now)
    return carried


def ask(session: Session, suggestion_id: int, *, by: Hand, said: Said, now: datetime) -> Done:
    """Ask the sender for more; a first question in time stops the clock until the answer, or the longest wait."""
    case = opened(session, suggestion_id, Act.ASK, by=by, now=now)
    asked = _said(said, "Please write your question.")
    days = calendar(session)
    set_clock(case, clock_of(case).paused(days, local_day(now)), days)
    case.handler_id = case.handler_id or by.account_id
    carried = done(session, case, Step(Act.ASK, asked, is_shown=True), by=by, now=now)
    tell_office(session, case, Event.WAITING, now=now)
    tell_citizen(session, case, Event.WAITING, now=now)
    return carried


def explain(session: Session, suggestion_id: int, *, by: Hand, said: Said, is_shown: bool, now: datetime) -> Done:
    """Keep the explanation of those concerned (NĐ 118/2025/NĐ-CP); the sender reads it when it `is_shown`."""
    case = opened(session, suggestion_id, Act.EXPLAIN, by=by, now=now)
    step = Step(Act.EXPLAIN, _said(said, "Please write the explanation."), is_shown=is_shown)
    return done(session, case, step, by=by, now=now)


def answer(session: Session, suggestion_id: int, *, by: Hand, said: Said, now: datetime) -> Done:
    """Answer; where a second person has to approve, the sender reads it only then."""
    case = opened(session, suggestion_id, Act.ANSWER, by=by, now=now)
    written = _said(said, "Please write your answer.")
    resume(session, case, now=now)
    needs_approval = box(session).needs_approval
    if not needs_approval:
        reached_citizen(session, case, now=now)
    _forget_draft(session, suggestion_id, by)
    carried = done(session, case, Step(Act.ANSWER, written, is_shown=not needs_approval), by=by, now=now)
    if needs_approval:
        tell_office(session, case, Event.APPROVAL, now=now)
    else:
        tell_answered(session, case, now=now)
    return carried


def send_back(session: Session, suggestion_id: int, *, by: Hand, reason: str, now: datetime) -> Done:
    """Give an answer that waits for approval back to be written anew."""
    case = opened(session, suggestion_id, Act.SEND_BACK, by=by, now=now)
    said = Said(words(reason, field="reason", most=REASON_LETTERS, needed="Please say what has to change."))
    return done(session, case, Step(Act.SEND_BACK, said), by=by, now=now)


def refuse(session: Session, suggestion_id: int, *, by: Hand, refusal: Refusal, said: Said, now: datetime) -> Done:
    """Refuse for a lawful reason, with words that the sender reads."""
    case = opened(session, suggestion_id, Act.REFUSE, by=by, now=now)
    if refusal not in refusals(case.refuse_by, local_day(now)):
        raise Conflict("Only a complaint or denunciation in law can be refused now: the days for refusing are over.")
    spoken = _said(said, "Please tell the sender why, and where to turn.")
    resume(session, case, now=now)
    case.refusal = refusal
    carried = done(session, case, Step(Act.REFUSE, spoken, is_shown=True, facts={"refusal": refusal}), by=by, now=now)
    tell_citizen(session, case, Event.ANSWERED, now=now)
    return carried


def merge(session: Session, suggestion_id: int, *, by: Hand, into_id: int, now: datetime) -> Done:
    """Merge a suggestion with another one: its sender reads the answer to that one."""
    case = opened(session, suggestion_id, Act.MERGE, by=by, now=now)
    target = session.get(Suggestion, into_id, with_for_update=True)
    reaches = target is not None and (by.scope is None or target.unit_id in by.scope)
    if target is None or not reaches or target.id == case.id or target.merged_into_id is not None or target.erased_at:
        message = "Please choose another suggestion that is not merged itself."
        raise Refused(message, faults=(Fault("into_id", message),))
    if session.execute(select(Suggestion.id).where(Suggestion.merged_into_id == case.id).limit(1)).first():
        raise Conflict("Others are merged with this one. Merge this way round: choose this one as the target.")
    resume(session, case, now=now)
    case.merged_into_id = target.id
    return done(session, case, Step(Act.MERGE, is_shown=True, facts={"into": target.id}), by=by, now=now)


def separate(session: Session, suggestion_id: int, *, by: Hand, now: datetime) -> Done:
    """Undo a merger."""
    case = opened(session, suggestion_id, Act.SEPARATE, by=by, now=now)
    facts = {"from": case.merged_into_id}
    case.merged_into_id = None
    return done(session, case, Step(Act.SEPARATE, is_shown=True, facts=facts), by=by, now=now)


def close(session: Session, suggestion_id: int, *, by: Hand, reason: str, now: datetime) -> Done:
    """Close a suggestion: nothing more is owed. Without an answer that needs a reason, which the sender reads."""
    case = opened(session, suggestion_id, Act.CLOSE, by=by, now=now)
    needed = "" if case.answered_at else "Please tell the sender why nothing more is needed."
    said = Said(words(reason, field="reason", most=REASON_LETTERS, needed=needed))
    resume(session, case, now=now)
    return done(session, case, Step(Act.CLOSE, said, is_shown=True), by=by, now=now)


def extend(session: Session, suggestion_id: int, *, by: Hand, days: int, reason: str, now: datetime) -> Done:
    """Give the clock more days, as many as the rule set allows, with a reason that the sender reads."""
    case = opened(session, suggestion_id, Act.EXTEND, by=by, now=now)
    said = Said(
        words(reason, field="reason", most=REASON_LETTERS, needed="Please tell the sender why it takes longer.")
    )
    clock = clock_of(case)
    if not 1 <= days <= clock.may_extend():
        message = "The rules of this office allow fewer days."
        raise Refused(message, faults=(Fault("days", message),))
    set_clock(case, clock.extended(days), calendar(session))
    return done(session, case, Step(Act.EXTEND, said, is_shown=True, facts={"days": days}), by=by, now=now)


def note(session: Session, suggestion_id: int, *, by: Hand, text: str, now: datetime) -> Done:
    """Keep a note for the office; the sender never reads it."""
    case = opened(session, suggestion_id, Act.NOTE, by=by, now=now)
    said = Said(words(text, field="text", most=ANSWER_LETTERS, needed="Please write a note."))
    return done(session, case, Step(Act.NOTE, said), by=by, now=now)


def classify(session: Session, suggestion_id: int, *, by: Hand, kind: Kind, topic: Topic, now: datetime) -> Done:
    """Say what it really is and what it is about, for the reports."""
    case = opened(session, suggestion_id, Act.CLASSIFY, by=by, now=now)
    facts = {"kind": [case.kind, kind], "topic": [case.topic, topic]}
    case.kind, case.topic = kind, topic
    return done(session, case, Step(Act.CLASSIFY, facts=facts), by=by, now=now)


def escalate(session: Session, suggestion_id: int, *, by: Hand, level: int, now: datetime) -> Done:
    """Note that an overdue suggestion has gone up the unit tree."""
    case = opened(session, suggestion_id, Act.ESCALATE, by=by, now=now)
    if level <= case.escalation:
        raise Conflict("It has gone up that far already.")
    case.escalation = level
    return done(session, case, Step(Act.ESCALATE, facts={"level": level}), by=by, now=now)


def _said(said: Said, needed: str) -> Said:
    return Said(words(said.text, field="text", most=ANSWER_LETTERS, needed=needed), said.files)


def _reaches(session: Session, officer_unit_id: int | None, unit_id: int) -> bool:
    return officer_unit_id is None or officer_unit_id in units.above(session, unit_id)


def _forget_draft(session: Session, suggestion_id: int, by: Hand) -> None:
    own = (SuggestionDraft.suggestion_id == suggestion_id, SuggestionDraft.account_id == by.account_id)
    session.execute(delete(SuggestionDraft).where(*own))
