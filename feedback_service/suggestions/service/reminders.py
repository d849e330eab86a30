"""What the worker does every day: remind of due days, tell what is overdue up the unit tree, send the summary."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from feedback_service.audit.queries import closed_days
from feedback_service.core.period import local_day
from feedback_service.core.words import Sentence
from feedback_service.notices import queries as notices_queries
from feedback_service.notices import service as notices
from feedback_service.notices.rules.events import Event, Fact, Notice
from feedback_service.settings import Settings
from feedback_service.suggestions.queries import (
    Filters,
    View,
    calendar,
    counts,
    due_soon,
    escalated_to,
    overdue,
)
from feedback_service.suggestions.queries.arrivals import received_since
from feedback_service.suggestions.queries.desk import Due
from feedback_service.suggestions.rules.calendar import Calendar
from feedback_service.suggestions.rules.clock import escalation
from feedback_service.suggestions.rules.hands import SYSTEM
from feedback_service.suggestions.rules.kinds import KIND_NAMES, Kind
from feedback_service.suggestions.service.desk import escalate
from feedback_service.units import queries as units


def remind(session: Session, _settings: Settings, now: datetime) -> None:
    """Tell once of each day that is near or past; what stays overdue is told one unit further up (product S5)."""
    days, today = calendar(session), local_day(now)
    if not days.is_working(today):
        return
    for due in due_soon(session, today):
        left = days.between(today, due.due_on)
        notices.queue(session, _notice(session, Event.DUE_SOON, due, due.unit_id, left), now=now)
    for due in overdue(session, today):
        _tell_overdue(session, due, days, today, now)


def summarise(session: Session, _settings: Settings, now: datetime) -> None:
    """Queue the summary of the day for everybody who asked for it, on working days."""
    days, today = calendar(session), local_day(now)
    if not days.is_working(today):
        return
    for target in notices_queries.subscribers(session, Event.DIGEST):
        scope = None if target.unit_id is None else units.reach(session, target.unit_id)
        found = counts(session, Filters(scope=scope), today=today)
        facts: dict[str, Fact] = {
            "unit": target.unit_name or Sentence("all units"),
            "day": today,
            "new": received_since(session, _working_day_before(days, today), scope=scope),
            "open": found[View.TO_DO],
            "unassigned": found[View.UNASSIGNED],
            "soon": found[View.SOON],
            "overdue": found[View.OVERDUE],
            **_last_head(session, today),
        }
        key = f"digest:{target.id}:{today.isoformat()}"
        notice = Notice(Event.DIGEST, ("notice_target", str(target.id)), "/staff/suggestions", facts, key=key)
        notices.queue(session, notice, now=now)


def _last_head(session: Session, today: date) -> dict[str, Fact]:
    for closed in closed_days(session, limit=1):
        return {"closed_on": closed.day, "head": closed.spelled}
    return {"closed_on": today, "head": Sentence("not closed yet")}


JOBS = (
    notices.Job("suggestions.remind", time(7, 0), remind),
    notices.Job("suggestions.digest", time(7, 10), summarise),
)


def _tell_overdue(session: Session, due: Due, days: Calendar, today: date, now: datetime) -> None:
    late = days.between(due.due_on, today)
    notices.queue(session, _notice(session, Event.OVERDUE, due, due.unit_id, late), now=now)
    level = escalation(days, due.due_on, today)
    if level <= due.escalation:
        return
    escalate(session, due.id, by=SYSTEM, level=level, now=now)
    over = escalated_to(session, due.unit_id, level)
    if over != due.unit_id:
        notices.queue(session, _notice(session, Event.OVERDUE, due, over, late), now=now)


def _working_day_before(days: Calendar, day: date) -> date:
    before = day - timedelta(days=1)
    return before if days.is_working(before) else _working_day_before(days, before)


def _notice(session: Session, event: Event, due: Due, unit_id: int, days: int) -> Notice:
    facts: dict[str, Fact] = {
        "number": str(due.id),
        "kind": Sentence(KIND_NAMES[Kind(due.kind)]),
        "unit": units.names(session, [due.unit_id]).get(due.unit_id, ""),
        "due_on": due.due_on,
        "days": days,
    }
    return Notice(
        event,
        subject=("suggestion", str(due.id)),
        path=f"/staff/suggestions/{due.id}",
        facts=facts,
        unit_id=unit_id,
        account_id=due.handler_id,
        key=f"{event}:{due.id}:{due.due_on.isoformat()}:{unit_id}",
    )
