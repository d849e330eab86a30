"""The way of an answer to the citizen and to everybody: approval, masking, publication, hiding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import local_day
from feedback_service.core.text import one_line
from feedback_service.notices.rules.events import Event
from feedback_service.suggestions.models import (
    AnswerWord,
    PublishedAnswer,
    Suggestion,
    SuggestionStep,
    SuggestionText,
)
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.queries.standing import clock_of
from feedback_service.suggestions.rules.clock import publish_by
from feedback_service.suggestions.rules.hands import (
    ANSWER_LETTERS,
    REASON_LETTERS,
    TITLE_LETTERS,
    Done,
    Hand,
    Publication,
    Said,
)
from feedback_service.suggestions.rules.kinds import State
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.rules.words import index_of
from feedback_service.suggestions.service.changes import Step, done, opened, words
from feedback_service.suggestions.service.telling import tell_citizen, tell_office


@dataclass(frozen=True)
class Masked:
    """A text in which what names a person was masked, and which proposals were taken, by kind and number."""

    text: str
    decisions: Mapping[str, object]


def reached_citizen(session: Session, case: Suggestion, *, now: datetime) -> None:
    """Stop the clock: the answer is there, in time or not."""
    days, today = calendar(session), local_day(now)
    clock = clock_of(case)
    case.answered_at, case.answered_on = now, today
    case.answer_days = clock.used_days(days, today)
    case.is_on_time = today <= case.due_on
    case.publish_by = publish_by(clock.figures, days, today) if case.is_public_wished else None


def approve(session: Session, suggestion_id: int, *, by: Hand, now: datetime) -> Done:
    """Let an answer go to the sender; somebody else than its writer does."""
    case = opened(session, suggestion_id, Act.APPROVE, by=by, now=now)
    reached_citizen(session, case, now=now)
    _show_answer(session, case)
    carried = done(session, case, Step(Act.APPROVE, is_shown=True), by=by, now=now)
    tell_answered(session, case, now=now)
    return carried


def tell_answered(session: Session, case: Suggestion, *, now: datetime) -> None:
    """Tell that an answer can be read: the office, the sender, and the senders of what was merged with it."""
    tell_office(session, case, Event.ANSWERED, now=now)
    tell_citizen(session, case, Event.ANSWERED, now=now)
    for other in session.execute(select(Suggestion).where(Suggestion.merged_into_id == case.id)).scalars():
        tell_citizen(session, other, Event.ANSWERED, now=now)


def mask(session: Session, suggestion_id: int, *, by: Hand, masked: Masked, now: datetime) -> Done:
    """Keep a version of the text in which persons are masked; the original stays. What was held is then looked at."""
    case = opened(session, suggestion_id, Act.MASK, by=by, now=now)
    text = words(masked.text, field="text", most=ANSWER_LETTERS, needed="Please leave some text.")
    newest = select(func.max(SuggestionText.number)).where(SuggestionText.suggestion_id == case.id)
    number = (session.execute(newest).scalar() or 0) + 1
    session.execute(
        insert(SuggestionText).values(
            suggestion_id=case.id,
            number=number,
            text=text,
            masks=canonical(dict(masked.decisions)),
            account_id=by.account_id,
            written_at=now,
        )
    )
    case.is_held = False
    return done(session, case, Step(Act.MASK, facts={"text": number}), by=by, now=now)


def publish(session: Session, suggestion_id: int, *, by: Hand, publication: Publication, now: datetime) -> Done:
    """Publish a question with its answer, or the same in other words."""
    case = opened(session, suggestion_id, Act.PUBLISH, by=by, now=now)
    title = one_line(publication.title)
    if not title or len(title) > TITLE_LETTERS:
        message = "Please give it a short title."
        raise Refused(message, faults=(Fault("title", message),))
    question = words(publication.question, field="question", most=ANSWER_LETTERS, needed="Please leave some text.")
    answer = words(publication.answer, field="answer", most=ANSWER_LETTERS, needed="Please write your answer.")
    first = session.execute(
        select(PublishedAnswer.published_at).where(PublishedAnswer.suggestion_id == case.id)
    ).scalar()
    _unpublish(session, case.id)
    row = _published(session, case) | {"title": title, "question": question, "answer": answer}
    session.execute(insert(PublishedAnswer).values(**row, published_at=first or now, changed_at=now))
    found = sorted(index_of(title, question, answer))
    session.execute(insert(AnswerWord), [{"word": word, "suggestion_id": case.id} for word in found])
    return done(session, case, Step(Act.PUBLISH, is_shown=True), by=by, now=now)


def withdraw(session: Session, suggestion_id: int, *, by: Hand, reason: str, now: datetime) -> Done:
    """Take a publication back; the answer to the sender stays."""
    case = opened(session, suggestion_id, Act.WITHDRAW, by=by, now=now)
    said = Said(words(reason, field="reason", most=REASON_LETTERS, needed="Please give a reason."))
    _unpublish(session, case.id)
    return done(session, case, Step(Act.WITHDRAW, said), by=by, now=now)


def hide(session: Session, suggestion_id: int, *, by: Hand, reason: str, now: datetime) -> Done:
    """Keep a suggestion out of what everybody reads; its clock runs on and it is looked at every month (M6)."""
    case = opened(session, suggestion_id, Act.HIDE, by=by, now=now)
    said = Said(words(reason, field="reason", most=REASON_LETTERS, needed="Please give a reason."))
    _unpublish(session, case.id)
    case.is_hidden = True
    if case.state == State.PUBLISHED:
        case.state = State.CLOSED
    return done(session, case, Step(Act.HIDE, said), by=by, now=now)


def show(session: Session, suggestion_id: int, *, by: Hand, reason: str, now: datetime) -> Done:
    """Let a hidden suggestion be published again."""
    case = opened(session, suggestion_id, Act.SHOW, by=by, now=now)
    said = Said(words(reason, field="reason", most=REASON_LETTERS))
    case.is_hidden = False
    return done(session, case, Step(Act.SHOW, said), by=by, now=now)


def _unpublish(session: Session, suggestion_id: int) -> None:
    session.execute(delete(AnswerWord).where(AnswerWord.suggestion_id == suggestion_id))
    session.execute(delete(PublishedAnswer).where(PublishedAnswer.suggestion_id == suggestion_id))


def _published(session: Session, case: Suggestion) -> dict[str, object]:
    assert case.answered_on is not None, "the table publishes answers that reached the citizen"
    late = calendar(session).between(case.due_on, case.answered_on) if not case.is_on_time else 0
    return {
        "suggestion_id": case.id,
        "kind": case.kind,
        "unit_id": case.unit_id,
        "received_on": local_day(case.received_at),
        "answered_on": case.answered_on,
        "answer_days": case.answer_days or 0,
        "late_days": late,
    }


def _show_answer(session: Session, case: Suggestion) -> None:
    newest = (
        select(SuggestionStep)
        .where(SuggestionStep.suggestion_id == case.id, SuggestionStep.act == Act.ANSWER)
        .order_by(SuggestionStep.number.desc())
        .limit(1)
    )
    session.execute(newest).scalar_one().is_shown = True
