"""Exports that the worker prepares: ask, fetch, take away; only whoever asked, and only within his reach."""

from datetime import timedelta

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts import guard
from feedback_service.core.errors import DomainError, NotFound
from feedback_service.reports.export.preparing import file_of, forget_file
from feedback_service.reports.export.sheets import pieces
from feedback_service.reports.queries.prepared import Prepared
from feedback_service.reports.rules.columns import MEDIA_TYPES
from feedback_service.reports.service import preparing
from feedback_service.reports.staff.blueprint import staff
from feedback_service.reports.staff.filters import reach
from feedback_service.reports.staff.orders import order_of, units_of
from feedback_service.web import pages
from feedback_service.web.context import platform, request_id

LIFE = timedelta(minutes=10)
"""How long the address of a file is good, for the person who fetches it."""
PURPOSE = "prepared export"


@staff.post("/staff/reports/exports/prepared")
def prepare_export() -> AnyResponse:
    """Note the export and leave it to the worker."""
    with platform().transaction() as session:
        within = reach(session)
        order = order_of(request.form.to_dict(), within)
        units = units_of(order, within)
        preparing.prepare(session, request_id(), order, units, account_id=guard.staff().id, now=platform().now())
    flash("The export is being prepared. You can go on working; it will be listed here.")
    return pages.seen_at(url_for("reports_staff.exports", _anchor="prepared"))


@staff.post("/staff/reports/exports/prepared/<export_id>/fetch")
def fetch_prepared(export_id: str) -> AnyResponse:
    """Note that the file is fetched and open its download."""
    person, now = guard.staff(), platform().now()
    with platform().transaction() as session:
        preparing.fetch(session, export_id, person.scope, account_id=person.id, now=now)
    token = platform().signer(PURPOSE).sign({"export": export_id, "staff": person.id}, now=now)
    return pages.seen_at(url_for("reports_staff.prepared_file", token=token))


@staff.get("/staff/reports/exports/prepared/<token>")
def prepared_file(token: str) -> Response:
    """Send the file."""
    person, now = guard.staff(), platform().now()
    try:
        facts, _at = platform().signer(PURPOSE).read(token, now=now, life=LIFE)
    except DomainError as error:
        raise NotFound(preparing.GONE) from error
    if facts.get("staff") != person.id:
        raise NotFound(preparing.GONE)
    with platform().reading() as session:
        found = preparing.fetched(session, str(facts["export"]), person.scope, account_id=person.id, now=now)
    path = file_of(platform().settings.data_dir, found)
    if not path.is_file():
        raise NotFound(preparing.GONE)
    return pages.download(pieces(path), file_name=_file_name(found), media_type=MEDIA_TYPES[found.written_as])


@staff.post("/staff/reports/exports/prepared/<export_id>/removal")
def remove_prepared(export_id: str) -> AnyResponse:
    """Cancel an export that is on its way, or take its file away."""
    with platform().transaction() as session:
        preparing.cancel(session, export_id, account_id=guard.staff().id, now=platform().now())
    forget_file(platform().settings.data_dir, export_id)
    flash("The export was taken away.")
    return pages.seen_at(url_for("reports_staff.exports", _anchor="prepared"))


def _file_name(found: Prepared) -> str:
    days = (found.first_on.isoformat(), found.last_on.isoformat()) if found.first_on and found.last_on else ()
    return "-".join((found.records.value, *found.narrowing.told, *days)) + f".{found.written_as.value}"
