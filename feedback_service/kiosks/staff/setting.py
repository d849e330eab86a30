"""What holds for every tablet of a unit: languages, and how long it waits."""

from dataclasses import dataclass

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.core.errors import Fault, NotFound
from feedback_service.kiosks import queries, service
from feedback_service.kiosks.forms import SettingForm
from feedback_service.kiosks.rules import LANGUAGES
from feedback_service.kiosks.rules.prompts import languages_of
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform


@dataclass(frozen=True)
class SettingPage:
    """What holds for the tablets of a unit."""

    unit: units.UnitRow
    form: SettingForm
    faults: tuple[Fault, ...]


@staff.get("/staff/kiosks/settings/<int:unit_id>")
def setting(unit_id: int) -> Response:
    """Show what holds for the tablets of a unit."""
    unit = _reached(unit_id)
    with platform().reading() as session:
        form = SettingForm.filled(queries.setting(session, unit_id), _languages(session))
    return pages.show("kiosks/setting.html", SettingPage(unit, form, ()))


@staff.post("/staff/kiosks/settings/<int:unit_id>")
def keep_setting(unit_id: int) -> AnyResponse:
    """Keep what holds for the tablets of a unit."""
    unit, running = _reached(unit_id), platform()
    with running.reading() as session:
        form = SettingForm.offered(_languages(session))
    if not form.validate():
        return pages.show("kiosks/setting.html", SettingPage(unit, form, form.faults()), 422)
    with running.transaction() as session:
        service.keep_setting(session, unit_id, form.setting(), by=signed_in().actor, now=running.now())
    flash("The changes are saved. Tablets learn of them within a minute.")
    return pages.seen_at(f"/staff/kiosks/settings/{unit_id}")


def _languages(session: Session) -> tuple[str, ...]:
    return languages_of(LANGUAGES, queries.prompts(session))


def _reached(unit_id: int) -> units.UnitRow:
    if unit_id in signed_in().scope:
        with platform().reading() as session:
            unit = units.unit(session, unit_id)
        if unit is not None:
            return unit.row
    raise NotFound("There is no such unit.")
