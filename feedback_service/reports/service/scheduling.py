"""Scheduling reports: add, pause, run now, withdraw; taking up what is due and concluding it, with its message."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from feedback_service.audit.rules import Act
from feedback_service.audit.service import note
from feedback_service.core.errors import NotFound, Refused
from feedback_service.core.ids import new_id
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.db import insert_once
from feedback_service.notices import service as notices
from feedback_service.notices.rules.events import Event, Fact, Notice
from feedback_service.reports.models import ReportRun, ReportSchedule
from feedback_service.reports.queries.schedules import RUN, SCHEDULES, Run, due, schedule
from feedback_service.reports.queries.schedules import run as run_of
from feedback_service.reports.rules.forms import FORM_NAMES
from feedback_service.reports.rules.periods import ReportPeriod
from feedback_service.reports.rules.schedules import FOLDER, Schedule, Way, faults_of
from feedback_service.settings import Settings

GONE = "There is no such schedule within your reach."
PAGE = "/staff/reports/schedules"


def add_schedule(session: Session, told: Schedule, scope: frozenset[int], *, by: str, now: datetime) -> int:
    """Have a report made by itself from now on; raises Refused for what cannot be scheduled, NotFound."""
    faults = faults_of(told)
    if told.unit_id not in scope:
        raise NotFound(GONE)
    if faults:
        raise Refused(faults[0].message, faults=faults)
    row = {
        "unit_id": told.unit_id,
        "form": told.form.value,
        "written_as": told.written_as.value,
        "every": told.rhythm.every.value,
        "is_cut": told.rhythm.is_cut,
        "days_after": told.rhythm.days_after,
        "way": told.way.value,
        "address": told.address,
        "next_on": told.rhythm.next_on(local_day(now)),
        "is_paused": False,
    }
    kept = insert(ReportSchedule).values(**row, changed_at=now, changed_by=by).returning(ReportSchedule.id)
    schedule_id = session.execute(kept).scalar_one()
    _note(session, "report_schedule.created", schedule_id, told, by=by, now=now)
    return schedule_id


def pause(
    session: Session, schedule_id: int, scope: frozenset[int], *, is_paused: bool, by: str, now: datetime
) -> None:
    """Pause a schedule, or let it go on: with the next period to come, not with those that passed meanwhile."""
    told = _known(session, schedule_id, scope)
    fresh: dict[str, object] = {} if is_paused else {"next_on": told.rhythm.next_on(local_day(now))}
    _change(session, schedule_id, **fresh, is_paused=is_paused, changed_at=now, changed_by=by)
    _note(session, f"report_schedule.{'paused' if is_paused else 'resumed'}", schedule_id, told, by=by, now=now)


def withdraw(session: Session, schedule_id: int, scope: frozenset[int], *, by: str, now: datetime) -> None:
    """Make no more reports by a schedule."""
    told = _known(session, schedule_id, scope)
    _change(session, schedule_id, withdrawn_at=now, changed_at=now, changed_by=by)
    _note(session, "report_schedule.withdraw", schedule_id, told, by=by, now=now)


def run_now(session: Session, run_id: UUID, schedule_id: int, scope: frozenset[int], *, by: str, now: datetime) -> None:
    """Have the report of the last complete period made now; the next one comes when it would have come."""
    told = _known(session, schedule_id, scope)
    _add_run(session, str(run_id), schedule_id, told.rhythm.last_complete(local_day(now)), now=now)
    _note(session, "report_schedule.run", schedule_id, told, by=by, now=now)


def take_up_due(session: Session, *, now: datetime) -> bool:
    """Have the report that is due longest made, once; say whether there was one."""
    found = due(session, local_day(now))
    told = schedule(session, found[0]) if found else None
    if found is None or told is None:
        return False
    schedule_id, next_on = found
    period = told.rhythm.period_due(next_on)
    if _advance(session, schedule_id, next_on, told.rhythm.due_on(told.rhythm.following(period))):
        _add_run(session, str(new_id()), schedule_id, period, now=now)
        _note(session, "report_schedule.run", schedule_id, told, by="system", now=now)
    return True


def conclude(session: Session, made: Run, *, file_name: str, problem: str, now: datetime) -> None:
    """Keep how a making ended, and have whoever waits for it told by mail; once, whoever made it."""
    told = schedule(session, made.schedule_id)
    ended = {"status": "failed" if problem else "made", "file_name": file_name, "problem": problem, "finished_at": now}
    own = update(ReportRun).where(ReportRun.id == made.id, ReportRun.status == "waiting").values(**ended)
    if session.execute(own.returning(ReportRun.id)).scalar_one_or_none() is None or told is None:
        return
    if told.way is Way.MAIL:
        days = {"first": made.days.first_on, "last": made.days.last_on}
        facts: dict[str, Fact] = {"form": Sentence(FORM_NAMES[told.form]), **days}
        facts |= {"problem": Sentence(problem)} if problem else {}
        event = Event.REPORT_FAILED if problem else Event.REPORT_MADE
        told_once = Notice(event, (RUN, made.id), PAGE, facts, told.unit_id, to_citizen=True, key=f"{RUN}/{made.id}")
        notices.queue(session, told_once, now=now)


def receiver(session: Session, settings: Settings, run_id: str, _now: datetime) -> notices.Contact:
    """Return who gets the report of a making, with its file; empty when the schedule was withdrawn meanwhile."""
    made = run_of(session, run_id)
    told = schedule(session, made.schedule_id) if made else None
    if made is None or told is None:
        return notices.Contact()
    file = settings.data_dir / FOLDER / made.file_name if made.file_name else None
    return notices.Contact(mail=told.address, file=file)


def _advance(session: Session, schedule_id: int, was_on: date, next_on: date) -> bool:
    own = update(ReportSchedule).where(ReportSchedule.id == schedule_id, ReportSchedule.next_on == was_on)
    return session.execute(own.values(next_on=next_on).returning(ReportSchedule.id)).scalar_one_or_none() is not None


def _add_run(session: Session, run_id: str, schedule_id: int, period: ReportPeriod, *, now: datetime) -> None:
    days = {"first_on": period.days.first_on, "last_on": period.days.last_on}
    row = {"id": run_id, "schedule_id": schedule_id, **days, "asked_at": now}
    insert_once(session, ReportRun, [{**row, "status": "waiting", "file_name": "", "problem": ""}], key=ReportRun.id)


def _known(session: Session, schedule_id: int, scope: frozenset[int]) -> Schedule:
    told = schedule(session, schedule_id, scope)
    if told is None:
        raise NotFound(GONE)
    return told


def _change(session: Session, schedule_id: int, **told: object) -> None:
    session.execute(update(ReportSchedule).where(ReportSchedule.id == schedule_id).values(**told))


def _note(session: Session, act: str, schedule_id: int, told: Schedule, *, by: str, now: datetime) -> None:
    digest = SCHEDULES.digest(session, schedule_id)
    facts = {"unit": told.unit_id, "format": f"{told.form.value}.{told.written_as.value}"}
    note(session, Act(act, by, (SCHEDULES.kind, schedule_id), digest, facts=facts), now=now)
