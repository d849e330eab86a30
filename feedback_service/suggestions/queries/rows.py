"""Lines of lists: what the queue and other lists show of a suggestion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from feedback_service.accounts import queries as accounts
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.suggestions.models import Suggestion
from feedback_service.suggestions.queries.office import calendar
from feedback_service.suggestions.rules.calendar import Calendar
from feedback_service.suggestions.rules.clock import Urgency, due_words, urgency
from feedback_service.suggestions.rules.hands import Sight, may_see
from feedback_service.suggestions.rules.kinds import (
    CHANNEL_NAMES,
    KIND_NAMES,
    STATE_NAMES,
    Channel,
    Kind,
    State,
    Topic,
)
from feedback_service.units import queries as units


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    id: int
    version: int
    title: str
    kind: str
    channel: str
    state: str
    unit_name: str
    counter_name: str
    handler_name: str
    received_on: date
    due_on: date
    """The day of the answer; of an answer that is still to be published, the day for that."""
    due: Sentence | None
    """How near the due day is, None when nothing is owed any more."""
    urgency: Urgency
    is_unpublished: bool
    """Whether only the publication of the answer is owed."""
    is_paused: bool
    is_hidden: bool
    is_held: bool
    suspicion: str | None
    level: int | None

    @property
    def kind_name(self) -> str:
        """The message id of its kind."""
        return KIND_NAMES[Kind(self.kind)]

    @property
    def channel_name(self) -> str:
        """The message id of the way it came."""
        return CHANNEL_NAMES[Channel(self.channel)]

    @property
    def state_name(self) -> str:
        """The message id of where it stands."""
        return STATE_NAMES[State(self.state)]


def rows_of(
    session: Session, suggestion_ids: Iterable[int], *, scope: frozenset[int] | None, today: date
) -> tuple[Row, ...]:
    """Return some suggestions as lines of the queue, those within reach, in the order asked for."""
    wanted = list(suggestion_ids)
    query = columns().where(Suggestion.id.in_(wanted), *within(scope))
    by_id = {row.id: row for row in filled(session, list(session.execute(query)), today, calendar(session))}
    return tuple(by_id[suggestion_id] for suggestion_id in wanted if suggestion_id in by_id)


def within(scope: frozenset[int] | None, *, by_unit: bool = True) -> list[ColumnElement[bool]]:
    """Return what keeps a query within reach.

    Not `by_unit`, the units are looked at row by row, where another order or condition leads to the rows.
    """
    if scope is None:
        return []
    inside = (Suggestion.unit_id if by_unit else Suggestion.unit_id + 0).in_(sorted(scope))
    if not isinstance(scope, Sight):
        return [inside]
    is_harmless = and_(Suggestion.is_about_staff.is_(False), Suggestion.topic != Topic.CONDUCT)
    return [inside, or_(is_harmless, Suggestion.handler_id == scope.account_id)]


def unpublished() -> list[ColumnElement[bool]]:
    """Return what keeps a query to answers that their senders have and that are still to be published.

    The few states lead to the rows: nothing else here names a value that an index would offer.
    """
    return [
        Suggestion.state.in_((State.ANSWERED, State.APPROVED)),
        Suggestion.answered_at.is_not(None),
        Suggestion.is_public_wished.is_(True),
        Suggestion.is_hidden.is_not(True),
    ]


def sees(scope: frozenset[int] | None, kept: Suggestion) -> bool:
    """Say whether a suggestion is within reach, as `within` does for many."""
    is_conduct = kept.is_about_staff or kept.topic == Topic.CONDUCT
    return may_see(scope, kept.unit_id, handler_id=kept.handler_id, is_conduct=is_conduct)


def columns() -> Select[Any]:
    """Return a query for what a line needs."""
    names = ("id", "version", "title", "kind", "channel", "state", "unit_id", "counter_id", "handler_id", "received_at")
    more = ("due_on", "publish_by", "paused_until", "is_open", "is_hidden", "is_held", "suspicion", "level")
    return select(*(getattr(Suggestion, name) for name in (*names, *more)))


def filled(session: Session, found: list[Any], today: date, days: Calendar) -> tuple[Row, ...]:
    """Return lines for what `columns` found."""
    unit_names = units.names(session, {row.unit_id for row in found})
    handlers = accounts.full_names(session, {row.handler_id for row in found if row.handler_id})
    counters = units.counter_names(session, {row.counter_id for row in found if row.counter_id})
    return tuple(
        Row(
            id=row.id,
            version=row.version,
            title=row.title,
            kind=row.kind,
            channel=row.channel,
            state=row.state,
            unit_name=unit_names.get(row.unit_id, ""),
            counter_name=counters.get(row.counter_id, ""),
            handler_name=handlers.get(row.handler_id, ""),
            received_on=local_day(row.received_at),
            due_on=owed_on or row.due_on,
            due=due_words(days, owed_on, today) if owed_on else None,
            urgency=urgency(days, owed_on, today) if owed_on else Urgency.NONE,
            is_unpublished=owed_on is not None and not row.is_open,
            is_paused=row.is_open and row.paused_until is not None and today <= row.paused_until,
            is_hidden=row.is_hidden,
            is_held=row.is_held,
            suspicion=row.suspicion,
            level=row.level,
        )
        for row, owed_on in ((row, _owed_on(row)) for row in found)
    )


def _owed_on(row: Any) -> date | None:
    is_unpublished = row.state in (State.ANSWERED, State.APPROVED) and not row.is_hidden
    found: date | None = row.due_on if row.is_open else row.publish_by if is_unpublished else None
    return found
