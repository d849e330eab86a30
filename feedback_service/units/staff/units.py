"""Units at the desk: the tree over time, one unit with its counters and hours."""

from dataclasses import dataclass

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Conflict, DomainError, Fault, NotFound, Refused
from feedback_service.core.period import local_day
from feedback_service.core.text import one_line
from feedback_service.units import queries, service
from feedback_service.units.forms import CounterForm, HoursForm, spans_of
from feedback_service.units.rules import OFFICE_HOURS, holds
from feedback_service.units.staff.blueprint import PAGE, staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person


@dataclass(frozen=True)
class UnitsPage:
    """The units within reach that were asked for."""

    words: str
    has_past: bool
    units: tuple[queries.UnitRow, ...]
    counts: dict[int, int]
    is_cut: bool
    may_change: bool


@dataclass(frozen=True)
class UnitPage:
    """One unit, and the forms for what can be changed."""

    unit: queries.UnitPart
    is_standing: bool
    counters: tuple[queries.CounterRow, ...]
    below: tuple[queries.UnitRow, ...]
    before: tuple[queries.Relative, ...]
    after: tuple[queries.Relative, ...]
    counter_form: CounterForm
    hours_form: HoursForm
    faults: tuple[Fault, ...]

    @property
    def may_change(self) -> bool:
        """Whether the reader's reach is every unit, so that he may say what becomes of one."""
        return person().unit_id is None


@dataclass(frozen=True)
class CounterPage:
    """One counter, to be renamed or closed."""

    counter: queries.CounterRow
    unit: queries.UnitRow
    form: CounterForm
    faults: tuple[Fault, ...]


@staff.get("/staff/units")
def units() -> Response:
    """Show the units within reach; `q` searches without accents, `past` brings those that ended."""
    words, has_past = one_line(request.args.get("q", ""))[:100], request.args.get("past") == "1"
    on = None if has_past else local_day(platform().now())
    with platform().reading() as session:
        found = queries.units(session, words=words, on=on, scope=person().scope)
        counts = queries.counts_of_counters(session, [unit.id for unit in found])
    is_cut = len(found) >= queries.LIST_LIMIT
    return pages.show("units/list.html", UnitsPage(words, has_past, found, counts, is_cut, person().unit_id is None))


@staff.get("/staff/units/<int:unit_id>")
def unit(unit_id: int) -> Response:
    """Show one unit."""
    return _unit_page(unit_id, CounterForm(formdata=None))


@staff.post("/staff/units/<int:unit_id>/counters")
def open_counter(unit_id: int) -> AnyResponse:
    """Open a counter."""
    form, running = CounterForm(), platform()
    if not form.validate():
        return _unit_page(unit_id, form, status=422)
    try:
        with running.transaction() as session:
            _standing(session, unit_id)
            facts = (form.name.data or "", form.field.data or "")
            service.open_counter(session, unit_id, facts[0], field=facts[1], by=person().actor, now=running.now())
    except Conflict as refusal:
        form.refused(refusal)
        return _unit_page(unit_id, form, status=422)
    flash("The counter is open.")
    return pages.seen_at(f"{PAGE}/{unit_id}")


@staff.post("/staff/units/<int:unit_id>/hours")
def keep_hours(unit_id: int) -> AnyResponse:
    """Keep the opening hours, or go back to those of every office."""
    running = platform()
    form = HoursForm.offered()
    is_default = request.form.get("hours") == "office"
    if not is_default and not form.validate():
        return _unit_page(unit_id, CounterForm(formdata=None), form, status=422)
    try:
        hours = None if is_default else spans_of(form)
        with running.transaction() as session:
            _standing(session, unit_id)
            service.keep_hours(session, unit_id, hours, by=person().actor, now=running.now())
    except Refused as refusal:
        form.refused(refusal)
        return _unit_page(unit_id, CounterForm(formdata=None), form, status=422)
    flash("The opening hours are saved. Tablets learn of them within a minute.")
    return pages.seen_at(f"{PAGE}/{unit_id}")


@staff.get("/staff/counters/<int:counter_id>")
def counter(counter_id: int) -> Response:
    """Show one counter."""
    return _counter_page(counter_id)


@staff.post("/staff/counters/<int:counter_id>")
def rename_counter(counter_id: int) -> AnyResponse:
    """Give a counter another name or field."""
    form, running = CounterForm(), platform()
    if not form.validate():
        return _counter_page(counter_id, form, 422)
    try:
        with running.transaction() as session:
            known = _counter(session, counter_id)
            facts = (form.name.data or "", form.field.data or "")
            service.rename_counter(session, known.id, facts[0], field=facts[1], by=person().actor, now=running.now())
    except Conflict as refusal:
        form.refused(refusal)
        return _counter_page(counter_id, form, 422)
    flash("The changes are saved.")
    return pages.seen_at(f"{PAGE}/{known.unit_id}")


@staff.post("/staff/counters/<int:counter_id>/closing")
def close_counter(counter_id: int) -> AnyResponse:
    """Close a counter."""
    running = platform()
    with running.transaction() as session:
        known = _counter(session, counter_id)
        service.close_counter(session, counter_id, by=person().actor, now=running.now())
    flash("The counter is closed. Its ratings stay.")
    return pages.seen_at(f"{PAGE}/{known.unit_id}")


def _reached(session: Session, unit_id: int) -> queries.UnitPart:
    known = queries.unit(session, unit_id) if unit_id in person().scope else None
    if known is None:
        raise NotFound("There is no such unit.")
    return known


def _standing(session: Session, unit_id: int) -> queries.UnitPart:
    known = _reached(session, unit_id)
    if not holds(known.row.valid_from, known.row.valid_to, local_day(platform().now())):
        raise DomainError("This unit has ended; what it was stays as it is.")
    return known


def _counter(session: Session, counter_id: int) -> queries.CounterRow:
    known = queries.counter(session, counter_id)
    if known is None or known.unit_id not in person().scope:
        raise NotFound("There is no such counter.")
    return known


def _unit_page(unit_id: int, form: CounterForm, hours: HoursForm | None = None, *, status: int = 200) -> Response:
    today = local_day(platform().now())
    with platform().reading() as session:
        known = _reached(session, unit_id)
        page = UnitPage(
            unit=known,
            is_standing=holds(known.row.valid_from, known.row.valid_to, today),
            counters=queries.counters(session, [unit_id], also_closed=True),
            below=queries.below(session, unit_id, on=known.row.valid_to or today),
            before=queries.predecessors(session, unit_id),
            after=queries.successors(session, unit_id),
            counter_form=form,
            hours_form=hours or HoursForm.filled(known.opening_hours if known.has_own_hours else OFFICE_HOURS),
            faults=(*form.faults(), *(hours.faults() if hours else ())),
        )
    return pages.show("units/unit.html", page, status)


def _counter_page(counter_id: int, form: CounterForm | None = None, status: int = 200) -> Response:
    with platform().reading() as session:
        known = _counter(session, counter_id)
        whose = _reached(session, known.unit_id).row
    form = form or CounterForm(formdata=None, data={"name": known.name, "field": known.field})
    return pages.show("units/counter.html", CounterPage(known, whose, form, form.faults()), status)
