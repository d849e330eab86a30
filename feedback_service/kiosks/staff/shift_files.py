"""Taking in a file of shifts at the desk: every row is shown first, and stored only when that was seen."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.accounts.guard import staff as signed_in
from feedback_service.core.cells import as_csv, refused, table_of
from feedback_service.core.errors import Fault, Refused
from feedback_service.kiosks.forms import ShiftFileForm
from feedback_service.kiosks.rules.shift_files import PlannedShift
from feedback_service.kiosks.service.shift_files import look_at_shifts, store_shifts
from feedback_service.kiosks.staff.blueprint import staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.security import takes_files
from feedback_service.web.uploads import content_of

PAGE = "/staff/kiosks/rosters/file"
MOST_BYTES = 1024 * 1024
MOST_ROWS = 500


@dataclass(frozen=True)
class ShiftFilePage:
    """The form for a file, what would become of the rows of the one that was sent, and these rows to confirm."""

    form: ShiftFileForm
    faults: tuple[Fault, ...]
    plan: tuple[PlannedShift, ...] = ()
    rows: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether some row keeps all of them out."""
        return any(one.is_refused for one in self.plan)

    @property
    def changes(self) -> int:
        """How many shifts would be added."""
        return sum(one.is_new for one in self.plan)


@staff.get(PAGE)
def shift_file() -> Response:
    """Show the form for a file."""
    return pages.show("kiosks/shift_file.html", ShiftFilePage(ShiftFileForm(formdata=None), ()))


@staff.post(PAGE)
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_shift_file() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    form, running = ShiftFileForm(), platform()
    try:
        table = table_of(content_of(form.file, MOST_BYTES, "The file can have at most 1 MB."))
        if len(table) > MOST_ROWS + 1:
            raise refused("This page takes at most 500 rows. Please send the file in parts.")
        with running.reading() as session:
            plan = look_at_shifts(session, table, signed_in().scope, now=running.now())
    except Refused as refusal:
        form.refused(refusal)
        return pages.show("kiosks/shift_file.html", ShiftFilePage(form, form.faults()), 422)
    page = ShiftFilePage(form, (), plan, as_csv(table))
    return pages.show("kiosks/shift_file.html", page, 422 if page.is_refused else 200)


@staff.post(f"{PAGE}/confirmation")
def confirm_shift_file() -> AnyResponse:
    """Store the shifts that were shown."""
    person, running = signed_in(), platform()
    table = table_of((ShiftFileForm().rows.data or "").encode())
    with running.transaction() as session:
        store_shifts(session, table, person.scope, by=person.actor, now=running.now())
    flash("The changes are saved. Tablets learn of them within a minute.")
    return pages.seen_at("/staff/kiosks")
