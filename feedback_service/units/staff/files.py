"""Taking in a file of units or of changes: every row is shown first, and stored only when that was seen."""

from dataclasses import dataclass

from flask import Response, flash
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.cells import Table, as_csv, refused, table_of
from feedback_service.core.errors import Fault, Refused
from feedback_service.core.plans import Outcome
from feedback_service.units.service.files import Line, look_at, store
from feedback_service.units.staff.blueprint import PAGE, keep_to_everywhere, staff
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.files import OUTCOME_NAMES, TableFileForm
from feedback_service.web.frame import person
from feedback_service.web.security import takes_files
from feedback_service.web.uploads import content_of

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 500
"""Rows that are shown and confirmed on one page; the command takes more."""
TOO_MANY = "This page takes at most 500 rows. Please send the file in parts, or use the command unit import."


@dataclass(frozen=True)
class Plan:
    """What would become of the rows, and the rows themselves, to be sent again on confirmation."""

    lines: tuple[Line, ...]
    rows: str

    @property
    def is_refused(self) -> bool:
        """Whether some row keeps all of them out."""
        return any(line.outcome is Outcome.REFUSED for line in self.lines)

    @property
    def changes(self) -> int:
        """How many rows would be stored."""
        return sum(line.outcome in (Outcome.ADDED, Outcome.CHANGED) for line in self.lines)

    def outcome_name(self, line: Line) -> str:
        """Return the message id of what becomes of a row."""
        return OUTCOME_NAMES[line.outcome]


@dataclass(frozen=True)
class UnitFilePage:
    """The form for a file, and what would become of the rows of the one that was sent."""

    form: TableFileForm
    faults: tuple[Fault, ...]
    plan: Plan | None = None


@staff.get("/staff/units/file")
def file() -> Response:
    """Show the form for a file."""
    keep_to_everywhere()
    return pages.show("units/file.html", UnitFilePage(TableFileForm(formdata=None), ()))


@staff.post("/staff/units/file")
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_file() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    keep_to_everywhere()
    form = TableFileForm()
    try:
        plan = plan_of(table_of(content_of(form.file, MOST_BYTES, "The file can have at most 4 MB.")))
    except Refused as refusal:
        form.refused(refusal)
        return pages.show("units/file.html", UnitFilePage(form, form.faults()), 422)
    return pages.show("units/file.html", UnitFilePage(form, (), plan), 422 if plan.is_refused else 200)


@staff.post("/staff/units/file/confirmation")
def confirm_file() -> AnyResponse:
    """Store the rows that were shown."""
    keep_to_everywhere()
    rows = TableFileForm().table()
    with platform().transaction() as session:
        store(session, rows, by=person().actor, now=platform().now())
    flash("The map of units is saved. Please look at tablets, accounts and counters of the units that ended.")
    return pages.seen_at(PAGE)


def plan_of(table: Table) -> Plan:
    """Return what would become of the rows of a table; raises Refused when it cannot be read."""
    if len(table) > MOST_ROWS + 1:
        raise refused(TOO_MANY)
    with platform().reading() as session:
        return Plan(look_at(session, table, now=platform().now()), as_csv(table))
