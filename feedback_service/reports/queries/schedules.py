"""Schedules of reports: each with its last result, which are due, and what waits to be made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_service.audit.queries import RowWitness
from feedback_service.core.period import Period
from feedback_service.notices.models import Delivery, StoredNotice
from feedback_service.notices.rules.tries import STATUS_NAMES
from feedback_service.notices.rules.tries import Status as MailStatus
from feedback_service.reports.models import ReportRun, ReportSchedule
from feedback_service.reports.rules.forms import FormKind, Written
from feedback_service.reports.rules.periods import Kind
from feedback_service.reports.rules.schedules import Rhythm, Schedule, Way
from feedback_service.units.models import Unit

SCHEDULES = RowWitness("report_schedule", ReportSchedule)
WITNESSES = (SCHEDULES,)
RUN = "report_run"
"""How notices name the making of a report."""
MOST = 500


@dataclass(frozen=True)
class Mailed:
    """Where the message with a report stands; `problem` says why the last try failed."""

    status: MailStatus
    problem: str

    @property
    def status_name(self) -> str:
        """The message id of where it stands."""
        return STATUS_NAMES[self.status]


@dataclass(frozen=True)
class Run:
    """One making of a report: "waiting", "made" or "failed"; `mailed` is absent where nothing was sent."""

    id: str
    schedule_id: int
    days: Period
    status: str
    file_name: str
    problem: str
    finished_at: datetime | None
    mailed: Mailed | None


@dataclass(frozen=True)
class ScheduleRow:
    """A schedule with the name of its unit and its last making; absent before the first."""

    id: int
    unit_name: str
    told: Schedule
    next_on: date
    is_paused: bool
    last: Run | None


def schedules(session: Session, scope: Iterable[int]) -> tuple[ScheduleRow, ...]:
    """Return the schedules of some units, the next one first."""
    query = (
        select(ReportSchedule, Unit.name)
        .join(Unit, Unit.id == ReportSchedule.unit_id)
        .where(ReportSchedule.unit_id.in_(sorted(scope)), ReportSchedule.withdrawn_at.is_(None))
        .order_by(ReportSchedule.next_on, ReportSchedule.id)
        .limit(MOST)
    )
    rows = [(row, name) for row, name in session.execute(query)]
    last = _last_runs(session, [row.id for row, _name in rows])
    return tuple(
        ScheduleRow(row.id, name, _told(row), row.next_on, row.is_paused, last.get(row.id)) for row, name in rows
    )


def schedule(session: Session, schedule_id: int, scope: Iterable[int] | None = None) -> Schedule | None:
    """Return one schedule that stands, None where there is none within `scope`."""
    row = session.get(ReportSchedule, schedule_id, populate_existing=True)
    if row is None or row.withdrawn_at is not None or (scope is not None and row.unit_id not in scope):
        return None
    return _told(row)


def due(session: Session, today: date) -> tuple[int, date] | None:
    """Return the schedule that is due longest, and the day on which it was."""
    query = select(ReportSchedule.id, ReportSchedule.next_on).where(
        ReportSchedule.next_on <= today, ReportSchedule.is_paused.is_(False), ReportSchedule.withdrawn_at.is_(None)
    )
    row = session.execute(query.order_by(ReportSchedule.next_on, ReportSchedule.id).limit(1)).one_or_none()
    return (row[0], row[1]) if row else None


def waiting(session: Session) -> Run | None:
    """Return the report that waits longest to be made."""
    query = select(ReportRun).where(ReportRun.status == "waiting").order_by(ReportRun.asked_at, ReportRun.id)
    row = session.execute(query.limit(1)).scalar_one_or_none()
    return _run(row, None) if row else None


def run(session: Session, run_id: str) -> Run | None:
    """Return one making of a report."""
    row = session.get(ReportRun, run_id, populate_existing=True)
    return _run(row, None) if row else None


def _last_runs(session: Session, schedule_ids: Iterable[int]) -> Mapping[int, Run]:
    place = func.row_number().over(
        partition_by=ReportRun.schedule_id, order_by=(ReportRun.asked_at.desc(), ReportRun.id)
    )
    newest = select(ReportRun.id, place.label("place")).where(ReportRun.schedule_id.in_(list(schedule_ids))).subquery()
    query = select(ReportRun).join(newest, newest.c.id == ReportRun.id).where(newest.c.place == 1)
    rows = session.execute(query).scalars().all()
    mailed = _mailed(session, [row.id for row in rows])
    return {row.schedule_id: _run(row, mailed.get(row.id)) for row in rows}


def _mailed(session: Session, run_ids: Iterable[str]) -> Mapping[str, Mailed]:
    query = select(StoredNotice.subject_id, Delivery.status, Delivery.problem)
    query = query.join(Delivery, Delivery.notice_id == StoredNotice.id)
    own = query.where(StoredNotice.subject_kind == RUN, StoredNotice.subject_id.in_(list(run_ids)))
    return {row[0]: Mailed(MailStatus(row[1]), row[2]) for row in session.execute(own.order_by(Delivery.id))}


def _told(row: ReportSchedule) -> Schedule:
    return Schedule(
        unit_id=row.unit_id,
        form=FormKind(row.form),
        written_as=Written(row.written_as),
        rhythm=Rhythm(Kind(row.every), row.is_cut, row.days_after),
        way=Way(row.way),
        address=row.address,
    )


def _run(row: ReportRun, mailed: Mailed | None) -> Run:
    days = Period(row.first_on, row.last_on)
    return Run(row.id, row.schedule_id, days, row.status, row.file_name, row.problem, row.finished_at, mailed)
