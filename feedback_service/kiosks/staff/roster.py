"""The shifts of a counter: who serves there when, and what its tablets ask then."""

from dataclasses import dataclass

from flask import Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.kiosks import queries, service
from feedback_service.kiosks.forms import WEEKDAYS, ShiftForm, weekday_choices
from feedback_service.kiosks.rules import Officer, Shift, officers_of
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.questionnaires.queries import offers
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

PAGE = "/staff/kiosks/rosters"


@dataclass(frozen=True)
class RosterPage:
    """The shifts of a counter, who serves in them, and the form for one more; `asked` names the questionnaires."""

    counter: units.CounterRow
    unit: units.UnitRow
    shifts: tuple[Shift, ...]
    officers: tuple[Officer, ...]
    is_photo_shown: bool
    weekdays: tuple[str, ...]
    asked: dict[str, str]
    form: ShiftForm
    faults: tuple[Fault, ...]


@staff.get(f"{PAGE}/<int:counter_id>")
def roster(counter_id: int) -> Response:
    """Show the shifts of a counter."""
    return _page(counter_id, ShiftForm(formdata=None, data={"weekdays": ["1", "2", "3", "4", "5"]}))


@staff.post(f"{PAGE}/<int:counter_id>")
def add_shift(counter_id: int) -> AnyResponse:
    """Add a shift."""
    form, running = ShiftForm(), platform()
    with running.reading() as session:
        reached(session, counter_id)
        _offer(session, form)
    if not form.validate():
        return _page(counter_id, form, 422)
    try:
        with running.transaction() as session:
            service.add_shift(session, counter_id, form.shift(), by=signed_in().actor, now=running.now())
    except Refused as refusal:
        form.refused(refusal)
        return _page(counter_id, form, 422)
    flash("The changes are saved. Tablets learn of them within a minute.")
    return pages.seen_at(f"{PAGE}/{counter_id}")


@staff.post(f"{PAGE}/<int:counter_id>/removals")
def remove_shift(counter_id: int) -> AnyResponse:
    """Take a shift off the roster."""
    running = platform()
    with running.transaction() as session:
        reached(session, counter_id)
        key = request.form.get("shift", "")
        service.remove_shift(session, counter_id, key, by=signed_in().actor, now=running.now())
    flash("The changes are saved. Tablets learn of them within a minute.")
    return pages.seen_at(f"{PAGE}/{counter_id}")


def _page(counter_id: int, form: ShiftForm, status: int = 200) -> Response:
    with platform().reading() as session:
        counter = reached(session, counter_id)
        unit = units.parts(session, [counter.unit_id])[counter.unit_id].row
        shifts = queries.shifts(session, counter_id)
        is_photo_shown = queries.setting(session, unit.id).is_photo_shown
        asked = _offer(session, form)
    page = RosterPage(
        counter=counter,
        unit=unit,
        shifts=shifts,
        officers=officers_of(shifts),
        is_photo_shown=is_photo_shown,
        weekdays=WEEKDAYS,
        asked=asked,
        form=form,
        faults=form.faults(),
    )
    return pages.show("kiosks/roster.html", page, status)


def _offer(session: Session, form: ShiftForm) -> dict[str, str]:
    asked = {one.id: one.title.get(language()) or one.title["vi"] for one in offers(session)}
    as_always = platform().translations.word("As the tablet asks at other times", language())
    form.questionnaire.choices = [("", as_always), *asked.items()]
    form.weekdays.choices = weekday_choices()
    return asked


def reached(session: Session, counter_id: int) -> units.CounterRow:
    """Return a counter within reach; raises NotFound."""
    known = units.counter(session, counter_id)
    if known is None or known.unit_id not in signed_in().scope:
        raise NotFound("There is no such counter.")
    return known
