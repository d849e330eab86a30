"""Schedules of reports at the desk: what is made when, how the last one ended, run now, pause, withdraw."""

from dataclasses import dataclass

from flask import Response, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, Refused
from feedback_service.reports.forms import ScheduleForm
from feedback_service.reports.queries.schedules import ScheduleRow
from feedback_service.reports.queries.schedules import schedules as schedules_of
from feedback_service.reports.rules.forms import FORM_NAMES
from feedback_service.reports.rules.schedules import WAY_NAMES, Way
from feedback_service.reports.service import scheduling
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import asked_unit, reach
from feedback_service.web import pages
from feedback_service.web.context import platform, request_id


@dataclass(frozen=True)
class SchedulesPage:
    """The schedules within reach; without a mail server nothing can be sent."""

    rows: tuple[ScheduleRow, ...]
    has_mail: bool

    @staticmethod
    def form_name(row: ScheduleRow) -> str:
        """Return the message id of the form."""
        return FORM_NAMES[row.told.form]

    @staticmethod
    def way_name(row: ScheduleRow) -> str:
        """Return the message id of where it goes."""
        return WAY_NAMES[row.told.way]


@dataclass(frozen=True)
class SchedulePage:
    """The form of a new schedule."""

    form: ScheduleForm
    faults: tuple[Fault, ...]


@staff.get("/staff/reports/schedules")
def schedules() -> Response:
    """List the schedules, each with its next day and its last result."""
    with platform().reading() as session:
        page = SchedulesPage(schedules_of(session, guard.staff().scope), platform().settings.mail is not None)
    return pages.show("reports/schedules.html", page)


@staff.get("/staff/reports/schedules/new")
def new_schedule() -> Response:
    """Show an empty form."""
    with platform().reading() as session:
        unit = asked_unit(session, reach(session))
    told = {"unit_id": str(unit.id), "rhythm": "quarter", "days_after": "3", "way": Way.MAIL.value}
    return _page(ScheduleForm(formdata=None, data={**told, "form": "tonghop", "written_as": "docx"}))


@staff.post("/staff/reports/schedules/new")
def add_schedule() -> AnyResponse:
    """Keep a new schedule."""
    form, person, now = ScheduleForm(), guard.staff(), platform().now()
    with platform().reading() as session:
        form.offer(_units(session))
    if not form.validate():
        return _page(form, 422)
    try:
        with platform().transaction() as session:
            scheduling.add_schedule(session, form.told(), person.scope, by=person.actor, now=now)
    except Refused as refusal:
        form.refused(refusal)
        return _page(form, 422)
    flash("The schedule is saved.")
    return pages.seen_at(url_for("reports_staff.schedules"))


@staff.post("/staff/reports/schedules/<int:schedule_id>/run")
def run_schedule(schedule_id: int) -> AnyResponse:
    """Have the report of the last complete period made now."""
    person, now = guard.staff(), platform().now()
    with platform().transaction() as session:
        scheduling.run_now(session, request_id(), schedule_id, person.scope, by=person.actor, now=now)
    flash("The report is being made. Its result is shown here in a moment.")
    return pages.seen_at(url_for("reports_staff.schedules"))


@staff.post("/staff/reports/schedules/<int:schedule_id>/<any(pause, resume):act>")
def pause_schedule(schedule_id: int, act: str) -> AnyResponse:
    """Pause a schedule, or let it go on."""
    person, now, is_paused = guard.staff(), platform().now(), act == "pause"
    with platform().transaction() as session:
        scheduling.pause(session, schedule_id, person.scope, is_paused=is_paused, by=person.actor, now=now)
    flash("The schedule is paused." if is_paused else "The schedule goes on.")
    return pages.seen_at(url_for("reports_staff.schedules"))


@staff.post("/staff/reports/schedules/<int:schedule_id>/withdrawal")
def remove_schedule(schedule_id: int) -> AnyResponse:
    """Make no more reports by it."""
    person, now = guard.staff(), platform().now()
    with platform().transaction() as session:
        scheduling.withdraw(session, schedule_id, person.scope, by=person.actor, now=now)
    flash("The schedule was withdrawn.")
    return pages.seen_at(url_for("reports_staff.schedules"))


def _page(form: ScheduleForm, status: int = 200) -> Response:
    with platform().reading() as session:
        form.offer(_units(session))
    return pages.show("reports/schedule.html", SchedulePage(form, form.faults()), status)


def _units(session: Session) -> list[tuple[str, str]]:
    return [(str(unit.id), unit.name) for unit in reach(session).standing()]
