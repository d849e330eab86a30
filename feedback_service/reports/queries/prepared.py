"""Exports that are prepared: those of a person, the next to make, and those whose time is over."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from feedback_service.core.period import Period
from feedback_service.reports.models import PreparedExport
from feedback_service.reports.queries.rows import Wanted
from feedback_service.reports.rules.columns import Format, Records
from feedback_service.reports.rules.narrowing import Narrowing
from feedback_service.reports.rules.preparing import GIVEN_UP, STATUS_NAMES, Status
from feedback_service.suggestions.models import Suggestion

MOST = 100


@dataclass(frozen=True)
class Prepared:
    """An export and how far it is."""

    id: str
    account_id: int
    records: Records
    written_as: Format
    unit_id: int | None
    unit_ids: frozenset[int]
    first_on: date | None
    last_on: date | None
    narrowing: Narrowing
    status: Status
    rows_total: int
    rows_done: int
    size_bytes: int | None
    asked_at: datetime
    begun_at: datetime | None
    expires_at: datetime
    problem: str

    @property
    def status_name(self) -> str:
        """The message id of where it stands."""
        return STATUS_NAMES[self.status]

    @property
    def is_ready(self) -> bool:
        """Whether its file can be fetched."""
        return self.status is Status.READY

    @property
    def is_on_its_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.status in (Status.WAITING, Status.MAKING)

    @property
    def period(self) -> Period | None:
        """Its days; None for all days."""
        return Period(self.first_on, self.last_on) if self.first_on and self.last_on else None

    @property
    def wanted(self) -> Wanted:
        """Which rows it holds."""
        return Wanted(self.records, self.unit_ids, self.period, self.narrowing)


def prepared_of(session: Session, account_id: int) -> tuple[Prepared, ...]:
    """Return what a person asked for, the newest first."""
    own = select(PreparedExport).where(PreparedExport.account_id == account_id)
    rows = session.execute(own.order_by(PreparedExport.asked_at.desc(), PreparedExport.id).limit(MOST)).scalars()
    return tuple(_told(row) for row in rows)


def prepared(session: Session, export_id: str) -> Prepared | None:
    """Return one export, None where there is none."""
    row = session.get(PreparedExport, export_id, populate_existing=True)
    return _told(row) if row else None


def next_id(session: Session, *, now: datetime) -> str | None:
    """Return the export to make next: the one that waits longest, or whose worker was ended."""
    waiting = select(PreparedExport.id).where(free(now))
    return session.execute(waiting.order_by(PreparedExport.asked_at, PreparedExport.id).limit(1)).scalar_one_or_none()


def over(session: Session, *, now: datetime) -> tuple[Prepared, ...]:
    """Return exports whose time is over, and those begun before somebody had a suggestion erased."""
    query = select(PreparedExport).where(_is_over(now))
    return tuple(_told(row) for row in session.execute(query.order_by(PreparedExport.id).limit(MOST)).scalars())


def is_over(session: Session, export_id: str, *, now: datetime) -> bool:
    """Say whether an export may not be fetched any more."""
    query = select(PreparedExport.id).where(PreparedExport.id == export_id, _is_over(now))
    return session.execute(query).first() is not None


def known(session: Session) -> frozenset[str]:
    """Return the ids of all exports."""
    return frozenset(session.execute(select(PreparedExport.id)).scalars())


def free(now: datetime) -> ColumnElement[bool]:
    """Return the condition under which a worker may take an export up."""
    is_given_up = (PreparedExport.status == Status.MAKING) & (PreparedExport.seen_at < now - GIVEN_UP)
    return or_(PreparedExport.status == Status.WAITING, is_given_up)


def _is_over(now: datetime) -> ColumnElement[bool]:
    last_erasure = select(func.max(Suggestion.erased_at)).scalar_subquery()
    is_stale = (PreparedExport.records != Records.VOTES) & (PreparedExport.begun_at <= last_erasure)
    return or_(PreparedExport.expires_at <= now, is_stale)


def _told(row: PreparedExport) -> Prepared:
    return Prepared(
        id=row.id,
        account_id=row.account_id,
        records=Records(row.records),
        written_as=Format(row.written_as),
        unit_id=row.unit_id,
        unit_ids=frozenset(json.loads(row.unit_ids)),
        first_on=row.first_on,
        last_on=row.last_on,
        narrowing=Narrowing(row.channel, row.tier),
        status=Status(row.status),
        rows_total=row.rows_total,
        rows_done=row.rows_done,
        size_bytes=row.size_bytes,
        asked_at=row.asked_at,
        begun_at=row.begun_at,
        expires_at=row.expires_at,
        problem=row.problem,
    )
