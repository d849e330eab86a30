"""When telephones are left alone, for administrators of the whole office."""

from dataclasses import dataclass
from datetime import time

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import Fault, Refused
from feedback_service.notices import queries, service
from feedback_service.notices.forms import HoursForm
from feedback_service.notices.rules.hours import Hours
from feedback_service.notices.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform

PAGE = "/staff/notices/hours"


@dataclass(frozen=True)
class HoursPage:
    """The hours as they are, or as they were typed; without a gateway no telephone is reached at all."""

    form: HoursForm
    faults: tuple[Fault, ...]
    has_gateway: bool


@staff.get(PAGE)
def hours() -> Response:
    """Show when telephones are left alone."""
    with platform().reading() as session:
        known = queries.hours(session)
    facts = {name: f"{getattr(known, name):%H:%M}" for name in Hours.__dataclass_fields__}
    return _page(HoursForm(formdata=None, data=facts))


@staff.post(PAGE)
def keep_hours() -> AnyResponse:
    """Keep the hours."""
    form, running = HoursForm(), platform()
    if not form.validate():
        return _page(form, 422)
    chosen = Hours(*(time.fromisoformat(form[name].data) for name in Hours.__dataclass_fields__))
    try:
        with running.transaction() as session:
            service.keep_hours(session, chosen, by=guard.staff().actor, now=running.now())
    except Refused as refusal:
        form.refused(refusal)
        return _page(form, 422)
    flash("The changes are saved.")
    return pages.seen_at(PAGE)


def _page(form: HoursForm, status: int = 200) -> Response:
    with platform().reading() as session:
        has_gateway = queries.gateway(session) is not None
    return pages.show("notices/hours.html", HoursPage(form, form.faults(), has_gateway), status)
