"""Taking a suggestion in, from whichever way it came: one record, one clock, one code."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from feedback_service.core.canonical import canonical
from feedback_service.core.errors import Conflict, Fault, Refused
from feedback_service.core.ids import new_salt
from feedback_service.core.period import local_day
from feedback_service.db import insert_once
from feedback_service.notices.rules.events import Event
from feedback_service.suggestions.models import Suggestion, SuggestionText, SuggestionWord
from feedback_service.suggestions.queries.office import calendar, figures
from feedback_service.suggestions.rules import law, profanity
from feedback_service.suggestions.rules.clock import Clock, kept
from feedback_service.suggestions.rules.codes import code_for, code_hash, content_hash, submission_hash
from feedback_service.suggestions.rules.hands import CITIZEN, TEXT_LETTERS, CleanFile, Contact, Hand, Said
from feedback_service.suggestions.rules.kinds import Channel, Kind, State, Topic
from feedback_service.suggestions.rules.steps import Act
from feedback_service.suggestions.rules.words import index_of, title_of
from feedback_service.suggestions.service.changes import Step, keep_step, words
from feedback_service.suggestions.service.telling import tell_office
from feedback_service.suggestions.service.vault import Vault, keep_contact


@dataclass(frozen=True)
class Submission:
    """What a citizen sends; `submission_id` was made when the form was shown.

    `code` is given when the code is on the slip already, `rating_id` for a comment to a rating (which has no code).
    """

    submission_id: str
    kind: Kind
    text: str
    unit_id: int
    counter_id: int | None = None
    procedure: str = ""
    is_about_staff: bool = False
    is_public_wished: bool = False
    channel: Channel = Channel.WEB
    language: str = "vi"
    contact: Contact | None = None
    files: tuple[CleanFile, ...] = ()
    rating_id: str | None = None
    opening_id: int | None = None
    code: str | None = None


@dataclass(frozen=True)
class RatingComment:
    """What was written with a rating; `level` of `levels` is absent when no faces were asked for."""

    rating_id: str
    text: str
    unit_id: int
    counter_id: int | None
    channel: str
    language: str
    level: int | None
    levels: int | None


@dataclass(frozen=True)
class Keys:
    """What turns a form into its code, and what seals a contact."""

    secret: str
    vault: Vault


@dataclass(frozen=True)
class Receipt:
    """What the citizen is told; `code` is None for a comment to a rating."""

    suggestion_id: int
    code: str | None
    is_repeated: bool
    kind: Kind
    unit_id: int
    received_at: datetime
    due_on: date
    answer_days: int


def submit(
    session: Session, submission: Submission, *, keys: Keys | None, now: datetime, by: Hand = CITIZEN
) -> Receipt:
    """Take a suggestion in; the same form sent again gets the same receipt. Only what has no code needs no keys.

    Raises Refused for a text that is empty or too long and for a code that was used, Conflict when the same form
    comes with other content.
    """
    text = words(submission.text, field="text", most=TEXT_LETTERS, needed="Please write what it is about.")
    code = submission.code
    if code is None and keys is not None:
        code = code_for(keys.secret, submission.submission_id)
    sealed = content_hash(submission.submission_id, _content(submission, text))
    clock = Clock(figures(session, submission.unit_id, local_day(now)), local_day(now))
    row = _row(session, submission, text, clock, now) | {
        "content_hash": sealed,
        "code_hash": code and code_hash(code),
    }
    if submission.code:
        _refuse_used(session, row)
    if not insert_once(session, Suggestion, [row], key=Suggestion.submission_hash):
        return _repeated(session, row, code, clock)
    case = session.execute(select(Suggestion).where(Suggestion.submission_hash == row["submission_hash"])).scalar_one()
    _keep_parts(session, case, submission, text, keys, now)
    keep_step(session, case, Step(Act.RECEIVE, Said("", submission.files), is_shown=True), by=by, now=now)
    tell_office(session, case, Event.RECEIVED, now=now)
    return _receipt(case, code, clock, is_repeated=False)


def from_rating(session: Session, comment: RatingComment, *, now: datetime) -> Receipt:
    """Make a suggestion of what was written with a rating, once; it has no code, for nobody waits with one."""
    submission = Submission(
        submission_id=f"rating {comment.rating_id}",
        kind=_kind_of(comment),
        text=comment.text,
        unit_id=comment.unit_id,
        counter_id=comment.counter_id,
        channel=Channel(comment.channel),
        language=comment.language,
        rating_id=comment.rating_id,
    )
    return submit(session, submission, keys=None, now=now)


def _kind_of(comment: RatingComment) -> Kind:
    if comment.level is None or comment.levels is None:
        return Kind.IDEA
    if comment.level == comment.levels:
        return Kind.PRAISE
    return Kind.REPORT if comment.level <= comment.levels // 2 else Kind.IDEA


def _refuse_used(session: Session, row: dict[str, object]) -> None:
    known = select(Suggestion.submission_hash).where(Suggestion.code_hash == row["code_hash"])
    if session.execute(known).scalar() not in (None, row["submission_hash"]):
        message = "The slip with this code was typed in before."
        raise Refused(message, faults=(Fault("code", message),))


def _row(session: Session, submission: Submission, text: str, clock: Clock, now: datetime) -> dict[str, object]:
    days = calendar(session)
    return {
        "submission_hash": submission_hash(submission.submission_id),
        "channel": submission.channel,
        "kind": submission.kind,
        "topic": _topic(submission),
        "language": submission.language,
        "rating_id": submission.rating_id,
        "opening_id": submission.opening_id,
        "unit_id": submission.unit_id,
        "first_unit_id": submission.unit_id,
        "counter_id": submission.counter_id,
        "procedure": submission.procedure,
        "is_about_staff": submission.is_about_staff,
        "is_public_wished": submission.is_public_wished,
        "state": State.RECEIVED,
        "is_open": True,
        "is_hidden": False,
        "is_held": profanity.is_held(text),
        "suspicion": law.suspicion(text),
        "title": title_of(text),
        "version": 1,
        "received_at": now,
        "rules": canonical(kept(clock.figures)),
        "clock_from": clock.started_on,
        "refuse_by": clock.refuse_by(days),
        "ask_by": clock.ask_by(days),
        "due_on": clock.due_on(days),
        "salt": new_salt(),
        **dict.fromkeys(("pauses", "paused_days", "extended_days", "escalation", "reopenings"), 0),
    }


def _keep_parts(
    session: Session, case: Suggestion, submission: Submission, text: str, keys: Keys | None, now: datetime
) -> None:
    original = {"suggestion_id": case.id, "number": 1, "text": text, "masks": "{}", "written_at": now}
    session.execute(insert(SuggestionText).values(original))
    found = sorted(index_of(text, str(case.id)))
    session.execute(insert(SuggestionWord), [{"word": word, "suggestion_id": case.id} for word in found])
    if keys is not None and submission.contact and any(vars(submission.contact).values()):
        keep_contact(session, case.id, submission.contact, vault=keys.vault, now=now)


def _repeated(session: Session, row: dict[str, object], code: str | None, clock: Clock) -> Receipt:
    case = session.execute(select(Suggestion).where(Suggestion.submission_hash == row["submission_hash"])).scalar_one()
    if case.content_hash != row["content_hash"]:
        raise Conflict("This form was sent before with other words. Please open a new one to send something else.")
    return _receipt(case, code, clock, is_repeated=True)


def _receipt(case: Suggestion, code: str | None, clock: Clock, *, is_repeated: bool) -> Receipt:
    return Receipt(
        suggestion_id=case.id,
        code=code,
        is_repeated=is_repeated,
        kind=Kind(case.kind),
        unit_id=case.unit_id,
        received_at=case.received_at,
        due_on=case.due_on,
        answer_days=clock.figures.answer,
    )


def _content(submission: Submission, text: str) -> list[object]:
    contact = sorted(vars(submission.contact).items()) if submission.contact else None
    flags = [submission.is_about_staff, submission.is_public_wished]
    where = [submission.unit_id, submission.counter_id, submission.procedure, submission.rating_id]
    files = [[file.name, file.sha256] for file in submission.files]
    return [submission.kind, text, *where, *flags, contact, files, submission.code]


def _topic(submission: Submission) -> Topic:
    if submission.is_about_staff:
        return Topic.CONDUCT
    return Topic.REGULATION if submission.kind is Kind.PROPOSAL else Topic.OTHER
