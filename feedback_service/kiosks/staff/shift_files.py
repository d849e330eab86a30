"""Taking in a file of shifts at the desk: every row is shown first, and stored only when that was seen."""

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.kiosks.rules.shift_files import PlannedShift
from feedback_service.kiosks.service.shift_files import look_at_shifts, store_shifts
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.files import FileDesk, TableFileForm
from feedback_service.web.security import takes_files

PAGE = "/staff/kiosks/rosters/file"
MOST_BYTES = 1024 * 1024
DESK: FileDesk[PlannedShift] = FileDesk(
    "kiosks/shift_file.html",
    MOST_BYTES,
    "The file can have at most 1 MB.",
    500,
    "This page takes at most 500 rows. Please send the file in parts.",
)


@staff.get(PAGE)
def shift_file() -> Response:
    """Show the form for a file."""
    return DESK.empty()


@staff.post(PAGE)
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_shift_file() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    return DESK.looked_at(
        lambda session, table: look_at_shifts(session, table, signed_in().scope, now=platform().now())
    )


@staff.post(f"{PAGE}/confirmation")
def confirm_shift_file() -> AnyResponse:
    """Store the shifts that were shown."""
    person, running = signed_in(), platform()
    table = TableFileForm().table()
    with running.transaction() as session:
        store_shifts(session, table, person.scope, by=person.actor, now=running.now())
    flash("The changes are saved. Tablets learn of them within a minute.")
    return pages.seen_at("/staff/kiosks")
