"""The photo of somebody who serves at a counter: seen, given, replaced, taken away."""

from dataclasses import dataclass

from flask import Response, flash
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.core.errors import Fault, NotFound, Refused
from feedback_service.kiosks import drawing, queries, service
from feedback_service.kiosks.rules import Officer, officers_of
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.kiosks.staff.roster import PAGE as ROSTERS
from feedback_service.kiosks.staff.roster import reached
from feedback_service.units import queries as units
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.security import takes_files
from feedback_service.web.uploads import REQUEST_BYTES, PictureForm

PAGE = f"{ROSTERS}/<int:counter_id>/officers/<key>"


@dataclass(frozen=True)
class OfficerPage:
    """Somebody of the roster of a counter; `is_shown` says whether the tablets of the unit show photos."""

    counter: units.CounterRow
    officer: Officer
    is_shown: bool
    form: PictureForm
    faults: tuple[Fault, ...]


@staff.get(PAGE)
def officer(counter_id: int, key: str) -> Response:
    """Show the photo of one officer."""
    return _page("kiosks/officer.html", counter_id, key, PictureForm(formdata=None))


@staff.post(PAGE)
@takes_files(REQUEST_BYTES)
def keep_photo(counter_id: int, key: str) -> AnyResponse:
    """Keep another photo."""
    form, running = PictureForm(), platform()
    try:
        photo = form.drawn(drawing.photo) if form.validate() else b""
    except Refused as refusal:
        form.refused(refusal)
        photo = b""
    if not photo:
        return _page("kiosks/officer.html", counter_id, key, form, 422)
    with running.transaction() as session:
        reached(session, counter_id)
        name = _officer(session, counter_id, key).name
        service.keep_photo(session, counter_id, name, photo, by=signed_in().actor, now=running.now())
    flash("The photo is saved. Tablets learn of it within a minute.")
    return pages.seen_at(f"{ROSTERS}/{counter_id}")


@staff.get(f"{PAGE}/removal")
def photo_removal(counter_id: int, key: str) -> Response:
    """Ask whether a photo is really to be taken away."""
    return _page("kiosks/photo_removal.html", counter_id, key, PictureForm(formdata=None))


@staff.post(f"{PAGE}/removal")
def remove_photo(counter_id: int, key: str) -> AnyResponse:
    """Take a photo away."""
    running = platform()
    with running.transaction() as session:
        reached(session, counter_id)
        name = _officer(session, counter_id, key).name
        service.remove_photo(session, counter_id, name, by=signed_in().actor, now=running.now())
    flash("The photo is erased. Tablets forget it within a minute.")
    return pages.seen_at(f"{ROSTERS}/{counter_id}")


def _page(template: str, counter_id: int, key: str, form: PictureForm, status: int = 200) -> Response:
    with platform().reading() as session:
        counter = reached(session, counter_id)
        is_shown = queries.setting(session, counter.unit_id).is_photo_shown
        page = OfficerPage(counter, _officer(session, counter_id, key), is_shown, form, form.faults())
    return pages.show(template, page, status)


def _officer(session: Session, counter_id: int, key: str) -> Officer:
    named = officers_of(queries.shifts(session, counter_id))
    known = next((one for one in named if one.key == key), None)
    if known is None:
        raise NotFound("No shift of this counter names this officer.")
    return known
