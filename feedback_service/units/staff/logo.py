"""The logo of the office: seen, given, replaced, taken away."""

from dataclasses import dataclass

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.errors import Fault, Forbidden, NotFound, Refused
from feedback_service.units import drawing, queries, service
from feedback_service.units.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.security import takes_files
from feedback_service.web.uploads import REQUEST_BYTES, PictureForm

PAGE = "/staff/office/logo"


@dataclass(frozen=True)
class LogoPage:
    """The logo of the office as it stands, and the form for another one."""

    office: queries.OfficeRow
    form: PictureForm
    faults: tuple[Fault, ...]


@staff.get(PAGE)
def logo() -> Response:
    """Show the logo and where it stands."""
    return _page(PictureForm(formdata=None))


@staff.post(PAGE)
@takes_files(REQUEST_BYTES)
def keep_logo() -> AnyResponse:
    """Keep another logo."""
    form, running = PictureForm(), platform()
    if not form.validate():
        return _page(form, 422)
    try:
        content = form.drawn(drawing.logo)
    except Refused as refusal:
        form.refused(refusal)
        return _page(form, 422)
    with running.transaction() as session:
        _office(session)
        service.keep_logo(session, content, by=person().actor, now=running.now())
    flash("The logo is saved. Tablets and pages show it within a minute.")
    return pages.seen_at(PAGE)


@staff.get(f"{PAGE}/removal")
def logo_removal() -> Response:
    """Ask whether the logo is really to be taken away."""
    with platform().reading() as session:
        known = _office(session)
    if not known.logo:
        raise NotFound("The office has no logo.")
    return pages.show("units/logo_removal.html", known)


@staff.post(f"{PAGE}/removal")
def remove_logo() -> AnyResponse:
    """Take the logo away."""
    running = platform()
    with running.transaction() as session:
        _office(session)
        service.remove_logo(session, by=person().actor, now=running.now())
    flash("The logo is taken away. Tablets and pages show the mark of this service instead.")
    return pages.seen_at(PAGE)


def _page(form: PictureForm, status: int = 200) -> Response:
    with platform().reading() as session:
        known = _office(session)
    return pages.show("units/logo.html", LogoPage(known, form, form.faults()), status)


def _office(session: Session) -> queries.OfficeRow:
    """Return the office when it lies within reach: whoever serves a part of it signs for that part alone."""
    known = queries.office(session)
    if known is None:
        raise NotFound("There is no office yet. Load the units first: feedback-service unit import builtin")
    if person().unit_id is not None and known.unit_id not in person().scope:
        raise Forbidden("The logo stands for the whole office: somebody who looks after all of it may change it.")
    return known
