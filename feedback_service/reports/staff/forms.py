"""Prescribed forms to download: filled with what the service knows, and nothing where it knows nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response
from sqlalchemy.orm import Session

from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import local_day
from feedback_service.reports.export.papers import Heading, filled, form_bytes
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.rules.forms import MEDIA_TYPES, OFFICIAL, Document, FormKind, Written
from feedback_service.reports.rules.periods import Choice
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import Filters, asked_period, asked_unit, filters, reach
from feedback_service.reports.staff.lineage import Lineage, lineage
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.i18n import language

FORM_NAMES: Mapping[FormKind, str] = {
    FormKind.DOSSIERS: "Form II.06a: how procedures were handled",
    FormKind.NINE: "Form 02: evaluation of handling procedures",
    FormKind.COMPARED: "Form 03: indices, satisfaction and classes of the units",
    FormKind.RECEIVED: "Reports and proposals: received and handled",
    FormKind.SUMMARY: "Figures for the report on administrative reform",
}
WRITTEN_NAMES = {Written.XLSX: "Excel (XLSX)", Written.DOCX: "Word (DOCX)", Written.PDF: "PDF"}


@dataclass(frozen=True)
class Offered:
    """One form, and why it cannot be filled for this period; absent where it can."""

    kind: FormKind
    name: str
    hindrance: str | None

    @property
    def is_official(self) -> bool:
        """Whether its heads were read in an official text."""
        return self.kind in OFFICIAL


@dataclass(frozen=True)
class FormsPage:
    """The forms for a unit and a period."""

    filters: Filters
    faults: tuple[Fault, ...]
    unit: Place
    forms: tuple[Offered, ...] = ()
    lineage: Lineage | None = None

    @property
    def written_names(self) -> Mapping[Written, str]:
        """What each way of writing is called."""
        return WRITTEN_NAMES


@staff.get("/staff/reports/forms")
def forms() -> Response:
    """Show which forms can be filled."""
    words = platform().translations
    with platform().reading() as session:
        within = reach(session)
        unit = asked_unit(session, within)
        try:
            period = asked_period(local_day(platform().now()))
        except Refused as refusal:
            faults = tuple(Fault(one.pointer, words.word(one.message, language())) for one in refusal.faults)
            return pages.show("reports/forms.html", FormsPage(filters(session, within, unit, None), faults, unit), 422)
        found = tuple(_offered(session, within, (unit, period), kind) for kind in FormKind)
        form = filters(session, within, unit, period)
    page = FormsPage(form, (), unit, found, lineage(within, unit, period.days))
    return pages.show("reports/forms.html", page)


@staff.get("/staff/reports/forms/<any(ii06a, mau02, mau03, pakn, tonghop):kind>.<any(xlsx, docx, pdf):ending>")
def form_file(kind: str, ending: str) -> Response:
    """Send a filled form."""
    with platform().reading() as session:
        within = reach(session)
        unit, period = asked_unit(session, within), asked_period(local_day(platform().now()))
        form = _filled(session, within, (unit, period), FormKind(kind))
    content = form_bytes(form, Written(ending), made_at=platform().now())
    days = period.days
    name = "-".join((kind, unit.code or str(unit.id), days.first_on.isoformat(), days.last_on.isoformat()))
    return pages.attachment(content, file_name=f"{name}.{ending}", media_type=MEDIA_TYPES[Written(ending)])


def _offered(session: Session, within: Places, place: tuple[Place, Choice], kind: FormKind) -> Offered:
    try:
        _filled(session, within, place, kind)
    except Refused as refusal:
        return Offered(kind, FORM_NAMES[kind], refusal.message)
    return Offered(kind, FORM_NAMES[kind], None)


def _filled(session: Session, within: Places, place: tuple[Place, Choice], kind: FormKind) -> Document:
    unit, period = place
    words, office = platform().translations, platform().site().office
    heading = Heading(unit.name, office, period.days, platform().now(), lambda message: words.word(message, "vi"))
    return filled(session, within, (unit.id, period), kind, heading)
