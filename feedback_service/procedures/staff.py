"""Procedures at the desk: the list, and taking in a file, where every row is shown before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from feedback_service.core.cells import as_csv, refused, table_of
from feedback_service.core.errors import Fault, Forbidden, Refused
from feedback_service.core.period import local_day
from feedback_service.core.text import one_line
from feedback_service.procedures import queries, service
from feedback_service.procedures.forms import ProcedureFileForm, ProcedureRowsForm
from feedback_service.procedures.rules import Outcome, Planned, rows_of
from feedback_service.web import pages
from feedback_service.web.context import platform
from feedback_service.web.frame import person
from feedback_service.web.security import takes_files
from feedback_service.web.uploads import content_of

staff = Blueprint("procedures_staff", __name__)
PAGE = "/staff/procedures"
MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 3000
OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.ADDED: "new",
    Outcome.CHANGED: "changes",
    Outcome.UNCHANGED: "as it stands",
    Outcome.REFUSED: "to be mended",
}


@dataclass(frozen=True)
class ProceduresPage:
    """The procedures that were asked for."""

    words: str
    has_past: bool
    procedures: tuple[queries.ProcedureRow, ...]
    is_cut: bool
    may_change: bool


@dataclass(frozen=True)
class FilePage:
    """The form for a file, what would become of the rows of the one that was sent, and these rows to confirm."""

    form: ProcedureFileForm
    faults: tuple[Fault, ...]
    plan: tuple[Planned, ...] = ()
    rows: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether some row keeps all of them out."""
        return any(one.outcome is Outcome.REFUSED for one in self.plan)

    @property
    def shown(self) -> tuple[Planned, ...]:
        """The rows that are to be looked at: those to be mended, else all that change something."""
        wanted = (Outcome.REFUSED,) if self.is_refused else (Outcome.ADDED, Outcome.CHANGED)
        return tuple(one for one in self.plan if one.outcome in wanted)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows come to what, by the message id of it."""
        return {name: sum(one.outcome is outcome for one in self.plan) for outcome, name in OUTCOME_NAMES.items()}

    def outcome_name(self, one: Planned) -> str:
        """Return the message id of what becomes of a row."""
        return OUTCOME_NAMES[one.outcome]


@staff.get(PAGE)
def procedures() -> Response:
    """Show the procedures; `q` searches without accents, `past` brings those that ended."""
    words, has_past = one_line(request.args.get("q", ""))[:100], request.args.get("past") == "1"
    on = None if has_past else local_day(platform().now())
    with platform().reading() as session:
        found = queries.procedures(session, words=words, on=on)
    is_cut, may_change = len(found) >= queries.LIST_LIMIT, person().unit_id is None
    return pages.show("procedures/list.html", ProceduresPage(words, has_past, found, is_cut, may_change))


@staff.get(f"{PAGE}/file")
def file() -> Response:
    """Show the form for a file."""
    _keep_to_everywhere()
    return pages.show("procedures/file.html", FilePage(ProcedureFileForm(formdata=None), ()))


@staff.post(f"{PAGE}/file")
@takes_files(MOST_BYTES + 64 * 1024)
def look_at_file() -> Response:
    """Show what would become of every row of a file; nothing is stored."""
    _keep_to_everywhere()
    form = ProcedureFileForm()
    try:
        table = table_of(content_of(form.file, MOST_BYTES, "The file can have at most 4 MB."))
        if len(table) > MOST_ROWS + 1:
            raise refused("This page takes at most 3,000 rows. Please send the file in parts.")
        rows = rows_of(table)
        with platform().reading() as session:
            plan = service.look_at(session, rows)
    except Refused as refusal:
        form.refused(refusal)
        return pages.show("procedures/file.html", FilePage(form, form.faults()), 422)
    page = FilePage(form, (), plan, as_csv(table))
    return pages.show("procedures/file.html", page, 422 if page.is_refused else 200)


@staff.post(f"{PAGE}/file/confirmation")
@takes_files(3 * MOST_BYTES)  # a form spells each byte of an accented letter with three signs
def confirm_file() -> AnyResponse:
    """Store the rows that were shown."""
    _keep_to_everywhere()
    rows = rows_of(table_of((ProcedureRowsForm().rows.data or "").encode()))
    with platform().transaction() as session:
        service.store(session, rows, by=person().actor, now=platform().now())
    flash("The procedures of the file are saved.")
    return pages.seen_at(PAGE)


def _keep_to_everywhere() -> None:
    if person().unit_id is not None:
        raise Forbidden("Procedures are changed by somebody who reaches every unit.")
