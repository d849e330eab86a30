"""Adding a tablet: where it will stand, then a code for it."""

from collections.abc import Mapping
from dataclasses import dataclass

import segno
from flask import Response

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.core.errors import Fault
from feedback_service.core.period import local_day
from feedback_service.kiosks import guard, service
from feedback_service.kiosks.forms import KioskForm, place_value
from feedback_service.kiosks.rules import CODE_LIFE, DEFAULT_QUESTIONNAIRE, spelled_code
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.kiosks.staff.board import Line
from feedback_service.questionnaires.queries import offers
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language


@dataclass(frozen=True)
class KioskPage:
    """One tablet, or the one to come when `line` is None."""

    line: Line | None
    form: KioskForm
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class CodePage:
    """An enrolment code, shown once, and the same as a QR of the address to open."""

    name: str
    code: str
    address: str
    picture: str
    minutes: int


@staff.get("/staff/kiosks/new")
def new_kiosk() -> Response:
    """Show the form of a tablet to come."""
    form = offering(KioskForm(formdata=None, data={"questionnaire": DEFAULT_QUESTIONNAIRE}))
    return pages.show("kiosks/kiosk.html", KioskPage(None, form, ()))


@staff.post("/staff/kiosks/codes")
def issue_code() -> Response:
    """Make a code; it stands on the answer itself, since it may stand nowhere else."""
    form, running = offering(KioskForm()), platform()
    if not form.validate():
        return pages.show("kiosks/kiosk.html", KioskPage(None, form, form.faults()), 422)
    secret = running.settings.lasting_key
    with running.transaction() as session:
        figures = service.issue_code(
            session,
            place_of(form),
            hashed=lambda drawn: guard.code_hash(secret, drawn),
            by=signed_in().actor,
            now=running.now(),
        )
    address = f"{running.settings.base_url}/kiosk/"
    picture = segno.make(f"{address}#{spelled_code(figures)}", error="m").svg_data_uri(scale=6, border=4)
    minutes = int(CODE_LIFE.total_seconds() // 60)
    page = CodePage(form.name.data or "", spelled_code(figures), address, picture, minutes)
    return pages.show("kiosks/code.html", page)


def place_of(form: KioskForm) -> service.Place:
    """Return the place that was chosen."""
    unit_id, counter_id = form.ids()
    return service.Place(unit_id, counter_id, form.name.data or "", str(form.questionnaire.data))


def offering(form: KioskForm) -> KioskForm:
    """Fill the choices: every standing unit within reach with its open counters, every published questionnaire."""
    running = platform()
    with running.reading() as session:
        standing = units.units(session, on=local_day(running.now()), scope=signed_in().scope)
        counters = units.counters(session, [unit.id for unit in standing])
        offered = offers(session)
    names: Mapping[int, str] = {unit.id: unit.name for unit in standing}
    whole = running.translations.word("the whole unit", language())
    at_counters = [
        (
            place_value(row.unit_id, row.id),
            f"{names[row.unit_id]}: {row.name}" + (f" ({row.field})" if row.field else ""),
        )
        for row in counters
    ]
    at_units = [(place_value(unit.id, None), f"{unit.name}: {whole}") for unit in standing]
    form.place.choices = [*sorted(at_counters, key=lambda choice: choice[1]), *at_units]
    form.questionnaire.choices = [(one.id, one.title.get(language()) or one.title["vi"]) for one in offered]
    return form
