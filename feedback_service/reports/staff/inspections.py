"""Inspections at the desk: what was entered for a period, one to enter or correct, one to withdraw."""

from dataclasses import dataclass

from flask import Response, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.core.period import local_day
from feedback_service.reports.forms import InspectionForm
from feedback_service.reports.queries.inspections import InspectionRow, inspection
from feedback_service.reports.queries.inspections import inspections as inspections_of
from feedback_service.reports.queries.places import Place
from feedback_service.reports.service.inspecting import GONE, keep_inspection, withdraw_inspection
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import Filters, asked_period, asked_unit, filters, reach
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language


@dataclass(frozen=True)
class InspectionsPage:
    """The inspections of a unit and everything below it in a period."""

    filters: Filters
    faults: tuple[Fault, ...]
    unit: Place
    rows: tuple[InspectionRow, ...] = ()


@dataclass(frozen=True)
class InspectionPage:
    """The form of one inspection; it has no id while it is new."""

    form: InspectionForm
    inspection_id: int | None
    faults: tuple[Fault, ...]


@staff.get("/staff/reports/inspections")
def inspections() -> Response:
    """List what was entered."""
    words = platform().translations
    with platform().reading() as session:
        within = reach(session)
        unit = asked_unit(session, within)
        try:
            period = asked_period(local_day(platform().now()))
        except Refused as refusal:
            faults = tuple(Fault(one.pointer, words.word(one.message, language())) for one in refusal.faults)
            page = InspectionsPage(filters(session, within, unit, None), faults, unit)
            return pages.show("reports/inspections.html", page, 422)
        found = inspections_of(session, within.below(unit.id), period.days)
        page = InspectionsPage(filters(session, within, unit, period), (), unit, found)
    return pages.show("reports/inspections.html", page)


@staff.get("/staff/reports/inspections/new")
def new_inspection() -> Response:
    """Show an empty form."""
    today = local_day(platform().now()).isoformat()
    with platform().reading() as session:
        unit = asked_unit(session, reach(session))
    told = {"unit_id": str(unit.id), "inspected_on": today, "found": "0", "mended": "0"}
    form = InspectionForm(formdata=None, data=told)
    return _page(form, None)


@staff.post("/staff/reports/inspections/new")
def add_inspection() -> AnyResponse:
    """Keep a new inspection."""
    return _kept(None)


@staff.get("/staff/reports/inspections/<int:inspection_id>")
def edit_inspection(inspection_id: int) -> Response:
    """Show the form, filled with what was entered."""
    with platform().reading() as session:
        known = inspection(session, inspection_id, guard.staff().scope)
    if known is None:
        raise NotFound(GONE)
    return _page(InspectionForm.filled(known.told), inspection_id)


@staff.post("/staff/reports/inspections/<int:inspection_id>")
def change_inspection(inspection_id: int) -> AnyResponse:
    """Keep what was corrected."""
    return _kept(inspection_id)


@staff.post("/staff/reports/inspections/<int:inspection_id>/withdrawal")
def remove_inspection(inspection_id: int) -> AnyResponse:
    """Withdraw what was entered by mistake."""
    person = guard.staff()
    with platform().transaction() as session:
        withdraw_inspection(session, inspection_id, person.scope, by=person.actor, now=platform().now())
    flash("The inspection was withdrawn. The ledger keeps that it was entered.")
    return pages.seen_at(url_for("reports_staff.inspections"))


def _kept(inspection_id: int | None) -> AnyResponse:
    form, person, now = InspectionForm(), guard.staff(), platform().now()
    with platform().reading() as session:
        form.offer(_units(session))
    if not form.validate():
        return _page(form, inspection_id, 422)
    try:
        with platform().transaction() as session:
            keep_inspection(session, inspection_id, form.told(), person.scope, by=person.actor, now=now)
    except Refused as refusal:
        form.refused(refusal)
        return _page(form, inspection_id, 422)
    flash("The inspection is saved.")
    return pages.seen_at(url_for("reports_staff.inspections"))


def _page(form: InspectionForm, inspection_id: int | None, status: int = 200) -> Response:
    with platform().reading() as session:
        form.offer(_units(session))
    return pages.show("reports/inspection.html", InspectionPage(form, inspection_id, form.faults()), status)


def _units(session: Session) -> list[tuple[str, str]]:
    return [(str(unit.id), unit.name) for unit in reach(session).standing()]
