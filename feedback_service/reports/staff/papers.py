"""Prescribed forms to download: filled with what the service knows, and nothing where it knows nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response
from sqlalchemy.orm import Session

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.period import local_day
from feedback_service.reports.export.papers import Heading, filled, form_bytes
from feedback_service.reports.queries.places import Place, Places
from feedback_service.reports.rules.documents import Document
from feedback_service.reports.rules.forms import (
    FORM_NAMES,
    MEDIA_TYPES,
    OF_SINGLES,
    OFFICIAL,
    WRITTEN_NAMES,
    FormKind,
    Written,
)
from feedback_service.reports.rules.periods import Choice
from feedback_service.reports.service import Taken, take_form
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import Filters, asked_period, asked_unit, filters, reach
from feedback_service.reports.staff.lineage import Lineage, lineage
from feedback_service.web import pages
from feedback_service.web.context import platform, request_id
from feedback_service.web.i18n import language


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

    @property
    def is_of_singles(self) -> bool:
        """Whether it shows what single people answered."""
        return self.kind in OF_SINGLES


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
        open_kinds = (kind for kind in FormKind if kind not in OF_SINGLES or guard.opens("reports_staff.take_singles"))
        found = tuple(_offered(session, within, (unit, period), kind) for kind in open_kinds)
        form = filters(session, within, unit, period)
    page = FormsPage(form, (), unit, found, lineage(within, unit, period.days))
    return pages.show("reports/forms.html", page)


@staff.get(
    "/staff/reports/forms/<any(ii06a, mau02, mau03, pakn, kiemtra, baocao, tonghop):kind>.<any(xlsx, docx, pdf):ending>"
)
def form_file(kind: str, ending: str) -> Response:
    """Send a filled form."""
    with platform().reading() as session:
        within = reach(session)
        place = asked_unit(session, within), asked_period(local_day(platform().now()))
        form = _filled(session, within, place, FormKind(kind))
    return _sent(form, place, FormKind(kind), Written(ending))


@staff.post("/staff/reports/forms/<any(mau01):kind>.<any(xlsx, docx, pdf):ending>")
def take_singles(kind: str, ending: str) -> Response:
    """Note that somebody takes a form of single ballots, and send it."""
    with platform().transaction() as session:
        within = reach(session)
        place = unit, period = asked_unit(session, within), asked_period(local_day(platform().now()))
        form = _filled(session, within, place, FormKind(kind))
        taken = Taken(FormKind(kind), ending, unit.id, period.days)
        take_form(session, request_id(), taken, len(form.grid.rows), by=guard.staff().actor, now=platform().now())
    return _sent(form, place, FormKind(kind), Written(ending))


def _sent(form: Document, place: tuple[Place, Choice], kind: FormKind, written_as: Written) -> Response:
    unit, days = place[0], place[1].days
    content = form_bytes(form, written_as, made_at=platform().now())
    name = "-".join((kind.value, unit.code or str(unit.id), days.first_on.isoformat(), days.last_on.isoformat()))
    return pages.attachment(content, file_name=f"{name}.{written_as.value}", media_type=MEDIA_TYPES[written_as])


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
