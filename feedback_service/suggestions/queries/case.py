"""One suggestion whole: texts, history, talk, files, clock; and those that are like it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_service.accounts import queries as accounts
from feedback_service.core.errors import NotFound
from feedback_service.suggestions.models import (
    Suggestion,
    SuggestionContact,
    SuggestionFile,
    SuggestionStep,
    SuggestionText,
)
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.queries.rows import Row, rows_of, sees, within
from feedback_service.suggestions.queries.standing import clock_of, standing_of
from feedback_service.suggestions.rules.clock import Figures
from feedback_service.suggestions.rules.kinds import Topic
from feedback_service.suggestions.rules.steps import Standing


@dataclass(frozen=True)
class TextVersion:
    """What was written, in one version: 1 is the original."""

    number: int
    text: str
    masks: Mapping[str, object]
    account_name: str
    written_at: datetime


@dataclass(frozen=True)
class FileRow:
    """A file that was kept; `step_number` says with which step it came."""

    id: str
    step_number: int | None
    name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True)
class StepRow:
    """One step of the history: who did what when, with which words."""

    number: int
    act: str
    state: str
    at: datetime
    actor: str
    account_name: str
    is_shown: bool
    text: str
    facts: Mapping[str, Any]
    due_on: date
    files: tuple[FileRow, ...]


@dataclass(frozen=True)
class ClockFacts:
    """The clock in figures: days that ran, days that are given, and the days by which something has to be done."""

    figures: Figures
    used_days: int
    given_days: int
    refuse_by: date | None
    ask_by: date | None
    publish_by: date | None
    paused_until: date | None
    answered_on: date | None
    is_on_time: bool | None


@dataclass(frozen=True)
class Case:
    """One suggestion whole."""

    row: Row
    unit_id: int
    counter_id: int | None
    handler_id: int | None
    merged_into_id: int | None
    merged_ids: tuple[int, ...]
    topic: Topic
    procedure: str
    is_about_staff: bool
    is_public_wished: bool
    has_contact: bool
    is_erased: bool
    language: str
    received_at: datetime
    texts: tuple[TextVersion, ...]
    steps: tuple[StepRow, ...]
    clock: ClockFacts
    standing: Standing

    @property
    def original(self) -> str:
        """The words of the citizen."""
        return self.texts[0].text

    @property
    def shown_text(self) -> str:
        """The newest version, in which persons may be masked."""
        return self.texts[-1].text


def case(session: Session, suggestion_id: int, *, scope: frozenset[int] | None, today: date) -> Case:
    """Return a suggestion within reach; raises NotFound."""
    kept = session.get(Suggestion, suggestion_id)
    if kept is None or not sees(scope, kept):
        raise NotFound("There is no such suggestion within your reach.")
    (row,) = rows_of(session, [suggestion_id], scope=None, today=today)
    return Case(
        row=row,
        unit_id=kept.unit_id,
        counter_id=kept.counter_id,
        handler_id=kept.handler_id,
        merged_into_id=kept.merged_into_id,
        merged_ids=_merged(session, suggestion_id),
        topic=Topic(kept.topic),
        procedure=kept.procedure,
        is_about_staff=kept.is_about_staff,
        is_public_wished=kept.is_public_wished,
        has_contact=_has_contact(session, suggestion_id),
        is_erased=kept.erased_at is not None,
        language=kept.language,
        received_at=kept.received_at,
        texts=_texts(session, suggestion_id),
        steps=steps(session, suggestion_id),
        clock=_clock(session, kept, today),
        standing=standing_of(session, kept),
    )


def steps(session: Session, suggestion_id: int, *, only_shown: bool = False) -> tuple[StepRow, ...]:
    """Return the history of a suggestion, the first step first."""
    query = select(SuggestionStep).where(SuggestionStep.suggestion_id == suggestion_id)
    if only_shown:
        query = query.where(SuggestionStep.is_shown.is_(True))
    found = list(session.execute(query.order_by(SuggestionStep.number)).scalars())
    names = accounts.full_names(session, {step.account_id for step in found if step.account_id})
    by_step: dict[int | None, list[FileRow]] = {}
    for file in files(session, suggestion_id):
        by_step.setdefault(file.step_number, []).append(file)
    return tuple(
        StepRow(
            number=step.number,
            act=step.act,
            state=step.state,
            at=step.at,
            actor=step.actor,
            account_name=names.get(step.account_id or 0, ""),
            is_shown=step.is_shown,
            text=step.text,
            facts=json.loads(step.facts),
            due_on=step.due_on,
            files=tuple(by_step.get(step.number, ())),
        )
        for step in found
    )


def files(session: Session, suggestion_id: int) -> tuple[FileRow, ...]:
    """Return the files of a suggestion in the order in which they came."""
    names = FileRow.__dataclass_fields__
    query = select(*(getattr(SuggestionFile, name) for name in names))
    query = query.where(SuggestionFile.suggestion_id == suggestion_id)
    rows = session.execute(query.order_by(SuggestionFile.step_number, SuggestionFile.name, SuggestionFile.id))
    return tuple(FileRow(*row) for row in rows)


def attachment(session: Session, file_id: str, *, scope: frozenset[int] | None) -> FileRow:
    """Return what is known of a file within reach; raises NotFound."""
    names = FileRow.__dataclass_fields__
    columns = (getattr(SuggestionFile, name) for name in names)
    query = select(*columns).join(Suggestion, Suggestion.id == SuggestionFile.suggestion_id)
    row = session.execute(query.where(SuggestionFile.id == file_id, *within(scope))).one_or_none()
    if row is None:
        raise NotFound("There is no such file within your reach.")
    return FileRow(*row)


def _texts(session: Session, suggestion_id: int) -> tuple[TextVersion, ...]:
    query = select(SuggestionText).where(SuggestionText.suggestion_id == suggestion_id).order_by(SuggestionText.number)
    found = list(session.execute(query).scalars())
    names = accounts.full_names(session, {text.account_id for text in found if text.account_id})
    return tuple(
        TextVersion(
            text.number, text.text, json.loads(text.masks), names.get(text.account_id or 0, ""), text.written_at
        )
        for text in found
    )


def _clock(session: Session, kept: Suggestion, today: date) -> ClockFacts:
    clock = clock_of(kept)
    until = kept.answered_on or today
    return ClockFacts(
        figures=clock.figures,
        used_days=clock.used_days(calendar(session), until),
        given_days=clock.figures.answer + clock.extended_days,
        refuse_by=kept.refuse_by,
        ask_by=kept.ask_by,
        publish_by=kept.publish_by,
        paused_until=kept.paused_until,
        answered_on=kept.answered_on,
        is_on_time=kept.is_on_time,
    )


def _merged(session: Session, suggestion_id: int) -> tuple[int, ...]:
    query = select(Suggestion.id).where(Suggestion.merged_into_id == suggestion_id).order_by(Suggestion.id).limit(200)
    return tuple(session.execute(query).scalars())


def _has_contact(session: Session, suggestion_id: int) -> bool:
    query = select(SuggestionContact.suggestion_id).where(SuggestionContact.suggestion_id == suggestion_id)
    return session.execute(query).first() is not None
