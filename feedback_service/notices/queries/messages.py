"""Reading notices: who is told, what is on its way, what was sent and what failed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from feedback_service.notices.models import Delivery, JobRun, NoticeTarget, StoredNotice
from feedback_service.notices.rules.events import EVENT_NAMES, Event
from feedback_service.notices.rules.tries import CHANNEL_NAMES, STATUS_NAMES, Channel, Status

LIST_LIMIT = 500
PAGE_ROWS = 50


@dataclass(frozen=True)
class Outgoing:
    """A message that a worker has taken; without a target it goes to the citizen behind its subject."""

    id: int
    tries: int
    target_id: int | None
    channel: Channel | None
    address: str
    seed: str
    notice_id: str
    event: Event
    subject: tuple[str, str]
    language: str
    path: str
    facts: Mapping[str, object]
    made_at: datetime


@dataclass(frozen=True)
class DeliveryRow:
    """One line of the log; `target_name` is empty for a citizen."""

    id: int
    event: str
    subject_kind: str
    subject_id: str
    made_at: datetime
    target_name: str
    channel: str | None
    status: str
    tries: int
    due_at: datetime
    finished_at: datetime | None
    problem: str
    code: int | None

    @property
    def event_name(self) -> str:
        """The message id of what is told."""
        return EVENT_NAMES[Event(self.event)]

    @property
    def status_name(self) -> str:
        """The message id of where it stands."""
        return STATUS_NAMES[Status(self.status)]

    @property
    def channel_name(self) -> str:
        """The message id of the way it goes; empty while that is not known."""
        return CHANNEL_NAMES[Channel(self.channel)] if self.channel else ""


def has_due(session: Session, *, now: datetime) -> bool:
    """Say whether a message waits to be sent now."""
    due = select(Delivery.id).where(Delivery.status == Status.WAITING, Delivery.due_at <= now)
    return session.execute(due.limit(1)).first() is not None


def outgoing(session: Session, delivery_ids: Iterable[int]) -> tuple[Outgoing, ...]:
    """Return messages with all that is needed to send them."""
    query = (
        select(Delivery, StoredNotice, NoticeTarget.address, NoticeTarget.seed)
        .join(StoredNotice, StoredNotice.id == Delivery.notice_id)
        .join(NoticeTarget, NoticeTarget.id == Delivery.target_id, isouter=True)
        .where(Delivery.id.in_(list(delivery_ids)))
        .order_by(Delivery.id)
        .execution_options(populate_existing=True)
    )
    return tuple(_outgoing(*row) for row in session.execute(query))


def log(
    session: Session, *, status: Status | None = None, before: int | None = None, scope: Iterable[int] | None = None
) -> tuple[DeliveryRow, ...]:
    """Return what was sent, the newest first, from the one before `before`; of some units only with a `scope`."""
    columns: tuple[Any, ...] = (
        *(Delivery.id, StoredNotice.event, StoredNotice.subject_kind, StoredNotice.subject_id, StoredNotice.made_at),
        *(func.coalesce(NoticeTarget.name, ""), Delivery.channel, Delivery.status, Delivery.tries, Delivery.due_at),
        *(Delivery.finished_at, Delivery.problem, Delivery.code),
    )
    query = select(*columns).join(StoredNotice, StoredNotice.id == Delivery.notice_id)
    query = query.join(NoticeTarget, NoticeTarget.id == Delivery.target_id, isouter=True).where(*_concerning(scope))
    if status is not None:
        query = query.where(Delivery.status == status)
    if before is not None:
        query = query.where(Delivery.id < before)
    return tuple(DeliveryRow(*row) for row in session.execute(query.order_by(Delivery.id.desc()).limit(PAGE_ROWS)))


def counts(session: Session, *, scope: Iterable[int] | None = None) -> dict[str, int]:
    """Return how many messages stand where."""
    query = select(Delivery.status, func.count()).group_by(Delivery.status)
    query = query.join(StoredNotice, StoredNotice.id == Delivery.notice_id).where(*_concerning(scope))
    return {Status(row[0]).value: row[1] for row in session.execute(query)}


def failed_ids(session: Session, *, scope: Iterable[int] | None = None) -> tuple[int, ...]:
    """Return the messages that nobody tries any more, the oldest first; at most LIST_LIMIT."""
    query = select(Delivery.id).where(Delivery.status == Status.FAILED).order_by(Delivery.id).limit(LIST_LIMIT)
    query = query.join(StoredNotice, StoredNotice.id == Delivery.notice_id).where(*_concerning(scope))
    return tuple(session.execute(query).scalars())


def is_done(session: Session, key: str) -> bool:
    """Say whether a daily job was done under `key`."""
    return session.get(JobRun, key) is not None


def unfinished(session: Session, kind: str, subject_ids: Iterable[str]) -> frozenset[str]:
    """Return of which of these records a message is still on its way."""
    query = select(StoredNotice.subject_id).join(Delivery, Delivery.notice_id == StoredNotice.id)
    own = (StoredNotice.subject_kind == kind, StoredNotice.subject_id.in_(list(subject_ids)))
    return frozenset(session.execute(query.where(*own, Delivery.status == Status.WAITING)).scalars())


def _concerning(scope: Iterable[int] | None) -> tuple[ColumnElement[bool], ...]:
    return () if scope is None else (StoredNotice.unit_id.in_(list(scope)),)


def _outgoing(delivery: Delivery, notice: StoredNotice, address: str | None, seed: str | None) -> Outgoing:
    return Outgoing(
        id=delivery.id,
        tries=delivery.tries,
        target_id=delivery.target_id,
        channel=Channel(delivery.channel) if delivery.channel else None,
        address=address or "",
        seed=seed or "",
        notice_id=notice.id,
        event=Event(notice.event),
        subject=(notice.subject_kind, notice.subject_id),
        language=notice.language,
        path=notice.path,
        facts=json.loads(notice.facts),
        made_at=notice.made_at,
    )
