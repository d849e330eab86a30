"""What the citizen with the tracking code sees: where it stands, what was said, what can be done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.core.errors import NotFound
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.suggestions.models import Suggestion, SuggestionContact, SuggestionFile, SuggestionText
from feedback_service.suggestions.queries.case import FileRow, StepRow, files, steps
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.queries.standing import clock_of, standing_of
from feedback_service.suggestions.rules.calendar import Calendar
from feedback_service.suggestions.rules.clock import days_words
from feedback_service.suggestions.rules.journey import Progress, Stop, heading, journey
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind, State
from feedback_service.suggestions.rules.steps import Act
from feedback_service.units import queries as units

REOPEN_DAYS = 60
"""Days after an answer, a refusal or closing within which the sender may have it looked at again; our own figure."""
SPOKEN = frozenset(
    {Act.ASK, Act.REPLY, Act.ADD, Act.EXPLAIN, Act.ANSWER, Act.REFUSE, Act.REOPEN, Act.CLOSE, Act.EXTEND, Act.TRANSFER}
)
"""Steps whose words belong to the talk with the citizen."""


@dataclass(frozen=True)
class Message:
    """One message of the talk; `act` says what it was, `is_office` who wrote it."""

    is_office: bool
    act: str
    at: datetime
    text: str
    files: tuple[FileRow, ...]


@dataclass(frozen=True)
class Tracked:
    """One suggestion as its sender sees it."""

    id: int
    kind: str
    unit_name: str
    received_at: datetime
    heading: str
    due_on: date | None
    """The day of the answer, None when none is owed any more."""
    answered_on: date | None
    answer_days: int | None
    early_days: int | None
    """Days before the due day on which the answer came; negative when it came late."""
    messages: tuple[Message, ...]
    journey: tuple[Stop, ...]
    level: int | None
    is_published: bool
    has_contact: bool
    is_erased: bool
    is_asked: bool
    can_write: bool
    can_rate: bool
    can_reopen: bool
    answer_id: int | None
    """Where the published answer stands, None while nothing is published."""

    @property
    def kind_name(self) -> str:
        """The message id of its kind."""
        return KIND_NAMES[Kind(self.kind)]


@dataclass(frozen=True)
class Slip:
    """What a slip says, and what its signature is over."""

    suggestion_id: int
    kind: str
    unit_name: str
    received_at: datetime
    due_on: date
    code_hash: str
    answer_time: Sentence

    @property
    def kind_name(self) -> str:
        """The message id of its kind."""
        return KIND_NAMES[Kind(self.kind)]


def by_code(session: Session, code_hash: str) -> int | None:
    """Return the suggestion of a tracking code, None when there is none."""
    return session.execute(select(Suggestion.id).where(Suggestion.code_hash == code_hash)).scalar_one_or_none()


def tracked(session: Session, suggestion_id: int, *, now: datetime) -> Tracked:
    """Return a suggestion as its sender sees it; raises NotFound."""
    case = session.get(Suggestion, suggestion_id)
    if case is None:
        raise NotFound("There is no such suggestion.")
    shown = _shown(session, case)
    days, today = calendar(session), local_day(now)
    standing = standing_of(session, case)
    is_answered = case.answered_at is not None or _is_answered_by_another(case, shown)
    return Tracked(
        id=case.id,
        kind=case.kind,
        unit_name=units.names(session, [case.unit_id]).get(case.unit_id, ""),
        received_at=case.received_at,
        heading=heading(State(case.state), is_answered=is_answered, is_erased=case.erased_at is not None),
        due_on=case.due_on if case.is_open else None,
        answered_on=case.answered_on,
        answer_days=case.answer_days,
        early_days=days.between(case.answered_on, case.due_on) if case.answered_on else None,
        messages=_messages(session, case, shown),
        journey=journey(_progress(case, shown, days, today)),
        level=case.level,
        is_published=standing.is_published,
        has_contact=_has_contact(session, case.id),
        is_erased=case.erased_at is not None,
        is_asked=case.state == State.ASKED,
        can_write=case.erased_at is None and case.state != State.MERGED,
        can_rate=case.erased_at is None and is_answered,
        can_reopen=_can_reopen(case, now),
        answer_id=case.id if standing.is_published else None,
    )


def slip(session: Session, suggestion_id: int) -> Slip:
    """Return what the slip of a suggestion says; raises NotFound when it has no code."""
    case = session.get(Suggestion, suggestion_id)
    if case is None or case.code_hash is None:
        raise NotFound("There is no such suggestion.")
    first_due = next(step.due_on for step in steps(session, suggestion_id) if step.act == Act.RECEIVE)
    figures = clock_of(case).figures
    days = days_words(figures, figures.answer)
    name = units.names(session, [case.first_unit_id]).get(case.first_unit_id, "")
    return Slip(case.id, case.kind, name, case.received_at, first_due, case.code_hash, days)


def own_file(session: Session, suggestion_id: int, file_id: str) -> FileRow:
    """Return a file that the sender may read: one of his own, or one that came with words he sees; raises NotFound."""
    numbers = {step.number for step in steps(session, suggestion_id, only_shown=True)}
    for file in files(session, suggestion_id):
        if file.id == file_id and file.step_number in numbers:
            return file
    raise NotFound("This file is no longer kept.")


def file_ids(session: Session) -> frozenset[str]:
    """Return the ids of every file that is known."""
    return frozenset(session.execute(select(SuggestionFile.id)).scalars())


def _shown(session: Session, case: Suggestion) -> tuple[StepRow, ...]:
    own = steps(session, case.id, only_shown=True)
    if case.merged_into_id is None:
        return own
    target = session.get(Suggestion, case.merged_into_id)
    if target is None or target.answered_at is None:
        return own
    answers = (step for step in steps(session, target.id, only_shown=True) if step.act == Act.ANSWER)
    return (*own, *answers)


def _is_answered_by_another(case: Suggestion, shown: tuple[StepRow, ...]) -> bool:
    return case.state == State.MERGED and any(step.act == Act.ANSWER for step in shown)


def _messages(session: Session, case: Suggestion, shown: tuple[StepRow, ...]) -> tuple[Message, ...]:
    query = select(SuggestionText.text).where(SuggestionText.suggestion_id == case.id, SuggestionText.number == 1)
    original = session.execute(query).scalar() or ""
    said = []
    for step in shown:
        text = original if step.act == Act.RECEIVE else step.text
        if (step.act == Act.RECEIVE or step.act in SPOKEN) and (text or step.files):
            said.append(Message(step.account_name != "" or step.actor == "system", step.act, step.at, text, step.files))
    return tuple(said)


def _progress(case: Suggestion, shown: tuple[StepRow, ...], days: Calendar, today: date) -> Progress:
    clock = clock_of(case)
    return Progress(
        state=State(case.state),
        is_answered=case.answered_at is not None,
        is_public_wished=case.is_public_wished and not case.is_hidden,
        steps=tuple((Act(step.act), local_day(step.at)) for step in shown),
        paused_days=clock.resumed(days, today).paused_days,
        is_paused=clock.paused_on is not None and case.paused_until is not None and today <= case.paused_until,
        due_on=case.due_on,
        publish_by=case.publish_by,
    )


def _has_contact(session: Session, suggestion_id: int) -> bool:
    query = select(SuggestionContact.suggestion_id).where(SuggestionContact.suggestion_id == suggestion_id)
    return session.execute(query).first() is not None


def _can_reopen(case: Suggestion, now: datetime) -> bool:
    finished = case.answered_at or case.closed_at
    if case.erased_at is not None or case.is_open or case.state == State.MERGED or finished is None:
        return False
    return now - finished <= timedelta(days=REOPEN_DAYS)
