"""One tablet: renamed, moved, revoked."""

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.kiosks import service
from feedback_service.kiosks.forms import KioskForm, place_value
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.kiosks.staff.board import line_of
from feedback_service.kiosks.staff.enrolment import KioskPage, offering, place_of
from feedback_service.web import pages
from feedback_service.web.context import platform

PAGE = "/staff/kiosks"


@staff.get("/staff/kiosks/<int:kiosk_id>")
def kiosk(kiosk_id: int) -> Response:
    """Show one tablet."""
    line = line_of(kiosk_id)
    facts = {
        "name": line.kiosk.name,
        "place": place_value(line.kiosk.unit_id, line.kiosk.counter_id),
        "questionnaire": line.kiosk.questionnaire_id,
        "is_officer_shown": line.kiosk.is_officer_shown,
    }
    return pages.show("kiosks/kiosk.html", KioskPage(line, offering(KioskForm(formdata=None, data=facts)), ()))


@staff.post("/staff/kiosks/<int:kiosk_id>")
def change_kiosk(kiosk_id: int) -> AnyResponse:
    """Rename or move a tablet, or have it ask something else."""
    line, form, running = line_of(kiosk_id), offering(KioskForm()), platform()
    if not form.validate():
        return pages.show("kiosks/kiosk.html", KioskPage(line, form, form.faults()), 422)
    with running.transaction() as session:
        is_shown = bool(form.is_officer_shown.data)
        by, now = signed_in().actor, running.now()
        service.change(session, kiosk_id, place_of(form), is_officer_shown=is_shown, by=by, now=now)
    flash("The changes are saved. The tablet learns of them within a minute.")
    return pages.seen_at(f"{PAGE}/{kiosk_id}")


@staff.get("/staff/kiosks/<int:kiosk_id>/revocation")
def revocation(kiosk_id: int) -> Response:
    """Ask whether a tablet is really to be revoked."""
    return pages.show("kiosks/revocation.html", line_of(kiosk_id))


@staff.post("/staff/kiosks/<int:kiosk_id>/revocation")
def revoke(kiosk_id: int) -> AnyResponse:
    """Take a tablet's token away."""
    line, running = line_of(kiosk_id), platform()
    with running.transaction() as session:
        service.revoke(session, line.kiosk.id, by=signed_in().actor, now=running.now())
    flash("The tablet is revoked. It can send nothing any more.")
    return pages.seen_at(PAGE)
